from allauth.account.internal.flows.password_reset import perform_password_reset_login
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.forms import NewPasswordForm
from accounts.signing_in.staff_invitations import accept
from customers.models import Customer, StaffInvitation
from customers.staff.invitations import invitation_behind, refusal
from shopadmin.rendering.pages import render


@require_http_methods(["GET", "HEAD", "POST"])
def staff_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where a mailed invitation leads to. Opening it changes nothing: mail scanners open links."""
    invitation = invitation_behind(token)
    if invitation is None or refusal(invitation.email):
        return _no_longer_valid(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=_invited(invitation))
    if form.is_valid():
        return _accept(request, token, form.cleaned_data["password1"])
    context = {"invitation": invitation, "form": form}
    return render(request, "accounts/signing_in/staff_invitation.jinja", context)


@transaction.atomic
def _accept(request: HttpRequest, token: str, password: str) -> HttpResponse:
    customer = accept(token, password)
    if customer is None:  # used in another window meanwhile
        return _no_longer_valid(request)
    logout(request)
    return perform_password_reset_login(request, customer, email=customer.email)


def _no_longer_valid(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/signing_in/staff_invitation_dead.jinja", status=404)


def _invited(invitation: StaffInvitation) -> Customer:
    """Whose words the password must not be."""
    names = Customer(email=invitation.email, first_name=invitation.first_name)
    return Customer.objects.filter(email=invitation.email).first() or names
