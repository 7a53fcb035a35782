"""The one form in which an e-mail address is kept, so that one mailbox is one customer."""

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, validate_email
from django.db import models


def normalise_email(address: str) -> str:
    """Fold case, outer blanks, Unicode forms and the two spellings of an international domain into one."""
    address = unicodedata.normalize("NFKC", address).strip().lower()
    local, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return address
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return address


def validate_mailbox(address: str) -> None:
    """Refuse what Django lets pass and no mail server takes: see RFC 5321, 4.5.3.1.1, and RFC 6531.

    Unusual letters before the @ are those that look like others too, as the dotless i.
    """
    local = address.rpartition("@")[0]
    if len(local) > 64 or not (local.isascii() and local.isprintable()):
        raise ValidationError(EmailValidator.message, code="invalid")


class NormalisedEmailField(models.EmailField):
    """An e-mail address that is normalised whichever way it comes in: form, lookup, save or bulk."""

    default_validators = [validate_email, validate_mailbox]

    def to_python(self, value: str | None) -> str | None:
        value = super().to_python(value)
        return normalise_email(value) if value else value

    def get_prep_value(self, value: str | None) -> str | None:
        value = super().get_prep_value(value)
        return normalise_email(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
