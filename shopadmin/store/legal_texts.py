"""The shop's legal texts, each as a text or as a link to where it stands."""

import re

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from shopadmin.models import StoreSettings
from shopadmin.store.section_form import SectionForm
from shopadmin.store.texts_by_language import Text

LEGAL_TEXTS = {
    "privacy_policy": _("Privacy policy"),
    "terms": _("Terms"),
    "imprint": _("Company details"),
    "withdrawal_information": _("Withdrawal information"),
}
LENGTH = 30_000
# Confirmed on a durable medium: art. 8(7) of Directive 2011/83/EU.
MAILED = ("terms", "withdrawal_information")
IS_MAILED = _("Sent with each order confirmation, since customers must be able to keep it. A link is not sent.")


def address_or_text(text: str) -> None:
    """What begins like an address must be one."""
    if re.match(r"\w+://\S*\Z", text):
        message = _("Enter a link that begins with https://")
        URLValidator(["http", "https"], message=message)(text)


class LegalTextsForm(SectionForm):
    """What the law wants a shop to say."""

    TEXTS = {
        kind: Text(title, LENGTH, rows=5, help=IS_MAILED if kind in MAILED else "", check=address_or_text)
        for kind, title in LEGAL_TEXTS.items()
    }

    class Meta:
        model = StoreSettings
        fields: list[str] = []
