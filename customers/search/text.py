"""What the search looks at: one text for a customer, and one of the same kind for an order."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from customers.field_rules import ADDRESS_FIELDS, CUSTOMER_FIELDS, Search
from shopadmin.search.folding import compact, fold, folded_text, in_unicode

__all__ = ["compact", "fold", "search_text", "spellings", "text_of_customer"]

# The fields of a customer that the search looks at, those together that are searched alike; and those of an address.
SEARCHED = tuple(name for kind in Search for name, rule in CUSTOMER_FIELDS.items() if rule.search is kind)
SEARCHED_OF_ADDRESS = tuple(name for name, rule in ADDRESS_FIELDS.items() if rule.search)


def _part(*kinds: Search) -> slice:
    """Where the fields of some kinds stand in SEARCHED."""
    places = [place for place, name in enumerate(SEARCHED) if CUSTOMER_FIELDS[name].search in kinds]
    return slice(places[0], places[-1] + 1)


_NAMES = _part(Search.GIVEN_NAME, Search.INITIALS, Search.LAST_NAME, Search.COMPANY)
_EMAILS, _PHONES, _CODES = _part(Search.EMAIL), _part(Search.PHONE), _part(Search.CODE)
_NUMBER, _ORDERS = _part(Search.NUMBER).start, _part(Search.ORDERS).start
PHONES, CODES, ORDER_NUMBERS = SEARCHED[_PHONES], SEARCHED[_CODES], SEARCHED[_ORDERS]
PLAIN_PHONE = re.compile(r"\+[0-9]+")
COUNTRY_CODES = {str(code) for code in COUNTRY_CODE_TO_REGION_CODE}


def text_of_customer(values: Sequence[str], places: Iterable[str]) -> str:
    """Compose the search text of a customer.

    `values` are those of `SEARCHED` in its order, phones as E.164; `places` those of `SEARCHED_OF_ADDRESS` of each
    address.
    """
    return search_text(
        values[_NUMBER],
        names=values[_NAMES],
        email=" ".join(values[_EMAILS]),
        phones=filter(None, values[_PHONES]),
        places=places,
        order_numbers=values[_ORDERS],
        codes=values[_CODES],
    )


def search_text(
    number: int | str,
    *,
    names: Iterable[str],
    email: str,
    phones: Iterable[str],
    places: Iterable[str],
    order_numbers: str = "",
    codes: Iterable[str] = (),
    words: Iterable[str] = (),
) -> str:
    """All that the search looks at in one customer or order, folded.

    `names` are those of person and company, `email` one address or several, `phones` as E.164, `places` postcodes and
    cities, `codes` numbers that are written in several ways (VAT, SKU, tracking), `words` what else may stand there.
    One or two letters are looked for among the beginnings: those of names and of the numbers of customer and orders.
    """
    others = [email, *in_unicode(email), *places, *(_in_one_word(place) for place in places)]
    others += [spellings(phone) for phone in phones]
    others += [spelling for code in codes if code for spelling in {fold(code): 0, compact(code): 0}]
    return folded_text([str(number), *names, order_numbers], [*others, *words])


def _in_one_word(postcode: str) -> str:
    """A postcode without its blank; nothing for one that has none, or for a city."""
    return postcode.replace(" ", "") if " " in postcode and any(map(str.isdigit, postcode)) else ""


def spellings(phone: str) -> str:
    """A phone number as it is dialled from abroad and at home: `+31612345678` gives `31612345678 0612345678`."""
    digits = phone[1:] if PLAIN_PHONE.fullmatch(phone) else re.sub("[^0-9]", "", phone)
    code = next((digits[:end] for end in (1, 2, 3) if digits[:end] in COUNTRY_CODES), "")
    at_home = f"{_trunk(code)}{digits.removeprefix(code)}"
    return digits if at_home == digits or not digits else f"{digits} {at_home}"


@cache
def _trunk(code: str) -> str:
    """What is dialled before a number within its country: 06 in Hungary, 8 in Russia, 0 nearly everywhere."""
    region = COUNTRY_CODE_TO_REGION_CODE[int(code)][0] if code else ""
    rules = PhoneMetadata.metadata_for_region(region, None) if region else None
    return (rules and rules.national_prefix) or "0"
