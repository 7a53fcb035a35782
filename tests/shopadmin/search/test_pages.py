"""The pages of the backoffice are found by their names and by what else people call them, in each language."""

import pytest
from django.urls import resolve
from django.utils import translation

from shopadmin.search.pages import pages, pages_found
from shopadmin.store.sections import sections

pytestmark = pytest.mark.django_db


def titles(user, words: str, language: str = "en") -> list[str]:
    with translation.override(language):
        return [str(page.title) for page in pages_found(user, words)]


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("en", "vat", "Taxes"), ("en", "iban", "Payment methods"), ("en", "shipping", "Delivery methods"),
        ("en", "tagline", "Shop details"), ("en", "time zone", "Country and languages"), ("en", "gdpr", "Privacy"),
        ("en", "hotkeys", "Keyboard shortcuts"), ("en", "new customer", "Add a customer"), ("en", "em", "Emails"),
        ("nl", "btw", "Belastingen"), ("nl", "verzendkosten", "Verzendmethoden"), ("nl", "AVG", "Privacy"),
        ("de", "AGB", "Rechtstexte"), ("de", "MwSt", "Steuern"), ("de", "porto", "Versandarten"),
    ],
)  # fmt: skip
def test_it_is_found_by_what_merchants_type(mara, language, words, first):
    assert titles(mara, words, language)[0] == first


def test_what_begins_with_the_words_comes_first(mara):
    assert titles(mara, "product")[:2] == ["Products", "Products low in stock"]
    assert set(titles(mara, "product")[2:]) >= {"Add product"}


def test_every_page_that_is_named_asks_for_a_right_and_every_section_is_found(mara):
    assert {page.title for page in pages if not hasattr(resolve(page.url.split("?")[0]).func, "right")} == set()
    assert [
        section.slug for section in sections if str(section.heading) not in titles(mara, str(section.heading))
    ] == []
