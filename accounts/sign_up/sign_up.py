"""Signing up: with an address that is new, a guest's, or somebody's, and always with the same answer."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from accounts.email_verification.mailbox_proven import made_by_sign_up, register
from accounts.email_verification.request import ask_for_proof
from customers.history import acting
from customers.models import Customer
from orders.models import Order


def sign_up(
    request: HttpRequest, person: dict, *, password: str, way_on: str | None, with_passkey: bool = False
) -> HttpResponse:
    """Make the account, or leave the one that is there as it is, and mail its owner; `password` is hashed.

    `person` holds the fields of the record: email, names, and those of a company. `with_passkey`: the password is
    none, and a passkey is added once the mailbox is proved.
    """
    with acting.shopper(None, source="sign-up"):
        customer = made_by_sign_up(password=password, language=get_language(), **person)
        customer = customer or Customer.objects.get(email=person["email"])
        return ask_for_proof(request, customer, password=password, way_on=way_on, with_passkey=with_passkey)


@transaction.atomic
def account_with_order(request: HttpRequest, order: Order, *, password: str, is_new: bool) -> None:
    """Make an account of the customer of an order just placed, or ask the mailbox's owner; `password` is hashed.

    Without a password there is nothing to sign in with, and so no account.
    """
    if not password or request.user.is_authenticated or not request.store.accounts_enabled:
        return
    # By the address that was typed: where it was merged into another record, nobody learns that one's.
    customer = Customer.objects.get(email=order.email)
    with acting.shopper(customer, source=f"order {order.number}"):
        if is_new:
            register(customer, password, at=order.placed_at)
        request.is_placing_order = True  # the adapter, which mails the proof's link, is told of nothing but the request
        ask_for_proof(request, customer, password=password, way_on=None)
