"""Telling customers and staff that somebody signed in where they never had."""

from django.http import HttpRequest

from accounts import mails
from accounts.models import SignIn
from accounts.signing_in.devices import known_device
from customers.models import Customer


def tell_of_new_device(request: HttpRequest, customer: Customer, sign_in: SignIn) -> None:
    """Mail the customer about a sign-in from a browser that is not known, unless it was their first anywhere.

    Of a new password by a mailed link the customer is told anyway.
    """
    if sign_in.method == SignIn.Method.LINK or known_device(request, customer.email):
        return
    if SignIn.objects.filter(customer=customer).exclude(pk=sign_in.pk).exists():
        mails.new_device(customer, client=sign_in.client, at=sign_in.at)
