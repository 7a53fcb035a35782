"""The one form in which an email address is kept, so that one mailbox is one customer."""

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

LONGEST, LONGEST_LOCAL = 254, 64


def normalise_email(address: str) -> str:
    """Fold case, blanks and invisible marks around, Unicode forms and the spellings of a domain into one."""
    address = unicodedata.normalize("NFKC", address).strip().lower()
    if not address.isascii():
        address = "".join(sign for sign in address if unicodedata.category(sign) != "Cf").strip()
    local, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return address
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return address


def validate_mailbox(address: str) -> None:
    """Refuse what is no address, and what Django lets pass and no mail server takes.

    See RFC 5321, 4.5.3.1.1, and RFC 6531: letters before the @ that are not plain are those that look like others,
    such as the dotless i.
    """
    local, at, _domain = address.rpartition("@")
    if not address.isprintable():
        words = _("This address contains an invisible character. Type it again.")
        raise ValidationError(words, code="invalid")
    if at and not local.isascii():
        words = _("Use plain letters before the @, without accents or other alphabets.")
        raise ValidationError(words, code="invalid")
    if len(local) > LONGEST_LOCAL and len(address) <= LONGEST:  # else it is said to be too long as a whole
        words = _("Use at most %(most)s characters before the @.")
        raise ValidationError(words, code="invalid", params={"most": LONGEST_LOCAL})
    validate_email(address)
