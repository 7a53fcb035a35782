from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.forms import ReauthenticateForm
from accounts.security.factors import passkeys_of
from accounts.signing_in import mailed_code
from accounts.signing_in.guards import ask_again, shopper_required
from accounts.signing_in.mfa_adapter import rp_id
from accounts.signing_in.own_path import own_path
from accounts.signing_in.passkeys import NOT_WORKED, PasskeyForm


class ReauthenticateView(allauth_views.ReauthenticateView):
    """Asks for the password before something that cannot be taken back."""

    template_name = "accounts/signing_in/reauthenticate.jinja"
    form_class = ReauthenticateForm

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | _other_ways(self.request)


@shopper_required
def reauthenticate_by_code(request: HttpRequest) -> HttpResponse:
    """The same for who has no password, or not at hand: by a code that is mailed when the button is pressed."""
    if request.method == "POST" and request.POST.get("action") == "send":
        mailed_code.mail_code(request)
        return redirect(request.get_full_path())
    is_sent, form = mailed_code.is_sent(request), mailed_code.form_for_it(request)
    if request.method == "POST" and mailed_code.is_right(request, form):
        record_authentication(request, request.user, method="code", reauthenticated=True)
        return redirect(way_on(request, "account_data"))
    context = {"form": form, "is_sent": is_sent, **_other_ways(request)}
    return render(request, "accounts/signing_in/reauthenticate_by_code.jinja", context)


@shopper_required
@require_POST
def reauthenticate_by_passkey(request: HttpRequest) -> HttpResponse:
    """The same by a passkey; one that did not work leads back to the other ways."""
    form = PasskeyForm(request.POST, customer=request.user)
    if not form.is_valid():
        messages.error(request, NOT_WORKED)
        return ask_again(request, way_on=way_on(request, reverse("account_security")))
    with transaction.atomic():
        post_authentication(request, form.cleaned_data["credential"], reauthenticated=True)
    return redirect(way_on(request, "account_security"))


def _other_ways(request: HttpRequest) -> dict:
    """What the pages that ask say of the other ways; a passkey is offered to who has one."""
    query = urlencode({"next": way_on(request, "")})
    return {"passkey_domain": rp_id() if passkeys_of(request.user).exists() else "", "way_on": query}


def way_on(request: HttpRequest, otherwise: str) -> str:
    """Where somebody wanted to go before they were asked."""
    return own_path(request.GET.get("next", "")) or otherwise
