from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.signing_in import limits
from accounts.signing_in.own_path import own_path
from accounts.signing_in.passkeys import NOT_WORKED, PasskeyForm, options_to_use
from accounts.signing_in.refusals import refused_at_staff_door


@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What a stranger's browser needs to use a passkey: the same for everybody."""
    limits.count_passkey_options(request)
    return JsonResponse(options_to_use())


@require_POST
@transaction.atomic
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by a passkey alone; whether its owner may come in is asked last, as for every way in."""
    form = PasskeyForm(request.POST)
    if form.is_valid():
        return _sign_in(request, form.cleaned_data["credential"])
    return _refused(request, "account_login")


@require_POST
@transaction.atomic
def staff_passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """The same for staff: the device and the finger, face or PIN on it are two factors."""
    form = PasskeyForm(request.POST)
    if form.is_valid() and form.cleaned_data["credential"].user.is_staff:
        return _sign_in(request, form.cleaned_data["credential"])
    return _refused(request, "staff_sign_in")


def _sign_in(request: HttpRequest, factor: Authenticator) -> HttpResponse:
    way_on = own_path(request.POST.get("next", "")) or None
    return perform_passwordless_login(request, factor, Login(user=factor.user, redirect_url=way_on))


def _refused(request: HttpRequest, door_name: str) -> HttpResponse:
    """In the same words, whatever was wrong; at the door of staff, a shopper's passkey is wrong too."""
    refused_at_staff_door(request, "")
    messages.error(request, NOT_WORKED)
    door, way_on = reverse(door_name), own_path(request.POST.get("next", ""))
    return redirect(f"{door}?{urlencode({'next': way_on})}" if way_on else door)
