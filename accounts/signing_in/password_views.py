from collections.abc import Callable
from functools import wraps

from allauth.account import views as allauth_views
from allauth.account.internal.flows.password_reset import finalize_password_reset
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.views import View

from accounts.email_verification.mailbox_proven import mailbox_proven
from accounts.email_verification.request import in_language_of
from accounts.forms import ChangePasswordForm, NewPasswordForm, ResetForm, StaffResetForm
from accounts.signing_in.password_tokens import password_tokens
from accounts.signing_in.sessions import end_sessions
from customers.history import acting
from customers.models import Customer


def ends_other_sessions(form_valid: Callable) -> Callable:
    """Whoever sets a new password stays signed in here, and nowhere else."""

    @wraps(form_valid)
    @transaction.atomic
    def guarded(view: View, form: Form) -> HttpResponse:
        response = form_valid(view, form)
        end_sessions(view.request.user, but=view.request.session.session_key)
        return response

    return guarded


class ChangePasswordView(allauth_views.PasswordChangeView):
    """Another password, by who knows the old one."""

    template_name = "accounts/signing_in/password.jinja"
    form_class = ChangePasswordForm
    form_valid = ends_other_sessions(allauth_views.PasswordChangeView.form_valid)


class SetPasswordView(allauth_views.PasswordSetView):
    """The first password of who came in by a code."""

    template_name = "accounts/signing_in/password.jinja"
    form_class = NewPasswordForm
    form_valid = ends_other_sessions(allauth_views.PasswordSetView.form_valid)


class ResetView(allauth_views.PasswordResetView):
    """Asks for a link; the answer does not tell whether there is an account."""

    template_name = "accounts/signing_in/reset.jinja"
    form_class = ResetForm

    @transaction.atomic
    def form_valid(self, form: ResetForm) -> HttpResponse:
        return super().form_valid(form)


class StaffResetView(ResetView):
    """The same for staff."""

    template_name = "accounts/signing_in/staff_reset.jinja"
    form_class = StaffResetForm
    success_url = reverse_lazy("staff_reset_done")


class ResetDoneView(allauth_views.PasswordResetDoneView):
    template_name = "accounts/signing_in/reset_done.jinja"


class NewPasswordView(allauth_views.PasswordResetFromKeyView):
    """Where the mailed link leads to. Opening it changes nothing: mail scanners open links."""

    template_name = "accounts/signing_in/new_password.jinja"
    form_class = NewPasswordForm

    def logout(self) -> None:
        if self.request.method == "POST":
            super().logout()

    @transaction.atomic
    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        customer = form.user = self.reset_user
        customer.refresh_from_db(from_queryset=Customer.objects.select_for_update())
        if not password_tokens.check_token(customer, self.key):  # used in another window meanwhile
            return self.render_to_response(self.get_context_data(token_fail=True))
        with acting.shopper(customer, source="password link"):
            form.save()
            end_sessions(customer, but=self.request.session.session_key)
            mailbox_proven(customer, password=customer.password, source="password link")
            with in_language_of(customer):
                return finalize_password_reset(self.request, customer, email=customer.email)
