from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.core.internal.ratelimit import consume, respond_429
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.email_verification import email_change
from accounts.email_verification.request import code_was_just_sent
from accounts.forms import NewAddressForm
from accounts.signing_in.guards import asked_again
from accounts.signing_in.limits import APP


@asked_again
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another email address; it counts once the code that is mailed there was typed here."""
    form = NewAddressForm(request.POST or None, customer=request.user)
    if request.method == "POST" and form.is_valid():
        if code_was_just_sent(request, form.cleaned_data["email"]):
            return redirect("account_email_verification_sent")
        if not consume(request, app=APP, action="manage_email", user=request.user):
            return respond_429(request)
        with transaction.atomic():
            EmailVerificationProcess.initiate(request=request, user=request.user, email=form.cleaned_data["email"])
        return redirect("account_email_verification_sent")
    return render(request, "accounts/email_verification/email.jinja", {"form": form, "area": "account"})


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mail to the old address leads to: shows what pressing the button will do, and does it."""
    entry = email_change.change_of(token)
    if not entry:
        return render(request, "accounts/email_verification/email_undo.jinja", {"is_dead": True}, status=404)
    if request.method != "POST":
        return render(request, "accounts/email_verification/email_undo.jinja", {"old": entry.old})
    is_back = email_change.undo(entry)
    return render(
        request, "accounts/email_verification/email_undo.jinja", {"old": entry.old, "is_done": True, "is_back": is_back}
    )
