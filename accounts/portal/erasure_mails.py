"""What is left to do when an account is no more: the mails about it, and what strangers' browsers hold of it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Session, SessionAddress
from accounts.security.factors import passkeys_of
from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import Person
from customers.privacy.erasure.summary import Summary
from customers.privacy.fingerprints import fingerprints
from shopadmin.mail import compose


def tell_of_erasure(person: Person, *, by: ActorKind, notify: bool) -> None:
    """Mail who should know: the shopper what was done, the merchant when the shopper did it.

    Both mails are notices: nothing of them outlives the person by more than three days.
    """
    customer = person.customer
    context = {"number": customer.pk, "name": customer.get_full_name(), "email": customer.email}
    context["has_account"] = customer.is_registered
    context["summary"] = Summary(stays=person.stays)
    by_shopper = by == ActorKind.SHOPPER
    if by_shopper:
        compose.compose_for_merchant("account_deleted_by_shopper", context=context, notice=True)
    if notify and (customer.is_registered or person.has_asked):
        name = "account_deleted" if by_shopper else "account_deleted_by_shop"
        compose.compose(name, to=customer.email, language=customer.language, context=context, notice=True)


def forget_unfinished(emails: list[str]) -> None:
    """Drop the sessions of nobody in which one of the addresses was typed: a checkout or sign-up left half done."""
    _unfinished(emails).delete()


def goes(customer: Customer, emails: list[str]) -> list[str]:
    """What an erasure takes of passkeys, and out of the sessions of nobody, in sentences."""
    goes = []
    if passkeys_of(customer).exists():
        goes.append(_("The passkeys of the account. They must be deleted separately on each device."))
    if _unfinished(emails).exists():
        goes.append(_("Unfinished checkouts and sign-ups with this email address"))
    return goes


def _unfinished(emails: list[str]) -> QuerySet:
    typed = SessionAddress.objects.filter(fingerprint__in=fingerprints(emails))
    return Session.objects.filter(customer=None, pk__in=typed.values("session"))
