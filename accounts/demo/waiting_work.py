"""What waits for the merchant this morning: changes by shoppers, requests, mails that could not be delivered."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from accounts.demo import clock, names
from customers.history import acting
from customers.models import Customer, PrivacyRequest
from shopadmin.models import Mail

NO_SUCH_USER = "550 5.1.1 The email account that you tried to reach does not exist."
# Hours ago, and what a shopper changed then.
CHANGES_BY_SHOPPERS = [
    (2, {"mobile": "+31687654321"}),
    (7, {"initials": "A.M.", "birth_date": "1974-05-09"}),
    (26, {"phone": "+31302223344", "language": "en"}),
    (31, {"billing.house_number": "118", "billing.addition": "A"}),
    (75, {"last_name": "Jansen-de Wit"}),
]
CHANGES_BY_MERCHANTS = [
    (50, {"customer_type": Customer.Type.BUSINESS, "company_name": "Pension De Brug"}),
    (170, {"billing.postcode": "3512 AB", "billing.city": "Utrecht"}),
    (400, {"mobile": "+31611223344"}),
]


def pile_up(manager: Customer, now: datetime) -> None:
    """Let things have happened that somebody has to look at."""
    regulars = list(Customer.objects.registered().filter(is_staff=False, access="open", email__endswith=".example"))
    dutch = [customer for customer in regulars if customer.language == "nl" and not customer.is_business]
    for customer, (hours, changes) in zip(dutch, CHANGES_BY_SHOPPERS, strict=False):
        with clock.at(now - timedelta(hours=hours)), acting.shopper(customer):
            change(customer, changes)
    for customer, (hours, changes) in zip(reversed(dutch), CHANGES_BY_MERCHANTS, strict=False):
        with clock.at(now - timedelta(hours=hours)), acting.merchant(manager, source="edit page"):
            change(customer, changes)
    leave_notes(manager)
    ask_for_privacy(regulars, manager)
    bounce_mails()


def change(customer: Customer, changes: dict[str, str]) -> None:
    """Change fields of a customer, or (with `billing.` before the name) of the address."""
    address = customer.addresses.get(kind="billing")
    for name, value in changes.items():
        kind, dot, field = name.rpartition(".")
        setattr(address if dot else customer, field, value)
    customer.save()
    address.save()


def leave_notes(manager: Customer) -> None:
    """Remarks on the companies, as one writes them down on the telephone."""
    companies = Customer.objects.exclude(company_name="").filter(is_staff=False).order_by("pk")
    with acting.merchant(manager, source="edit page"):
        for company, note in zip(companies, names.NOTES, strict=False):
            Customer.objects.filter(pk=company.pk).update(notes=note)


def ask_for_privacy(regulars: list[Customer], manager: Customer) -> None:
    """One wants to be erased, one to see everything, one gets too many newsletters; one is done with."""
    today = timezone.localdate()
    erase, see, done, object_to = regulars[-1], regulars[-2], regulars[-3], regulars[-4]
    PrivacyRequest.objects.create(
        customer=erase,
        kind=PrivacyRequest.Kind.ERASURE,
        received_on=today - timedelta(days=19),
        due_on=today + timedelta(days=11),
        remark="By telephone; rang back on the number we have.",
    )
    PrivacyRequest.objects.create(customer=see, kind=PrivacyRequest.Kind.ACCESS, received_on=today - timedelta(days=2))
    PrivacyRequest.objects.create(
        customer=object_to,
        kind=PrivacyRequest.Kind.OBJECTION,
        received_on=today - timedelta(days=1),
        remark="No more newsletters, please.",
    )
    PrivacyRequest.objects.create(
        customer=done,
        kind=PrivacyRequest.Kind.CORRECTION,
        received_on=today - timedelta(days=48),
        due_on=today - timedelta(days=18),
        state=PrivacyRequest.State.DONE,
        outcome="Date of birth taken out.",
        closed_at=timezone.now() - timedelta(days=40),
        closed_by=manager,
    )


def bounce_mails() -> None:
    """Two of the mails to guests came back."""
    to_guests = Mail.objects.filter(to=F("customer__email"), customer__registered_at__isnull=True)
    bounced = list(to_guests.order_by("-created_at").values_list("pk", flat=True)[:2])
    Mail.objects.filter(pk__in=bounced).update(state=Mail.State.FAILED, sent_at=None, tries=8, error=NO_SUCH_USER)
