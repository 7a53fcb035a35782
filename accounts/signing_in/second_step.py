"""The second step of signing in, and saying again who one is: a typed code, or a passkey."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import mails
from accounts.security import recovery_codes
from accounts.security.factors import APP, PASSKEY, RECOVERY_CODES, factor_with_code
from accounts.signing_in import limits
from accounts.signing_in.mfa_adapter import rp_id
from accounts.signing_in.passkeys import PasskeyForm, in_page, options_to_use
from accounts.signing_in.refusals import refused_at_second_step
from customers.models import Customer


class SecondStepForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("The six digits that your authenticator app shows, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, *args, request: HttpRequest, customer: Customer, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.customer = request, customer

    def clean_code(self) -> Authenticator:
        typed, email = self.cleaned_data["code"], self.customer.email
        is_guessable = not recovery_codes.looks_like_one(typed)
        tries = limits.count_second_step(self.request, email, is_guessable=is_guessable)
        factor = factor_with_code(self.customer, typed)
        if factor is None:
            refused_at_second_step(self.request, self.customer.pk)
            if limits.is_worth_a_warning(self.request, email):
                mails.second_step_failed(self.customer)
            raise get_adapter().validation_error("incorrect_code")
        for one in tries:
            one.rollback()
        return factor


class SecondStep:
    """What somebody can show, and what they have just shown."""

    def __init__(self, request: HttpRequest, customer: Customer) -> None:
        self.types = set(Authenticator.objects.filter(user=customer).values_list("type", flat=True))
        by_passkey = "credential" in request.POST
        self.request, self.customer = request, customer
        self.passkey_form = PasskeyForm(request.POST if by_passkey else None, customer=customer)
        self.code_form = SecondStepForm(
            request.POST if request.POST and not by_passkey else None, request=request, customer=customer
        )
        self._sent, self._field = (self.passkey_form, "credential") if by_passkey else (self.code_form, "code")

    def shown(self) -> Authenticator | None:
        """The factor that was shown; None when nothing was, or not the right one."""
        return self._sent.cleaned_data[self._field] if self._sent.is_valid() else None

    def context(self) -> dict:
        """What its page reads. What a browser needs for a passkey is made anew each time."""
        has_passkey = PASSKEY in self.types
        return {
            "form": self._sent,
            "code_form": self.code_form if self.types & {APP, RECOVERY_CODES} else None,
            "passkey_form": self.passkey_form if has_passkey else None,
            "passkey_domain": rp_id(),
            "passkey_options": in_page(options_to_use(self.customer)) if has_passkey else "",
        }
