"""What holds for every page there is: one heading, a title of its own, its language, sound HTML; and reading it."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test import Client

from tests.every_page import visit
from tests.test_every_url import URLS

__all__ = ["visit"]
pytestmark = pytest.mark.slow
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POINTERS = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form", "popovertarget"]
# What reading may write: sessions and limits.
MAY_CHANGE = {"accounts.session", "shopadmin.cacheentry"}


class Page(HTMLParser):
    """The outline of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.ids, self.pointers = Counter(), Counter(), set()
        self.open, self.wrongly_closed, self.title, self.language = [], [], "", ""
        self.invented, self.fine_times, self.headings, self.early_buttons = set(), [], [], []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        self.tags[tag] += 1
        self.early_buttons += (
            [given["form"]] if tag == "button" and given.get("form", "") not in {"", *self.ids} else []
        )
        self.ids.update([given["id"]] if "id" in given else [])
        self.pointers |= {name for pointer in POINTERS for name in (given.get(pointer) or "").split()}
        self.invented |= {name for name in given if name.startswith("hx-")}
        self.fine_times += [given["datetime"]] if "." in given.get("datetime", "") else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "html":
            self.language = given.get("lang")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrongly_closed.append(tag)

    @property
    def skipped_levels(self) -> list[tuple[int, int]]:
        """Headings that stand more than one level below the one before."""
        return [(above, below) for above, below in pairwise([0, *self.headings]) if below > above + 1]

    def handle_data(self, text: str) -> None:
        if self.open[-1:] == ["title"] and "svg" not in self.open:
            self.title += text.strip()


def page_at(visit, name: str, language: str = "en") -> Page | None:
    """The page at an address; None where something else is."""
    there = visit(name)
    there.client.cookies["language"] = language
    response = there.client.get(there.path)
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return Page(response.getvalue().decode()) if is_page else None


# A language changes words, not queries: one is enough on the second database.
LANGUAGES = ["en", "nl", "de"] if connection.vendor == "sqlite" else ["en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", URLS)
def test_every_page_is_sound(name, language, visit):
    if page := page_at(visit, name, language):
        assert (page.tags["h1"], page.tags["main"], page.tags["title"] > 0, page.language) == (1, 1, True, language)
        assert (page.open, page.wrongly_closed) == ([], [])
        assert [id for id, count in page.ids.items() if count > 1] == []
        assert page.pointers - set(page.ids) == set()
        assert (page.invented, page.fine_times, page.skipped_levels) == (set(), [], [])
        assert page.early_buttons == []  # whoever goes by Tab comes to a form's button after its fields


def test_every_page_has_a_title_of_its_own(visit):
    titles = Counter(page.title for name in URLS if (page := page_at(visit, name)))
    shared = {title for title, count in titles.items() if count > 1 or not title}
    assert shared == set()


def everything() -> dict[str, str]:
    """All rows of all tables, but those that reading may change."""
    models = [model for model in apps.get_models() if model._meta.label_lower not in MAY_CHANGE]
    return {model._meta.label: serializers.serialize("json", model.objects.order_by("pk")) for model in models}


@pytest.mark.parametrize("name", URLS)
def test_reading_changes_nothing(name, visit):
    there = visit(name)
    before = everything()
    there.client.get(there.path, follow=True)
    there.client.head(there.path)
    assert everything() == before


# Mail programs press that button, by a link that nobody guesses (RFC 8058).
@pytest.mark.parametrize("name", [name for name in URLS if name != "unsubscribe"])
def test_nothing_is_sent_without_a_token(name, visit):
    there = visit(name)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = there.client.cookies
    before = everything()
    assert strict.post(there.path).status_code in {403, 405}
    assert strict.post(there.path, headers={"Origin": "https://evil.example"}).status_code in {403, 405}
    assert everything() == before
