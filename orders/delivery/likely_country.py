"""Which country a shopper most likely orders to, before anything is known of them."""

from collections.abc import Iterable

from babel.core import get_global

from orders.models import DeliveryMethod
from shopadmin.locale_choices import is_spoken_in

# Understood so widely that it says nothing of where somebody lives.
EVERYWHERE = "en"


def likely_country(home: str, language: str, methods: Iterable[DeliveryMethod]) -> str:
    """Return the only country that parcels go to, else one where `language` is spoken: the shop's before others.

    A country that no method delivers to is not guessed; the shop's own is what remains.
    """
    sending = [method for method in methods if method.active and not method.is_pickup]
    reached = {country for method in sending for country in method.countries}
    if len(reached) == 1 and all(method.countries for method in sending):
        return reached.pop()
    spoken = _where_it_is_spoken(language, home)
    return spoken if any(method.goes_to(spoken) for method in sending) else home


def _where_it_is_spoken(language: str, home: str) -> str:
    if language == EVERYWHERE or is_spoken_in(home, language):
        return home
    return get_global("likely_subtags").get(language, "").rpartition("_")[2] or home
