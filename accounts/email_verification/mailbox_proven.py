"""Who has shown that a mailbox is theirs.

Anybody can type anybody's address. So a password that was chosen for an address opens nothing until its
mailbox is proved, and the proof discards whatever was set before it, save what was chosen in the same proof.
"""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.sign_up import approval
from customers.history import acting
from customers.models import Customer


def address_of(customer: Customer) -> EmailAddress:
    """allauth's row for the customer's address, made when first needed, and no other row beside it.

    A registered customer without one came by a way that needs no proof (demo, import, before accounts).
    """
    others = Q(user=customer) & ~Q(email=customer.email) | Q(email=customer.email) & ~Q(user=customer)
    EmailAddress.objects.filter(others).delete()
    made = {"primary": True, "verified": customer.is_registered}
    return EmailAddress.objects.get_or_create(user=customer, email=customer.email, defaults=made)[0]


def is_proven(customer: Customer) -> bool:
    """Whether this customer has shown that the mailbox is theirs."""
    return address_of(customer).verified


def renew_address(customer: Customer) -> None:
    """Forget what was proved of an address that is not the customer's any more; the new one is yet to be proved."""
    EmailAddress.objects.filter(user=customer).delete()
    if customer.is_registered:
        EmailAddress.objects.create(user=customer, email=customer.email, primary=True, verified=False)


def register(customer: Customer, password: str, *, at: datetime) -> bool:
    """Make a record that was made this very moment a registered one with `password` (hashed), its mailbox unproved.

    False, and nothing done, when it has been registered meanwhile. `at` is when its first order was placed, which
    so does not count as one from before the account.
    """
    guest = Customer.objects.guests().filter(pk=customer.pk)
    if not guest.update(registered_at=at, password=password):
        return False
    customer.registered_at, customer.password = at, password
    renew_address(customer)
    approval.await_if_due(customer)
    return True


def mailbox_proven(
    customer: Customer,
    *,
    address: str = "",
    password: str = "",
    passkeys: Collection[int] = (),
    source: str = "sign-in",
) -> bool:
    """Take note that a customer's mailbox is theirs; True the first time, False when it was known.

    The first time discards the password, the passkeys and every session that was set before, and registers a guest.
    `address` is the one that was proved, when it may have changed meanwhile; `password` is the (hashed) one
    that was chosen in this same proof, `passkeys` are those that were used in it.
    """
    with acting.shopper(customer, source=source):
        customer.refresh_from_db(from_queryset=Customer.objects.select_for_update())
        if address not in ("", customer.email) or is_proven(customer):
            return False
        customer.password = password or make_password(None)
        customer.sessions.all().delete()
        if not customer.is_staff:  # whose second factor no mailbox takes away
            forget_passkeys(customer, but=passkeys)
        EmailAddress.objects.filter(user=customer).update(verified=True)
        _let_in(customer)
    return True


def prove_by_invitation(customer: Customer) -> None:
    """Take note that who accepted an invitation reads this mailbox; no session or passkey of a shopper lives on."""
    customer.sessions.all().delete()
    forget_passkeys(customer)
    renew_address(customer)
    EmailAddress.objects.filter(user=customer).update(verified=True)


def forget_passkeys(customer: Customer, *, but: Collection[int] = ()) -> bool:
    """Delete the customer's passkeys, save those with these numbers; True where there were any."""
    return Authenticator.objects.filter(user=customer).exclude(pk__in=but).delete()[0] > 0


def _let_in(customer: Customer) -> None:
    was_guest = not customer.is_registered
    customer.registered_at = customer.registered_at or timezone.now()
    customer.save(update_fields=["password", "registered_at"])
    if was_guest:
        approval.await_if_due(customer)


def made_by_sign_up(*, email: str, password: str, **fields) -> Customer | None:
    """A new, registered customer with a mailbox yet to be proved; None when the address is taken."""
    try:
        with transaction.atomic():
            customer = Customer.objects.create(
                email=email, password=password, origin=Customer.Origin.SIGN_UP, registered_at=timezone.now(), **fields
            )
            renew_address(customer)
            approval.await_if_due(customer)
    except IntegrityError:
        return None
    return customer
