"""The catalogues are compiled by `make messages` and committed, so that nobody needs gettext to run the product."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCES = sorted(Path(__file__).parent.parent.glob("locale/*/LC_MESSAGES/django.po"))
LANGUAGES = [source.parent.parent.name for source in SOURCES]


def catalogue(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name)


def test_there_is_a_catalogue_for_each_language_but_english():
    assert LANGUAGES == ["de", "nl"]


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
def test_the_compiled_catalogue_is_that_of_its_source(source):
    compiled = BytesIO()
    write_mo(compiled, catalogue(source))
    assert source.with_suffix(".mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
def test_every_text_is_translated(source):
    missing = [message.id for message in catalogue(source) if message.id and (message.fuzzy or not all_of(message))]
    assert missing == []


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
def test_translations_keep_the_placeholders(source):
    wrong = [(message.id, str(error)) for message, errors in catalogue(source).check() for error in errors]
    assert wrong == []


def all_of(message) -> bool:
    """Whether a message has its text, and each of its plural forms."""
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)
