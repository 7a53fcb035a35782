"""The page *Security* of a shopper: how one signs in, where one is signed in, and what the shop changed."""

from collections.abc import Callable
from functools import wraps

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.security import factors
from accounts.signing_in.browser_names import client_of
from accounts.signing_in.guards import ask_again, asked_again, shopper_required, was_asked_again
from accounts.signing_in.passkeys import (
    AddPasskeyForm,
    PasskeyNameForm,
    has_room,
    name_of_passkey,
    page_that_adds,
    too_many,
)
from accounts.signing_in.sessions import open_sessions, reference_of
from customers.history.by_the_shop import changes_by_the_shop
from customers.history.timeline import moment_in
from shopadmin.rendering.pages import render

NEWEST, A_PAGE = 5, 20


def not_of_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Staff have a page of their own, where more is asked of them before a way in changes."""

    @shopper_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return redirect("staff_security") if request.user.is_staff else view(request, *args, **kwargs)

    return guarded


def own_passkey(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand in the passkey of that number, where it is the shopper's."""

    @not_of_staff
    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        return view(request, get_object_or_404(factors.passkeys_of(request.user), pk=pk))

    return guarded


@not_of_staff
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Passkeys, other ways to sign in, devices, and what the shop changed."""
    shopper, here = request.user, request.session.session_key
    context = {
        "area": "account",
        "shopper": shopper,
        "passkeys": [(one, name_of_passkey(one)) for one in factors.passkeys_of(shopper)],
        "sessions": [(reference_of(one.pk), one, one.pk == here) for one in open_sessions(shopper)],
        "stays": not request.session.get_expire_at_browser_close(),
        "changes": changes_by_the_shop(shopper, length=NEWEST),
    }
    return render(request, "accounts/security/security.jinja", context)


@not_of_staff
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """All that the shop changed about the shopper, a page at a time."""
    before = moment_in(request.GET.get("before", ""))
    context = {"area": "account", "changes": changes_by_the_shop(request.user, length=A_PAGE, before=before)}
    return render(request, "accounts/security/changes.jinja", context)


@not_of_staff
@asked_again
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Add a passkey, as long as there are not too many."""
    if not has_room(request.user):
        messages.error(request, too_many())
        return redirect("account_security")
    form = AddPasskeyForm(request.POST if request.method == "POST" else None, device=client_of(request))
    if form.is_valid():
        factors.add_passkey(request, **form.cleaned_data)
        messages.success(request, _("Passkey added. You have been signed out on all other devices."))
        return redirect("account_security")
    return render(request, "accounts/security/passkey_add.jinja", page_that_adds(form, request.user))


@own_passkey
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_rename(request: HttpRequest, passkey: Authenticator) -> HttpResponse:
    """Give a passkey another name."""
    form = PasskeyNameForm(request.POST if request.method == "POST" else None, device=name_of_passkey(passkey))
    if form.is_valid():
        factors.rename(passkey, form.cleaned_data["name"])
        return redirect("account_security")
    context = {"area": "account", "form": form, "passkey": passkey}
    return render(request, "accounts/security/passkey_rename.jinja", context)


@own_passkey
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_remove(request: HttpRequest, passkey: Authenticator) -> HttpResponse:
    """Remove a passkey, after asking who it is and whether."""
    if not was_asked_again(request):
        return ask_again(request)
    if request.method == "POST":
        factors.remove(request, passkey)
        messages.success(request, _("Removed. You have been signed out on all other devices."))
        return redirect("account_security")
    context = {"area": "account", "name": name_of_passkey(passkey)}
    return render(request, "accounts/security/passkey_remove.jinja", context)


@not_of_staff
@require_POST
def stay_signed_in(request: HttpRequest) -> HttpResponse:
    """Stay signed in on this device when the browser is closed, or do not."""
    stays = request.POST.get("stay") == "yes"
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if stays else 0)
    return redirect("account_security")
