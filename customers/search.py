"""Folding: the form in which names, numbers and what is searched for meet."""

import re
import unicodedata
from collections.abc import Iterable

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
PHONE = re.compile(r"[+0-9][-0-9 ()./]{2,40}")
PLAIN_PHONE = re.compile(r"\+[0-9]+")
# Three letters make a trigram. A beginning is marked to have as many, by a letter that folding never leaves, so that
# one or two letters have trigrams which few texts hold (PostgreSQL makes them of letters and digits only).
SHORTEST, BEGINNING = 3, "~Q"
COUNTRY_CODES = {str(code) for code in COUNTRY_CODE_TO_REGION_CODE}


def fold(text: str) -> str:
    """Lower case, no accents, words of letters and digits parted by one blank; `+49 151` gives `49 151`."""
    return fold_whole(text).strip()


def fold_whole(text: str) -> str:
    """The same with the blank of what stood before the first word or after the last: `@post` gives ` post`."""
    return BLANKS.sub(" ", text.translate(FOLDED))


class _Folded(dict):
    """What each letter becomes, worked out when it first comes: a million names are folded in no time."""

    def __missing__(self, code: int) -> str:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold().translate(LETTERS))
        bare = "".join(letter for letter in text if not unicodedata.combining(letter))
        self[code] = folded = re.sub(r"[\W_]", " ", bare)
        return folded


FOLDED, BLANKS = _Folded(), re.compile("  +")


def search_text(
    number: int, *, names: Iterable[str], email: str, phones: Iterable[str], places: Iterable[str], order_numbers: str
) -> str:
    """All that the search looks at in one customer: folded words between blanks, then the beginnings.

    `names` are those of person and company, `phones` as E.164, `places` postcodes and cities. One or two letters
    are looked for among the beginnings: those of names and of the numbers of customer and orders.
    """
    own = fold(f"{number} {' '.join(names)} {order_numbers}")
    beginnings = "".join(f"{BEGINNING}{start}" for start in dict.fromkeys(word[:2] for word in own.split()))
    others = [email, *places, *(_in_one_word(place) for place in places), *(spellings(phone) for phone in phones)]
    return f" {own} {fold(' '.join(others))} {beginnings}~ "


def _in_one_word(postcode: str) -> str:
    """A postcode without its blank; nothing for one that has none, or for a city."""
    return postcode.replace(" ", "") if " " in postcode and any(map(str.isdigit, postcode)) else ""


def spellings(phone: str) -> str:
    """A phone number as it is dialled from abroad and at home: `+31612345678` gives `31612345678 0612345678`."""
    digits = phone[1:] if PLAIN_PHONE.fullmatch(phone) else re.sub("[^0-9]", "", phone)
    code = next((digits[:end] for end in (1, 2, 3) if digits[:end] in COUNTRY_CODES), "")
    return f"{digits} 0{digits.removeprefix(code)}" if digits else ""


def digits_of_phone(text: str) -> str:
    """The digits of what looks like a phone number, as the search text holds them: `0031 (0)30-231` gives `3130231`."""
    if not PHONE.fullmatch(text):
        return ""
    digits = re.sub("[^0-9]", "", text.replace("(0)", ""))
    return digits.removeprefix("00") if len(digits) > 5 else digits


def fragments(words: str) -> list[list[str]]:
    """What to look for in search texts: one of the lists, and all that it holds.

    Words of three letters and more may stand anywhere. A shorter one is the beginning of a word; alone, that of a
    name or number. So that every fragment is found, the whole may also stand as it was typed (`s@van`), and digits
    may be those of a phone.
    """
    whole, digits = fold_whole(words.strip()), digits_of_phone(words.strip())
    parts = list(dict.fromkeys(whole.split()))
    wanted = [[part if len(part) >= SHORTEST else f" {part}" for part in parts]] if parts else []
    if len(parts) == 1 and len(parts[0]) < SHORTEST:
        wanted = [[whole if len(whole) >= SHORTEST else BEGINNING + parts[0]]]
    elif parts and len(parts[0]) < SHORTEST:
        wanted.append([whole])
    return [*wanted, [digits]] if len(digits) >= SHORTEST and [digits] not in wanted else wanted
