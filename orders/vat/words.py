"""How a VAT rate is written."""

from orders.checkout.totals import Part
from shopadmin.rendering.formats import percent


def rate_in_words(part: Part, home: str) -> str:
    """The rate of a part, with its country where that is not the shop's: `19% (DE)`."""
    is_abroad = part.country and part.country != home
    return f"{percent(part.rate)} ({part.country})" if is_abroad else percent(part.rate)
