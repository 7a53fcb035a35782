"""The catalogues are compiled by `make messages` and committed, so that nobody needs gettext to run the product."""

import contextlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
SOURCES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
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


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> set:
    """Every text of the source, as `make messages` collects them."""
    template = tmp_path_factory.mktemp("texts") / "django.pot"
    keywords = re.search(r"^KEYWORDS := (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    command = ["pybabel", "--quiet", "extract", "--mapping", str(ROOT / "babel.cfg"), *keywords]
    with contextlib.chdir(ROOT):
        CommandLineInterface().run([*command, "--output", str(template), "."])
    with template.open("rb") as file:
        return keys_of(read_po(file))


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
def test_the_catalogue_holds_every_text_of_the_source_and_no_other(source, texts):
    assert keys_of(catalogue(source)) == texts


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
def test_every_text_is_translated(source):
    missing = [message.id for message in catalogue(source) if message.id and (message.fuzzy or not all_of(message))]
    assert missing == []


@pytest.mark.parametrize("source", SOURCES, ids=LANGUAGES)
def test_translations_keep_the_placeholders(source):
    wrong = [(message.id, str(error)) for message, errors in catalogue(source).check() for error in errors]
    assert wrong == []


def keys_of(texts: Catalog) -> set:
    return {(message.id, message.context) for message in texts if message.id}


def all_of(message) -> bool:
    """Whether a message has its text, and each of its plural forms."""
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)
