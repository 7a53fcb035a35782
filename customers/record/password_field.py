"""Passwords as people type them."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4096  # a sentence fits many times; hashing a book would only keep the server busy
TOO_LONG = _("Use at most %(limit_value)d characters.")


class PasswordField(forms.CharField):
    """A password as it is typed, in one Unicode form; nothing stripped, pasted as welcome as typed."""

    def __init__(self, *, is_new: bool = True, **kwargs) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if is_new else "current-password"})
        messages = {"max_length": TOO_LONG}
        super().__init__(strip=False, max_length=LONGEST, widget=widget, error_messages=messages, **kwargs)

    def to_python(self, value: str | None) -> str:
        return unicodedata.normalize("NFC", super().to_python(value))
