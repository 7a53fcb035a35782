"""How a VAT rate is written."""

from decimal import Decimal

from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import percent


def rate_in_words(rate: Decimal, country: str) -> str:
    """A rate in per cent, with its country where that is not the shop's: `21%`, `19% (DE)`."""
    words = percent(rate)
    return words if country in ("", str(StoreSettings.current().country)) else f"{words} ({country})"
