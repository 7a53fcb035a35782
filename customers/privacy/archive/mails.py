"""The emails by which people come to the archive of what is held on them."""

from django.urls import reverse
from django.utils import timezone

from customers.models import Customer
from customers.privacy.archive.archive import Person
from customers.privacy.archive.links import ASKED_FOR, RELEASED, link_to
from shopadmin.mail.compose import absolute, compose, compose_for
from shopadmin.models import Mail, StoreSettings


def answer(email: str, *, language: str) -> Mail | None:
    """Tell whoever reads a mailbox how to get their archive, or that there is none: always one email.

    Who can sign in does so: a mailbox alone shall not be a way round their password. All others, whose mailbox is all
    they have, get a link. Somebody whose record was merged is answered at the address of the record that was kept: who
    reads the old one by now is not known.
    """
    customer = Customer.objects.behind(email).first()
    if customer is None:
        return compose("archive_nothing_held", to=email, language=language, context={})
    if can_sign_in(customer):
        return compose_for(customer, "archive_in_account", context={"url": absolute(reverse("account_archive"))})
    until = timezone.now() + ASKED_FOR
    context = {"url": link_to(Person(customer), until=until), "until": until}
    return compose_for(customer, "archive_link", context=context, secret=True)


def release(person: Person) -> Mail | None:
    """Send the link to an archive that a merchant has looked over."""
    until = timezone.now() + RELEASED
    context = {"url": link_to(person, until=until), "until": until}
    return compose_for(person.customer, "archive_ready", context=context, secret=True)


def can_sign_in(customer: Customer) -> bool:
    """Whether the account's own page is open to this person."""
    accounts_are_on = StoreSettings.current().accounts_enabled or customer.is_staff
    return customer.is_registered and customer.is_active and accounts_are_on
