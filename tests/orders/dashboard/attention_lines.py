"""What the dashboard shows under "Needs attention"."""

from typing import NamedTuple

from django.test import Client

from tests.shown_page import html_of, text_of


class Line(NamedTuple):
    """One line: how many of what, since when, and the list that it leads to."""

    count: str
    what: str
    since: str
    url: str


def attention_lines(client: Client) -> list[Line]:
    """Open the dashboard and read its lines."""
    links = html_of(client.get("/backoffice/")).find_class("wait")
    return [Line(*(text_of(words) for words in link.iterchildren("span")), link.get("href")) for link in links]
