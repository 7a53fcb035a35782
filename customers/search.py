"""Folding: the form in which names, numbers and what is searched for meet."""

import re
import unicodedata

LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(text: str) -> str:
    """Lower case, no accents, words of letters and digits parted by one blank; `+49 151` gives `49 151`."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", text).strip()


PHONE = re.compile(r"[+0-9][-0-9 ()./]{4,40}")


def digits_of_phone(text: str) -> str:
    """The digits of what looks like a phone number, as the search text holds them: `0031 (0)30-231` gives `3130231`."""
    if not PHONE.fullmatch(text):
        return ""
    digits = re.sub("[^0-9]", "", text.replace("(0)", ""))
    return digits.removeprefix("00") if len(digits) > 5 else digits
