"""Search everywhere: whatever is typed is looked for among customers, orders, products and pages at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from shopadmin.rendering.badges import Badge
from shopadmin.search.marking import marked
from shopadmin.search.pages import Page, pages_found

# How many rows are shown of each kind, picked from how many; and how long what is searched for may be.
ROWS, READ, SHORTEST, LONGEST = 5, 20, 2, 100


@dataclass(frozen=True)
class Hit:
    """One thing that was found: where it leads, its name, what stands below, and its state or a word about it."""

    url: str
    title: str | Promise
    below: str | Promise
    icon: str
    state: Badge | None = None
    note: str | Promise = ""
    thumb: str = ""
    is_exact: bool = False


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `all_url` leads to the rest where there is more."""

    heading: str | Promise
    hits: list[Hit]
    all_url: str = ""


def best(hits: Iterable[Hit], words: str) -> list[Hit]:
    """Return the few to show: what is just what was typed, then what has it in its name, then what shows it at all."""

    def rank(hit: Hit) -> tuple[bool, ...]:
        return not hit.is_exact, *("<mark>" not in marked(text, words) for text in (hit.title, hit.below))

    return sorted(hits, key=rank)[:ROWS]


Finder = Callable[[HttpRequest, str], Group]
# The apps above add theirs when they are ready: each finds a few rows, in one or two queries that an index answers.
finders: list[Finder] = []


def search(request: HttpRequest, words: str) -> list[Group]:
    """Return what the words find, by kind, of that which the person who asks may open."""
    if len(words) < SHORTEST:
        return []
    groups = [find(request, words) for find in (*finders, _find_pages)]
    return [group for group in groups if group.hits]


def _find_pages(request: HttpRequest, words: str) -> Group:
    return Group(Page.HEADING, [_hit(page) for page in pages_found(request.user, words)[:ROWS]])


def _hit(page: Page) -> Hit:
    return Hit(page.url, page.title, page.place, page.icon, note=page.kind)
