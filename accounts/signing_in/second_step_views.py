from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.forms import ReauthenticateForm
from accounts.security.factors import factors_of
from accounts.signing_in.reauthentication_views import way_on
from accounts.signing_in.second_step import SecondStep
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="staff_sign_in")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password, or a mailed code: the app's code, a passkey or a recovery code."""
    stage = request._login_stage
    if not is_mfa_enabled(stage.login.user):  # reset or erased since
        stage.abort()
        return redirect("staff_sign_in")
    step = SecondStep(request, stage.login.user)
    with transaction.atomic():
        if factor := step.shown():
            post_authentication(request, factor)
            return stage.exit()
    return render(request, "accounts/signing_in/second_step.jinja", step.context())


@staff_required(second_factor=False, own_transaction=True)  # it hashes a password, and changes the session alone
@require_http_methods(["GET", "HEAD", "POST"])
def staff_confirm(request: HttpRequest) -> HttpResponse:
    """Asks staff who they are before something that cannot be undone, by all that it takes to sign in."""
    if factors_of(request.user).exists():
        return _by_second_factor(request)
    form = ReauthenticateForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        record_authentication(request, request.user, "password", reauthenticated=True)
        return redirect(way_on(request, "dashboard"))
    return render(request, "accounts/signing_in/staff_confirm.jinja", {"form": form, "password_form": form})


def _by_second_factor(request: HttpRequest) -> HttpResponse:
    step = SecondStep(request, request.user)
    with transaction.atomic():
        if factor := step.shown():
            post_authentication(request, factor, reauthenticated=True)
            return redirect(way_on(request, "dashboard"))
    return render(request, "accounts/signing_in/staff_confirm.jinja", step.context())
