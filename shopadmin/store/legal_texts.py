"""The shop's legal texts, each as a text or as a link to where it stands."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from shopadmin.models import ReplacedLegalText, StoreSettings
from shopadmin.models.store import is_link
from shopadmin.store.section_form import Caution, SectionForm
from shopadmin.store.texts_by_language import Text

LEGAL_TEXTS = {
    "privacy_policy": _("Privacy policy"),
    "terms": _("Terms"),
    "imprint": _("Company details"),
    "withdrawal_information": _("Withdrawal information"),
}
LENGTH = 30_000
IS_MAILED = _("Sent with each order confirmation, since customers must be able to keep it. A link is not enough.")
# Confirmed on a durable medium: art. 8(7) of Directive 2011/83/EU. A link to a page is none: Court of Justice of the
# European Union, C-49/11 (Content Services).
ONLY_LINKED = _("A link is not enough for: %s")
WHAT_TO_DO = _(
    "By law, customers must receive these texts with their order in a form that they can keep, and a web page can "
    "change. Paste the text here instead of the link. Until then, order confirmations contain the link, and those to "
    "consumers also the model text of the EU on the right of withdrawal. It does not make customers pay for returns."
)


def agreed_texts_at(moment: datetime) -> dict[str, Mapping[str, str]]:
    """By kind, and then by language, the texts that an order of that moment was placed under."""
    replaced = ReplacedLegalText.objects.filter(replaced_at__gt=moment).order_by("-replaced_at", "-pk")
    store = StoreSettings.current()
    now = {kind: getattr(store, kind) for kind in StoreSettings.AGREED_TO}
    return now | {row.kind: row.texts for row in replaced}  # the last one wins: the first that was replaced


def address_or_text(text: str) -> None:
    """What begins like an address must be one."""
    if re.match(r"\w+://\S*\Z", text):
        message = _("Enter a link that begins with https://")
        URLValidator(["http", "https"], message=message)(text)


class LegalTextsForm(SectionForm):
    """What the law wants a shop to say."""

    TEXTS = {
        kind: Text(
            title, LENGTH, rows=5, help=IS_MAILED if kind in StoreSettings.AGREED_TO else "", check=address_or_text
        )
        for kind, title in LEGAL_TEXTS.items()
    }

    class Meta:
        model = StoreSettings
        fields: list[str] = []

    @property
    def caution(self) -> Caution | None:
        """What is only linked, though customers have to get it."""
        linked = [
            str(LEGAL_TEXTS[kind])
            for kind in StoreSettings.AGREED_TO
            if any(is_link(text) for text in getattr(self.instance, kind).values())
        ]
        return Caution(ONLY_LINKED % ", ".join(linked), WHAT_TO_DO) if linked else None
