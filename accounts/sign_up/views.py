from allauth.account import views as allauth_views
from allauth.account.stages import LoginStage
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string

from accounts.forms import ConfirmAddressForm, SignUpForm
from accounts.sign_up.sign_up import sign_up
from accounts.signing_in.mfa_adapter import rp_id
from accounts.signing_in.passwords import SHORTEST


class SignUpView(allauth_views.SignupView):
    """A new account. Whoever has the address, the answer is the same, and so is the time it takes."""

    template_name = "accounts/sign_up/sign_up.jinja"
    form_class = SignUpForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"passkey_domain": rp_id()}

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        # Outside of the transaction: a hundred milliseconds are too long to keep others from writing.
        password = make_password(form.cleaned_data["password1"] or get_random_string(SHORTEST))
        if form.wants_passkey:  # the hash above is for the time alone: making a new account would show beside less
            password = make_password(None)
        way_on, with_passkey = self.get_next_url(), form.wants_passkey
        return sign_up(self.request, form.person, password=password, way_on=way_on, with_passkey=with_passkey)


class ConfirmAddressView(allauth_views.ConfirmEmailVerificationCodeView):
    """The code that was mailed to an address: of a new account, or the new one of an old account."""

    template_name = "accounts/sign_up/confirm_address.jinja"
    form_class = ConfirmAddressForm

    @transaction.atomic
    def form_valid(self, form: ConfirmAddressForm) -> HttpResponse:
        return super().form_valid(form)

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        """Mail again to whoever owns the address: allauth leaves out those who have an account."""
        process = self._process
        process.send = lambda **kwargs: type(process).send(process)
        return super()._resend_form_valid(form)

    def _verify_form_valid(self, form: ConfirmAddressForm) -> HttpResponse:
        customer = self._process.user
        if not customer:  # erased since the code was mailed
            self._process.abort()
            return redirect("account_login")
        if self.stage and self.stage.login.user == customer:
            self.stage.login.user = customer  # the very object whose password the proof is about to set
        return super()._verify_form_valid(form)
