"""Asking the owner of a mailbox for a proof, in one browser; the answer is the same whoever owns it."""

import time
from contextlib import AbstractContextManager

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.login import get_authentication_records, perform_login
from allauth.account.internal.stagekit import stash_login, unstash_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.email_verification.mailbox_proven import is_proven, mailbox_proven
from accounts.sign_up.passkey_stage import WANTED
from customers.models import Customer
from shopadmin.models.store import has_catalogue

CHOSEN = "chosen_password"
JUST_NOW = 10  # seconds; no other code is mailed to the same browser within them


def ask_for_proof(
    request: HttpRequest, customer: Customer, *, password: str, way_on: str | None, with_passkey: bool = False
) -> HttpResponse:
    """Mail a code, or that there is an account already, and answer with the page that takes the code.

    Until then `password` (hashed) is kept in this browser's session alone. `way_on` is where the code leads to,
    `with_passkey` by way of the page that adds one.
    """
    is_stranger = is_proven(customer)
    if not is_stranger:
        remember_password(request, customer, password)
    if code_was_just_sent(request, customer.email):
        _want_passkey_instead(request, with_passkey)
        return redirect("account_email_verification_sent")
    login = Login(user=None if is_stranger else customer, email=customer.email, signup=True, redirect_url=way_on)
    login.state[WANTED] = with_passkey
    return perform_login(request, login)


def _want_passkey_instead(request: HttpRequest, with_passkey: bool) -> None:
    """Have the code that is on its way lead to where the button pressed last does."""
    if login := unstash_login(request):
        login.state[WANTED] = with_passkey
        stash_login(request, login)


def code_was_just_sent(request: HttpRequest, email: str) -> bool:
    """Whether this browser waits for a code that was mailed seconds ago: pressed twice, a button mails once."""
    waiting = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY) or {}
    return waiting.get("email") == email and time.time() - waiting["at"] < JUST_NOW


def remember_password(request: HttpRequest, customer: Customer, password: str) -> None:
    """Keep the (hashed) password that was chosen, or rightly typed, in this browser until its owner is proved."""
    request.session[CHOSEN] = [customer.pk, password]


def prove_mailbox(request: HttpRequest, customer: Customer, address: str) -> bool:
    """The code that was mailed to `address` was typed in this browser: the password chosen here counts from now on."""
    chosen_for, password = request.session.pop(CHOSEN, None) or (None, "")
    had_orders = not customer.is_registered and customer.orders.exists()
    used = [record["id"] for record in get_authentication_records(request, customer) if record["method"] == "mfa"]
    password = password if chosen_for == customer.pk else ""
    proved = mailbox_proven(customer, address=address, password=password, passkeys=used, source="email code")
    if proved and had_orders:
        welcome_orders(request, customer)
    return proved


def welcome_orders(request: HttpRequest, customer: Customer) -> None:
    """Say that what was ordered as a guest is here now."""
    with in_language_of(customer):
        messages.success(request, _("The orders you placed as a guest are now in your account."))


def in_language_of(customer: Customer) -> AbstractContextManager:
    """Speak to who is signing in as the next page does: in their language, whatever this browser had chosen before."""
    return translation.override(customer.language if has_catalogue(customer.language) else get_language())
