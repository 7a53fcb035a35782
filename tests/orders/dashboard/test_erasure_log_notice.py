"""The dashboard says when an erasure may come back with a backup."""

import pytest

from customers.models.history import ActorKind
from customers.privacy.erasure import erasure_log
from customers.privacy.erasure.erasure import erase
from tests.shown_page import html_of, text_of

URL = "/backoffice/"
FULL = (
    "The erasure log cannot be written ({}: {}). You can still erase customers, but a restored backup would bring them "
    "back."
)
WAITING = "1 erased customer is missing from the erasure log and will be added as soon as it can be written."


def notices(client) -> list[str]:
    return [text_of(line) for line in html_of(client.get(URL)).xpath("//div[contains(@class, 'notice')]//p")]


def test_nothing_is_said_while_the_file_can_be_written(as_mara, ines, settings):
    assert notices(as_mara) == []
    assert not settings.ERASURE_LOG.exists()
    erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert notices(as_mara) == []


@pytest.mark.parametrize(
    ("place", "reason"), [("none/erasures.log", "No such file or directory"), (".", "Is a directory")]
)
def test_a_file_that_cannot_be_written_is_said_before_anybody_is_erased(as_mara, settings, tmp_path, place, reason):
    settings.ERASURE_LOG = tmp_path / place
    assert notices(as_mara) == [FULL.format(settings.ERASURE_LOG, reason)]


def test_who_is_missing_is_said_until_they_are_written(as_mara, ines, settings, tmp_path):
    writable, settings.ERASURE_LOG = settings.ERASURE_LOG, tmp_path / "none" / "erasures.log"
    erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert notices(as_mara) == [FULL.format(settings.ERASURE_LOG, "No such file or directory"), WAITING]
    settings.ERASURE_LOG = writable
    assert notices(as_mara) == [WAITING]
    erasure_log.write_what_waits()
    assert notices(as_mara) == []
