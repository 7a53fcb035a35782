from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core.internal.httpkit import clean_client_ip, get_client_ip
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import mails
from accounts.email_verification import email_change
from accounts.email_verification.mailbox_proven import address_of
from accounts.email_verification.request import prove_mailbox, remember_password
from accounts.signing_in import limits
from accounts.signing_in.devices import get_to_know, may_be_known
from accounts.signing_in.own_path import own_path
from accounts.signing_in.refusals import refused_at_staff_door
from customers.email_addresses import normalise_email
from customers.models import Customer
from shopadmin.middleware import chosen_language
from shopadmin.models.store import has_catalogue

LONGEST_EMAIL = 254
STAFFS_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What allauth has to say that its next page does not show anyhow.
SIGNED_OUT = "account/messages/logged_out.txt"
SAID = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "account/messages/password_set.txt": _("Your password has been set."),
    SIGNED_OUT: _("You have been signed out."),
}


class Adapter(DefaultAccountAdapter):
    """How allauth meets our customers."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("This is already your email address"),
        "email_password_mismatch": _("The email address or password is incorrect"),
        "email_taken": _("Another account already uses this email address"),
        "enter_current_password": _("Your current password is incorrect"),
        "incorrect_code": _("This code is incorrect"),
        "incorrect_password": _("This password is incorrect"),
        "rate_limited": _("An email is on its way. Wait a moment before you request another one."),
        "too_many_login_attempts": _("Too many attempts. Start again."),
    }

    # --- What comes in

    def clean_email(self, email: str) -> str:
        """The address as it is kept; a longer one than the column holds is refused, not cut."""
        email = normalise_email(email)
        if len(email) > LONGEST_EMAIL:
            raise ValidationError(_("This email address is too long"))
        return email

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom limits count; what stands in a header can be wrong, and is no reason to fail."""
        try:
            ip = get_client_ip(request)
        except ImproperlyConfigured:
            ip = None
        return ip or clean_client_ip(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: the pages are pages, whatever a request says that it accepts."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only paths of our own lead on after a form."""
        return bool(own_path(url))

    # --- Who comes in

    def get_login_stages(self) -> list[str]:
        ours = ["accounts.sign_up.passkey_stage.PasskeyStage", "accounts.signing_in.admission.AdmissionStage"]
        return [*super().get_login_stages(), *ours]

    def pre_login(self, request: HttpRequest, user: Customer, *, email: str | None, **kwargs) -> HttpResponse | None:
        """Refuse nobody yet (the last stage does), but who comes by an address that is not theirs any more."""
        if email and normalise_email(email) != user.email:
            clear_login(request)
            return redirect("account_login")
        records = get_authentication_records(request, user)
        if not address_of(user).verified and records and records[-1]["method"] == "password":
            remember_password(request, user, user.password)
        return None

    def post_login(self, request: HttpRequest, user: Customer, **kwargs) -> HttpResponse:
        """From here on this browser is known, and speaks the customer's language until another is chosen."""
        response = super().post_login(request, user, **kwargs)
        if may_be_known(request):
            get_to_know(response, user.email)
        if has_catalogue(user.language):
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("dashboard" if request.user.is_staff else "account_orders")

    get_signup_redirect_url = get_login_redirect_url

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_security")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_data" if self.request.user.is_authenticated else "account_login")

    # --- Passwords

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        self.guesses = limits.count_guess(request, credentials.get("email", ""))

    def _rollback_login_failed_rl_usage(self) -> None:
        for guess in self.guesses:
            guess.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        return limits.key_of_guesses(request, credentials.get("email", ""))

    def authentication_failed(self, request: HttpRequest, **credentials) -> None:
        """A wrong password at the door of staff, or where they say again who they are."""
        refused_at_staff_door(request, credentials.get("email", ""))

    def reauthenticate(self, user: Customer, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Customer) -> list[dict]:
        """By password; who has none types a code that is mailed, and staff use their second factor.

        A list of our own: allauth's grows with its releases, and names pages that we do not have.
        """
        if not user.is_authenticated:
            return []
        if user.is_staff and is_mfa_enabled(user, STAFFS_FACTORS):
            return [{"id": "staff", "url": reverse("staff_confirm")}]
        if user.has_usable_password():
            return [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]
        return [{"id": "code", "url": reverse("account_reauthenticate_by_code")}]

    def set_password(self, user: Customer, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    # --- The mailbox

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The code mailed to an address was typed: the customer's own is proved, another becomes theirs."""
        customer, email = email_address.user, email_address.email
        if email == customer.email:
            return prove_mailbox(request, customer, email)
        if request.user != customer:
            return False
        changed = email_change.change(customer, email)
        words = _("Your email address has been changed.") if changed else self.error_messages["email_taken"]
        messages.add_message(request, messages.SUCCESS if changed else messages.ERROR, words)
        return changed

    # --- Words and mails

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        language = get_language()
        if message_template == SIGNED_OUT:  # the next page speaks to a stranger
            language = chosen_language(request, AnonymousUser())
        if words := message or SAID.get(message_template):
            with translation.override(language):
                messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """The mails of allauth that have no method of their own."""
        customer = Customer.objects.filter(email=email).first()
        if not customer:
            mails.unknown_account(email)
        elif template_prefix == "account/email/login_code":
            mails.sign_in_code(customer, context["code"])
        else:
            mails.account_not_open(customer)

    def send_account_already_exists_mail(self, email: str) -> None:
        if customer := Customer.objects.filter(email=email).first():
            mails.account_exists(customer)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation, signup: bool) -> None:
        address, code = emailconfirmation.email_address, emailconfirmation.key
        if address.email == address.user.email:
            with_order = getattr(request, "is_placing_order", False)
            mails.confirm_address(address.user, code, with_order=with_order)
        else:
            mails.confirm_new_address(address.user, address.email, code)

    def send_notification_mail(self, template_prefix: str, user: Customer, *args, **kwargs) -> None:
        mails.password_changed(user)
