"""What somebody gets on an access request holds every value of theirs that the shop holds, and nobody else's."""

import io
from zipfile import ZipFile

import pytest

from customers.privacy.archive.file import DATA, PAGE
from tests.accounts.doors import reauthenticate
from tests.privacy.declared import places_left_out_of_archive
from tests.privacy.people import BACK, ERASED, NONE, OTHERS, OTTO
from tests.privacy.walking import held_on, texts_of_file
from tests.privacy.ways import record_of
from tests.shown_page import form_with, sent_by

pytestmark = pytest.mark.slow
EVERYBODY = (*ERASED, *OTHERS)
ASKING = (*ERASED, OTTO)


def released(shop, person):
    """The zip that a merchant hands out who has looked the notes over."""
    page = f"/backoffice/customers/{record_of(person).pk}/export/"
    sent = sent_by(form_with(shop.staff.get(page), "seen_at")) | {"notes_field": "on", "dated_notes": "on"}
    return shop.staff.post(page, sent).getvalue()


def taken_away(shop, person):
    """The zip that they get for themselves."""
    browser = shop.browsers[person]
    reauthenticate(browser)
    return browser.post("/account/export/").getvalue()


def words_of(content):
    """What stands in a zip: in its page, its data and its documents."""
    return "\n".join(texts_of_file("archive.zip", content)).lower()


@pytest.fixture
def held(shop):
    """What stands where of each person, but for the places that the written list leaves out."""
    found = held_on(EVERYBODY, shop.texts())
    out = set(places_left_out_of_archive())
    return {person: {where: found[person][where] for where in {*found[person]} - out} for person in EVERYBODY}


def test_page_and_data_of_one_released_with_its_notes_hold_every_value(shop, held):
    for person in ASKING:
        with ZipFile(io.BytesIO(released(shop, person))) as file:
            for name in (PAGE, DATA):
                words = person.words_in(file.read(name).decode().lower())
                missing = {place: held[person][place] - words for place in held[person]}
                assert {place: words for place, words in missing.items() if words} == {}, (person.stem, name)


def test_self_service_leaves_out_the_notes_and_says_so(shop):
    says_so = "also keeps notes about you"
    for person in ASKING:
        with_notes, without = words_of(released(shop, person)), words_of(taken_away(shop, person))
        notes = {person.word(what).lower() for what in ("notes", "mnotes", "dated", "filed")}
        if person not in (BACK, NONE):  # on whose order the shop wrote one, too
            notes.add(person.word("ordernote").lower())
        assert person.words_in(with_notes) - person.words_in(without) == notes, person.stem
        assert (says_so in with_notes, says_so in without) == (False, True), person.stem


def test_nothing_of_anybody_else_is_in_it(shop):
    for person in ASKING:
        text = words_of(released(shop, person))
        others = [other for other in EVERYBODY if other != person]
        assert {other.stem: other.words_in(text) for other in others if other.words_in(text)} == {}, person.stem
