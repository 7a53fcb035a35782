"""What makes a good password: long, not one that everybody takes, and not one's own words."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shopadmin.models import StoreSettings

SHORTEST = 12
LONGEST = 4096  # a sentence fits many times; hashing a book would only keep the server busy
LEFT_OVER = 8


class LengthValidator:
    """At least SHORTEST characters; no more than LONGEST, which is said at once instead of hashed."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(too_long(), code="password_too_long")
        if len(password) < SHORTEST:
            message = ngettext("Use at least %(n)d character.", "Use at least %(n)d characters.", SHORTEST)
            raise ValidationError(message % {"n": SHORTEST}, code="password_too_short")

    def get_help_text(self) -> str:
        return _("At least %(n)d characters. A short sentence is good and easy to remember.") % {"n": SHORTEST}


class OwnWordsValidator:
    """Not the person's e-mail address or the shop's name with a little added: a guesser tries those first."""

    def validate(self, password: str, user: object = None) -> None:
        rest = folded(password[:LONGEST])
        for word in sorted(own_words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != folded(password[:LONGEST]) and len(rest) < LEFT_OVER:
            message = _("Do not use your e-mail address or the name of the shop as your password.")
            raise ValidationError(message, code="password_of_own_words")

    def get_help_text(self) -> str:
        return _("Not your e-mail address and not the name of the shop.")


def too_long() -> str:
    """What is said to a password beyond LONGEST."""
    return _("Use at most %(n)d characters.") % {"n": LONGEST}


def own_words(user: object) -> set[str]:
    """The shop's name, and the address of `user` with its parts; folded, as passwords are for the comparison."""
    address = getattr(user, "email", None) or ""
    local, _at, domain = address.partition("@")
    words = {folded(word) for word in (StoreSettings.current().name, address, local, domain.partition(".")[0])}
    return {word for word in words if len(word) > 2}


def folded(text: str) -> str:
    """Letters and digits alone, in one case: blanks and dots between do not make a word another one."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalnum())
