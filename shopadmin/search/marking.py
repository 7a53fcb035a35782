"""Showing in a text what of it was searched for."""

from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from shopadmin.search.folding import FOLDED, SHORTEST, fold


def marked(text: str, words: str) -> SafeString:
    """Return the text as HTML with a `<mark>` around each place where one of the words stands, whatever its accents."""
    text = str(text)
    is_marked = _places(text, fold(words).split())
    runs = groupby(range(len(text)), key=is_marked.__contains__)
    parts = ((found, escape("".join(text[place] for place in run))) for found, run in runs)
    return mark_safe("".join(f"<mark>{part}</mark>" if found else part for found, part in parts))


def _places(text: str, words: list[str]) -> set[int]:
    """Which letters of the text belong to one of the words; one or two letters count where a word begins."""
    letters = [(folded, place) for place, letter in enumerate(text) for folded in FOLDED[ord(letter)]]
    folded, found = "".join(letter for letter, _place in letters), set()
    for word in words:
        start = folded.find(word)
        while start >= 0:
            if len(word) >= SHORTEST or not start or folded[start - 1] == " ":
                found |= {place for _letter, place in letters[start : start + len(word)]}
            start = folded.find(word, start + 1)
    return found
