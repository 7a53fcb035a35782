from allauth.account.internal.decorators import login_stage_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.security import factors
from accounts.sign_up.passkey_stage import PasskeyStage
from accounts.signing_in.browser_names import client_of
from accounts.signing_in.passkeys import AddPasskeyForm, page_that_adds
from shopadmin.rendering.pages import render


@login_stage_required(stage=PasskeyStage.key, redirect_urlname="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_passkey(request: HttpRequest) -> HttpResponse:
    """The first passkey of a new account. Who leaves this page has no secret, and comes in by a mailed code."""
    stage = request._login_stage
    if not (customer := stage.login.user):  # erased since the code was typed
        return stage.abort()
    form = AddPasskeyForm(request.POST if request.method == "POST" else None, device=client_of(request))
    if form.is_valid():
        with transaction.atomic():
            factors.add_first_passkey(request, customer, **form.cleaned_data)
            return stage.exit()
    return render(request, "accounts/sign_up/passkey.jinja", page_that_adds(form, customer))
