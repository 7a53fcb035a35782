"""Where a change came from, in words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

OBJECTION = "objection"
ORDER = "order "
PLACES = {
    "backoffice": _("in the backoffice"),
    "checkout": _("at checkout"),
    "account": _("in the account"),
    "sign-up": _("at sign-up"),
    "import": _("through an import"),
    "unsubscribe": _("through the link in an email"),
    OBJECTION: _("through an objection"),
}


def source_in_words(source: str) -> str:
    """A source that an order, a page or an import gave (`acting`); a name of its own as it is."""
    if source.startswith(ORDER):
        return gettext("with order %(number)s") % {"number": source.removeprefix(ORDER)}
    return str(PLACES.get(source, source))
