"""Objecting to marketing (GDPR, art. 21): from then on, only the person agrees to it again."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from customers.history import acting
from customers.history.sources import OBJECTION
from customers.models import Customer

WORDS = _("I object to the use of my data for marketing.")


def record_objection(customer: Customer, *, by: Customer) -> None:
    """Withdraw consent to marketing, and keep the proof that they objected, whether they had agreed or not."""
    proof = {"text": str(WORDS), "source": OBJECTION, "by": by, "language": get_language()}
    with acting.merchant(by, source="privacy request"):
        Customer.objects.filter(pk=customer.pk).update(marketing_consent=False)
        customer.consents.create(given=False, **proof)
