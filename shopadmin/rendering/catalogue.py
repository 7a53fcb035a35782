"""The texts that a page is made of, in the language that is spoken, each looked up once a process."""

from functools import cache

from django.utils.translation import gettext


class Catalogue(dict):
    """The texts of one language: `catalogue["Orders"]`."""

    def __missing__(self, text: str) -> str:
        self[text] = translated = gettext(text)
        return translated


@cache
def catalogue_of(language: str) -> Catalogue:
    """The texts of a language, which must be the active one whenever a text is asked for."""
    return Catalogue()
