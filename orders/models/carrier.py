from urllib.parse import quote

from django.db import models
from django.utils.translation import get_language, pgettext_lazy


class Carrier(models.TextChoices):
    """Who brings parcels; whoever else does is `OTHER`, by the name that the merchant types."""

    POSTNL = "postnl", "PostNL"
    DHL = "dhl", "DHL"
    DPD = "dpd", "DPD"
    GLS = "gls", "GLS"
    UPS = "ups", "UPS"
    BPOST = "bpost", "bpost"
    HERMES = "hermes", "Hermes"
    OTHER = "other", pgettext_lazy("carrier", "Other")


# The carriers' own pages for a parcel number, in the language of whoever follows it where they have it.
TRACKING = {
    Carrier.POSTNL: "https://postnl.nl/tracktrace/?B={number}&P={postcode}&D={country}&T=C",
    Carrier.DHL: "https://www.dhl.com/{site}/home/tracking.html?tracking-id={number}",
    Carrier.DPD: "https://tracking.dpd.de/status/{locale}/parcel/{number}",
    Carrier.GLS: "https://gls-group.com/EU/en/parcel-tracking?match={number}",
    Carrier.UPS: "https://www.ups.com/track?loc={locale}&tracknum={number}",
    Carrier.BPOST: "https://track.bpost.cloud/btr/web/#/search?itemCode={number}&postalCode={postcode}&lang={language}",
    Carrier.HERMES: "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#{number}",
}
# By language, how carriers call it, and which of DHL's sites speaks it.
LANGUAGES = {
    "nl": {"language": "nl", "locale": "nl_NL", "site": "nl-nl"},
    "de": {"language": "de", "locale": "de_DE", "site": "de-de"},
}
ENGLISH = {"language": "en", "locale": "en_US", "site": "global-en"}
OF_PARCEL = ("number", "postcode", "country")


def tracking_url(pattern: str, *, number: str, postcode: str, country: str) -> str:
    """The page for a parcel, by the pattern of a carrier or a merchant's own; empty where the number is missing.

    What somebody typed is quoted, so that it stays inside the place that the pattern has for it.
    """
    if not pattern or ("{number}" in pattern and not number):
        return ""
    of_parcel = {"number": number, "postcode": postcode.replace(" ", ""), "country": country}
    words = LANGUAGES.get((get_language() or "")[:2], ENGLISH)
    for name, value in (words | of_parcel).items():
        pattern = pattern.replace(f"{{{name}}}", quote(value, safe=""))
    return pattern
