"""What holds for every page there is: one heading, a title of its own, its language, sound HTML; and reading it."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from lxml.html import HtmlElement

from shopadmin.models import StaffLogEntry
from tests.every_address import URLS
from tests.every_page import Visit, visit
from tests.shown_page import html_of, text_of
from tests.who_may_enter import DOORS, Who

__all__ = ["visit"]
pytestmark = [pytest.mark.slow, pytest.mark.any_database]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POINTERS = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form", "popovertarget"]
# What reading may write: sessions, limits and the staff log.
MAY_CHANGE = {"accounts_session", "cache", "shopadmin_stafflogentry"}
WRITTEN = re.compile(r'\b(?:INTO|UPDATE|DELETE FROM)\s+(?!SET\b)"?(\w+)', re.IGNORECASE)


class Nesting(HTMLParser):
    """Which elements are left open, and which end tags close another one than they say: lxml mends both."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open, self.wrongly_closed = [], []
        self.feed(source)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list) -> None:
        """Nothing opens."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrongly_closed.append(tag)


def title_of(page: HtmlElement) -> str:
    return text_of(page.find("head/title"))


def missing_targets(page: HtmlElement) -> set[str]:
    """The ids that a label, a button or a description points to and that are not there."""
    pointers = {value for pointer in POINTERS for value in page.xpath("//@*[name()=$pointer]", pointer=pointer)}
    return {name for value in pointers for name in value.split()} - set(page.xpath("//@id"))


def invented_attributes(page: HtmlElement) -> list[str]:
    return page.xpath("//@*[starts-with(name(), 'hx-')]")


def fine_times(page: HtmlElement) -> list[str]:
    """Moments that say more than seconds."""
    return page.xpath("//@datetime[contains(., '.')]")


def skipped_levels(page: HtmlElement) -> list[tuple[int, int]]:
    """Headings that stand more than one level below the one before."""
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    return [(above, below) for above, below in pairwise([0, *levels]) if below > above + 1]


def early_buttons(page: HtmlElement) -> list[str]:
    """Buttons that stand before the form they send."""
    return page.xpath("//button[@form and not(preceding::form/@id = @form or ancestor::form/@id = @form)]/@form")


def answer_at(there: Visit, name: str, language: str = "en") -> HttpResponse | None:
    """The page at an address; None where something else is."""
    there.client.cookies["language"] = language
    response = there.client.get(there.path)
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html") and name not in FRAMED
    return response if is_page else None


# An email in a frame of the page about it, in the email's own language.
FRAMED = {"mail_html", "mail_preview_html"}


@pytest.mark.parametrize("name", URLS)
def test_every_page_is_sound_and_nothing_changes_by_reading_it_or_by_sending_without_a_token(name, visit):
    there = visit(name)
    with written_tables() as written:
        for language in ("en", "nl", "de"):
            assert_sound(answer := answer_at(there, name, language), language)
        assert is_logged(name, answer)
        assert way_out_is_in_sight(name, answer)
        if not answer:
            there.client.get(there.path, follow=True)
        there.client.head(there.path)
        if name != "unsubscribe":  # mail programs press that button, by a link that nobody guesses (RFC 8058)
            assert_sent_in_vain(there)
    assert written - MAY_CHANGE == set()


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The names of the tables that statements write to, whether or not a row is another for it."""
    tables = set()

    def note(execute, sql, *arguments):
        tables.update(WRITTEN.findall(sql))
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield tables


def assert_sent_in_vain(there: Visit) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = there.client.cookies
    assert strict.post(there.path).status_code in {403, 405}
    assert strict.post(there.path, headers={"Origin": "https://evil.example"}).status_code in {403, 405}


def way_out_is_in_sight(name: str, answer: HttpResponse | None) -> bool:
    """Whether a page that takes signing in offers to sign out."""
    is_open = not answer or DOORS[name].who is Who.ANYBODY
    return is_open or bool(html_of(answer).xpath("//form[contains(@action, '/sign-out/')]"))


def is_logged(name: str, answer: HttpResponse | None) -> bool:
    """Whether a page of the backoffice that shows Ines is in the staff log."""
    shows_ines = (
        answer and answer.wsgi_request.path.startswith("/backoffice/") and "van der Meulen" in text_of(html_of(answer))
    )
    return not shows_ines or StaffLogEntry.objects.filter(page=name).count() == 3


def assert_sound(answer: HttpResponse | None, language: str) -> None:
    if answer:
        page, nesting = html_of(answer), Nesting(answer.content.decode())
        assert (len(page.xpath("//h1")), len(page.xpath("//main")), page.get("lang")) == (1, 1, language)
        assert (nesting.open, nesting.wrongly_closed) == ([], [])
        assert [id for id, count in Counter(page.xpath("//@id")).items() if count > 1] == []
        assert missing_targets(page) == set()
        assert (invented_attributes(page), fine_times(page), skipped_levels(page)) == ([], [], [])
        assert early_buttons(page) == []  # whoever goes by Tab comes to a form's button after its fields


def test_every_page_has_a_title_of_its_own(visit):
    titles = Counter(title_of(html_of(answer)) for name in URLS if (answer := answer_at(visit(name), name)))
    shared = {title for title, count in titles.items() if count > 1 or not title}
    assert shared == set()
