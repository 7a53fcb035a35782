"""Passkeys: what a browser is asked, and how its answer is read, whoever sent it.

allauth and fido2 do the reckoning. Here stands what they leave open: any JSON is answered in words, an answer that
was made for another site of the same domain is refused, and a passkey always shows who holds it (finger, face or PIN).
"""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.signing_in.mfa_adapter import rp_id
from customers.models import Customer

LONGEST_ANSWER = 20_000
MOST = 20  # of one account; more than anybody has devices
NOT_WORKED = _("The passkey did not work. Try again or use another method.")
# What reading something made up ends in, somewhere in fido2: none of it is a fault of ours.
UNREADABLE = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, RecursionError, NotImplementedError,
    struct.error, UnsupportedAlgorithm,
)  # fmt: skip


def options_to_use(customer: Customer | None = None) -> dict:
    """What a browser needs to use a passkey: one of the customer's, or (None) anybody's."""
    return auth.begin_authentication(customer)


def options_to_add(customer: Customer) -> dict:
    """What a browser needs to make a passkey that signs in by itself."""
    return auth.begin_registration(customer, True)


def has_room(customer: Customer) -> bool:
    """Whether this account may have another passkey."""
    return customer.authenticator_set.filter(type=Authenticator.Type.WEBAUTHN).count() < MOST


def too_many() -> str:
    """Why there is not."""
    words = _("You already have %(most)d passkeys, the most an account can have. Remove one that you no longer use.")
    return words % {"most": MOST}


def page_that_adds(form: forms.Form, customer: Customer) -> dict:
    """What a page with an `AddPasskeyForm` reads."""
    return {"form": form, "passkey_options": in_page(options_to_add(customer)), "passkey_domain": rp_id()}


def in_page(options: dict) -> SafeString:
    """Options as a block of data in a page."""
    return json_script(options, "passkey-options")


def answer_field() -> forms.CharField:
    """What the browser answers. Nobody types there, so whatever is wrong is said in one sentence."""
    field = forms.CharField(label=_("Passkey"), max_length=LONGEST_ANSWER, widget=forms.HiddenInput)
    field.error_messages["required"] = NOT_WORKED
    field.validators = [MaxLengthValidator(LONGEST_ANSWER, NOT_WORKED)]
    return field


class PasskeyForm(forms.Form):
    """A browser's answer to `options_to_use`; without `customer`, it says itself whose passkey it is."""

    credential = answer_field()

    def __init__(self, *args, customer: Customer | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer

    def clean_credential(self) -> Authenticator:
        with _refused_in_words():
            answer = _read(self.cleaned_data["credential"])
            _must_be_for_this_site(auth.parse_authentication_response(answer))
            customer = self.customer or auth.extract_user_from_response(answer)
            return auth.complete_authentication(customer, answer)


class PasskeyNameForm(forms.Form):
    """What its owner calls a passkey; `device` where nothing is typed."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("To tell your passkeys apart, such as “My phone”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data=None, *, device: str) -> None:
        super().__init__(data, initial={"name": device})
        self.device = device

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or self.device


class AddPasskeyForm(PasskeyNameForm):
    """A browser's answer to `options_to_add`, and the new passkey's name."""

    credential = answer_field()

    def clean_credential(self) -> dict:
        with _refused_in_words():
            answer = _read(self.cleaned_data["credential"])
            _must_be_for_this_site(auth.parse_registration_response(answer))
            binding = auth.complete_registration(answer)
            if not binding.is_user_verified() or binding.credential_data is None:
                raise ValueError
        return answer


@contextmanager
def _refused_in_words() -> Iterator[None]:
    try:
        yield
    except (*UNREADABLE, forms.ValidationError) as error:  # allauth's own errors speak of a code
        raise forms.ValidationError(NOT_WORKED) from error


def _read(text: str) -> dict:
    answer = json.loads(text)
    if not isinstance(answer, dict):
        raise TypeError
    return answer


def _must_be_for_this_site(response: Any) -> None:
    """fido2 takes every host below the domain, and one of those may be somebody else's."""
    site = urlsplit(settings.SITE_URL)
    if response.response.client_data.origin != f"{site.scheme}://{site.netloc}":
        raise ValueError


def name_of_passkey(authenticator: Authenticator) -> str:
    """What its owner called it."""
    return authenticator.data.get("name") or str(_("Passkey"))
