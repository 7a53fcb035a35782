from django import forms

from customers.email_addresses import normalise_email, validate_mailbox
from shopadmin.rendering.formats import email_address


class EmailField(forms.EmailField):
    """An email address in the form in which it is kept; shown with its domain as people read it."""

    default_validators = [validate_mailbox]

    def to_python(self, value: str | None) -> str:
        return normalise_email(super().to_python(value))

    def prepare_value(self, value):
        return email_address(value) if isinstance(value, str) else value
