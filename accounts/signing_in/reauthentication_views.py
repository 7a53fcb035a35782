import time

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import mails
from accounts.forms import CodeForm, ReauthenticateForm
from accounts.signing_in import limits
from accounts.signing_in.guards import shopper_required

STATE = "who_is_it_code"
TRIES, GOOD_FOR = 3, 15 * 60


class ReauthenticateView(allauth_views.ReauthenticateView):
    """Asks for the password before something that cannot be taken back."""

    template_name = "accounts/signing_in/reauthenticate.jinja"
    form_class = ReauthenticateForm


@shopper_required
def reauthenticate_by_code(request: HttpRequest) -> HttpResponse:
    """The same for who has no password: by a code that is mailed when the button is pressed."""
    if request.method == "POST" and request.POST.get("action") == "send":
        _mail_code(request)
        return redirect(request.get_full_path())
    state = _pending(request)
    form = CodeForm(request.POST or None, code=state.get("code", ""))
    if request.method == "POST" and form.is_valid():
        del request.session[STATE]
        record_authentication(request, request.user, method="code", reauthenticated=True)
        return redirect(_way_on(request))
    if request.method == "POST" and state:
        request.session[STATE] = state | {"left": state["left"] - 1}
    return render(request, "accounts/signing_in/reauthenticate_by_code.jinja", {"form": form, "is_sent": bool(state)})


@transaction.atomic
def _mail_code(request: HttpRequest) -> None:
    limits.count_mail(request, "request_login_code", request.user.email)
    code = get_adapter().generate_login_code()
    request.session[STATE] = {"code": code, "at": time.time(), "left": TRIES}
    mails.who_is_it_code(request.user, code)


def _pending(request: HttpRequest) -> dict:
    state = request.session.get(STATE, {})
    return state if state and state["left"] > 0 and time.time() - state["at"] < GOOD_FOR else {}


def _way_on(request: HttpRequest) -> str:
    way_on = request.GET.get("next", "")
    return way_on if url_has_allowed_host_and_scheme(way_on, allowed_hosts=None) else "account_data"
