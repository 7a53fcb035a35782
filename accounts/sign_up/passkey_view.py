from allauth.account.internal.decorators import login_stage_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.security import factors
from accounts.sign_up.passkey_stage import PasskeyStage
from accounts.signing_in.browser_names import client_of
from accounts.signing_in.mfa_adapter import rp_id
from accounts.signing_in.passkeys import AddPasskeyForm, in_page, options_to_add
from shopadmin.rendering.pages import render


@login_stage_required(stage=PasskeyStage.key, redirect_urlname="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_passkey(request: HttpRequest) -> HttpResponse:
    """The first passkey of a new account. Who leaves this page has no secret, and comes in by a mailed code."""
    stage = request._login_stage
    if not (customer := stage.login.user):  # erased since the code was typed
        return stage.abort()
    form = AddPasskeyForm(request.POST if request.method == "POST" else None, initial={"name": client_of(request)})
    if form.is_valid():
        name = form.cleaned_data["name"] or client_of(request)
        with transaction.atomic():
            factors.add_first_passkey(request, customer, name=name, credential=form.cleaned_data["credential"])
            return stage.exit()
    context = {"form": form, "passkey_options": in_page(options_to_add(customer)), "passkey_domain": rp_id()}
    return render(request, "accounts/sign_up/passkey.jinja", context)
