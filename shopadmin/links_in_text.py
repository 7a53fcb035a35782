"""Web and email addresses in text that anybody may have typed: refused in names, and never clickable in a mail."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINK = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
# `evil.example`; a name such as "J.P. Morgan" has a blank after its dots or one letter between them. Two letters are
# enough to tell: looking for more of them takes a minute for a hundred thousand.
DOMAIN = re.compile(r"\w\w[.\u3002\uff0e\uff61]\w\w")
ZERO_WIDTH_SPACE = "\u200b"


def no_web_address(text: str) -> None:
    """Refuse a name that holds a web or email address, or what a mail program would take for one."""
    if LINK.search(text) or DOMAIN.search(text):
        raise ValidationError(_("Remove web and email addresses, and add a space after each full stop"))


def no_link(text: str) -> None:
    """Refuse a link where a name such as `Shop.example Ltd` may well stand."""
    if LINK.search(text):
        raise ValidationError(_("Remove links and email addresses"))


def unlinked(text) -> str:
    """The text as it is to be read, with nothing in it that a mail program makes a link of."""
    return re.sub(r"([.:/@\u3002\uff0e\uff61])(?=\S)", rf"\1{ZERO_WIDTH_SPACE}", str(text))
