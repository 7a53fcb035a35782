"""Who may enter the pages of an account."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.looking.look import customer_looked_at, shown_as
from shopadmin.sign_in_records import came_with_second_factor, proved_lately


def shopper_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in whoever is signed in; strangers are sent to sign in and come back afterwards.

    To staff who look at a customer's account it shows that one.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if customer := customer_looked_at(request):
            return shown_as(customer, view, request, *args, **kwargs)
        return view(request, *args, **kwargs)

    guarded.is_for_shoppers = True
    return guarded


def while_accounts_are_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A shopper's door: while the shop has switched accounts off, it is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.store.accounts_enabled:
            return render(request, "accounts/signing_in/closed.jinja", status=404)
        return view(request, *args, **kwargs)

    return guarded


def asked_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who said again just now who they are; others are asked first, and come back."""

    @shopper_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if was_asked_again(request) else ask_again(request)

    return guarded


def ask_again(request: HttpRequest, *, way_on: str = "") -> HttpResponse:
    """Off to the page that asks who it is, and from there on to `way_on`, or back here."""
    method = get_adapter().get_reauthentication_methods(request.user)[0]
    return redirect_to_login(way_on or request.get_full_path(), method["url"])


def was_asked_again(request: HttpRequest) -> bool:
    """Whether this person proved in the last minutes, in this session, that it is still them.

    Signing in does not count, but by a mailed code for who has no password: the same again would prove no more.
    Staff prove it by their second factor.
    """
    if request.user.is_staff and came_with_second_factor(request):
        return proved_lately(request)
    records = get_authentication_records(request, request.user)
    by_code = not request.user.has_usable_password()
    times = [
        record["at"] for record in records if record.get("reauthenticated") or by_code and record["method"] == "code"
    ]
    return bool(times) and time.time() - times[-1] < app_settings.REAUTHENTICATION_TIMEOUT
