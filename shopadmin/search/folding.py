"""Folding: the form in which names, numbers and what is searched for meet.

A text that is searched holds each word as folded here, and beside it the other ways to write it. So whoever looks
for `koeln`, `koln` or `Köln` finds `Köln` and `Koeln`, and what is looked for is folded in one way only.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

import idna

# Raised whenever a search text comes out differently: `migrate` then composes those of all rows anew.
VERSION = 2

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"} | dict.fromkeys("ʼʻʹˈ", " ")
)
# What is written in two ways, the one that folding gives first.
TWO_WAYS = {
    "ä": ("a", "ae"), "ö": ("o", "oe"), "ü": ("u", "ue"), "ø": ("o", "oe"), "å": ("a", "aa"), "æ": ("ae", "a"),
    "œ": ("oe", "o"), "ae": ("ae", "a"), "oe": ("oe", "o"), "ue": ("ue", "u"), "aa": ("aa", "a"),
}  # fmt: skip
IN_TWO_WAYS = re.compile("|".join(TWO_WAYS))
MOST_IN_A_WORD = 3
JOINTS = r"'’‘‛´`ʼʻʹˈ\u2010\u2011\u2012\u2013\u2212\-"
JOINED = re.compile(rf"[^\W_{JOINTS}]+(?:[{JOINTS}][^\W_{JOINTS}]+)+")
IN_ASCII = ("ae", "oe", "ue", "aa", "-", "'", "`")

PHONE = re.compile(r"\(?\+?[0-9(][-0-9 ()./]{2,40}")
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202c\u202d\u2060\ufeff"))
ABROAD, TRUNKS = ("+", "00", "(+"), re.compile(r"\((?:06|8)\)")
# Chinese and Japanese have no blanks between words, and names of one or two signs.
SIGNS = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+")

# Three letters make a trigram. A beginning is marked to have as many, by a letter that folding never leaves, so that
# one or two letters have trigrams which few texts hold (PostgreSQL makes them of letters and digits only).
SHORTEST, BEGINNING = 3, "~Q"
LEAST_DIGITS = 7  # of what is taken for a number by itself: postcodes have fewer, and phone numbers more


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


def compact(text: str) -> str:
    """The letters and digits of a number that may be written with blanks and dots: `NL 1234.56` gives `nl123456`."""
    return fold(text).replace(" ", "")


# --- What is searched


def folded_text(own: Iterable[str], others: Iterable[str]) -> str:
    """A text to be searched: folded words between blanks, then the beginnings of those of `own`.

    One or two letters are looked for among the beginnings. Each text may hold many words.
    """
    own, others = " ".join(own), " ".join(others)
    first, rest = _with_other_spellings(own), _with_other_spellings(others)
    starts = [start for word in first.split() for start in _starts(word)]
    if not rest.isascii():
        starts += [start for signs in SIGNS.findall(rest) for start in _starts(signs)]
    beginnings = "".join(f"{BEGINNING}{start}" for start in dict.fromkeys(starts))
    return f" {first} {rest} {beginnings}~ "


def _with_other_spellings(text: str) -> str:
    folded = fold(text)
    if not _is_peculiar(text):
        return folded
    more = (other for token in text.split() if _is_peculiar(token) for other in other_spellings(token))
    return " ".join([folded, *dict.fromkeys(more)])


def _is_peculiar(text: str) -> bool:
    """Whether anything in it may be written in another way."""
    if not text.isascii():
        return True
    text = text.lower()
    return any(piece in text for piece in IN_ASCII)


@lru_cache(maxsize=10_000)
def other_spellings(token: str) -> tuple[str, ...]:
    """Folded words for what is written without blanks, but for those that folding gives: `Köln` gives `koeln`.

    What a hyphen or an apostrophe parts is written together too: `O'Neill` gives `oneill`.
    """
    whole = [re.sub(f"[{JOINTS}]", "", joined) for joined in JOINED.findall(token)]
    plain = fold(token).split()
    words = [*re.split(r"[\W_]+", unicodedata.normalize("NFKC", token).casefold()), *whole]
    return tuple(dict.fromkeys(way for word in words for way in _ways(word) if way not in plain))


def _ways(word: str) -> Iterator[str]:
    """All ways to write a word; of one with many letters that have two, only those that write all of them alike."""
    word = unicodedata.normalize("NFKC", word).casefold()
    found = [TWO_WAYS[letters] for letters in IN_TWO_WAYS.findall(word)]
    between = IN_TWO_WAYS.split(word)
    choices = product(*found) if len(found) <= MOST_IN_A_WORD else zip(*found, strict=True)
    for chosen in choices:
        yield fold("".join(part for pair in zip(between, (*chosen, ""), strict=True) for part in pair))


def _starts(word: str) -> Iterator[str]:
    """The two letters with which a word begins; of signs each two, since any may begin a word."""
    yield word[:2]
    for signs in SIGNS.finditer(word):
        yield from (word[place : place + 2] for place in range(*signs.span()))


def in_unicode(emails: str) -> list[str]:
    """The domains that are kept as `xn--…`, as people write them."""
    if "xn--" not in emails:
        return []
    return [_decoded(email.rpartition("@")[2]) for email in emails.split() if "xn--" in email]


def _decoded(domain: str) -> str:
    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return ""


# --- What is searched for


def digits_of_phone(text: str) -> str:
    """The digits of what looks like a phone number, as the search text holds them: `0031 (0)30-231` gives `3130231`."""
    text = unicodedata.normalize("NFKC", text).translate(DASHES | INVISIBLE).strip()
    if not PHONE.fullmatch(text):
        return ""
    if text.startswith(ABROAD):
        text = TRUNKS.sub("", text)
    digits = re.sub("[^0-9]", "", text.replace("(0)", ""))
    return digits.removeprefix("00") if len(digits) > 5 else digits


def fragments(words: str) -> list[list[str]]:
    """What to look for in search texts: one of the lists, and all that it holds.

    Words of three letters and more may stand anywhere. A shorter one is the beginning of a word; alone, that of a
    name or number. So that every fragment is found, the whole may also stand as it was typed (`s@van`), and digits
    may be those of a phone.
    """
    whole, digits = fold_whole(words.strip()), digits_of_phone(words)
    parts = list(dict.fromkeys(whole.split()))
    wanted = [[_anywhere(part) for part in parts]] if parts else []
    if len(parts) == 1 and len(parts[0]) < SHORTEST:
        wanted = [[whole if len(whole) >= SHORTEST else BEGINNING + parts[0]]]
    elif parts and len(parts[0]) < SHORTEST:
        wanted.append([whole])
    return [*wanted, [digits]] if len(digits) >= SHORTEST and [digits] not in wanted else wanted


def _anywhere(part: str) -> str:
    if len(part) >= SHORTEST:
        return part
    return f"{BEGINNING}{part}" if SIGNS.match(part) else f" {part}"


def exact_words(words: str) -> list[str]:
    """The whole words of a search text that a number or phone number may be, where it is long enough to be one."""
    found = dict.fromkeys([compact(words), digits_of_phone(words)])
    return [f" {word} " for word in found if sum(map(str.isdigit, word)) >= LEAST_DIGITS]
