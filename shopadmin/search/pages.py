"""The pages of the backoffice as one finds them: by their names, and by what else people call them."""

from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import ClassVar

from django.conf import settings
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shopadmin.access import has_right
from shopadmin.search.folding import fold, folded_text, fragments
from shopadmin.store.sections import Section, sections


@dataclass(frozen=True)
class Page:
    """A page that can be found: where it stands, its icon, and what else people call it (`words`).

    Who may open it is what its view says.
    """

    HEADING: ClassVar = _("Pages and actions")

    url_name: str
    title: str | Promise
    place: str | Promise
    icon: str
    words: str | Promise = ""
    query: str = ""
    is_action: bool = False
    section: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=[self.section] if self.section else []) + self.query

    @property
    def kind(self) -> Promise:
        return _("Action") if self.is_action else _("Page")


# The apps above add theirs when they are ready; sections of the settings are found without being named here.
pages: list[Page] = [
    Page("mails", _("Emails"), _("Backoffice"), "mail", _("messages, outbox, sent")),
    Page("mails", _("Emails with delivery problems"), _("Emails"), "mail", _("bounced, undelivered"), "?state=failing"),
    Page("mail_previews", _("Previews"), _("Emails"), "eye", _("templates, examples, layout of emails")),
    Page("store_settings", _("Settings"), _("Backoffice"), "settings", _("options, preferences, configuration")),
    Page("shortcuts", _("Keyboard shortcuts"), _("Backoffice"), "keyboard", _("keys, help, hotkeys")),
]


@dataclass(frozen=True)
class Entry:
    """A page with its title and its other words, folded in one language."""

    page: Page
    title: str
    words: str

    def rank(self, words: str) -> int | None:
        """Where it stands among what the words find: its title begins with them, holds them, or only its words do."""
        parts = fold(words).split()
        if parts and self.title.startswith(f" {fold(words)}"):
            return 0
        if any(all(part in self.title for part in way) for way in fragments(words)):
            return 1
        return 2 if parts and all(f" {part}" in self.title + self.words for part in parts) else None


def pages_found(user: settings.AUTH_USER_MODEL, words: str) -> list[Page]:
    """Return the pages that somebody may open and the words find, what is done there after what is shown."""
    ranked = ((entry.rank(words), entry.page) for entry in _entries(get_language()))
    found = [(rank, page.is_action, page) for rank, page in ranked if rank is not None and _may_open(user, page)]
    return [page for *_, page in sorted(found, key=itemgetter(0, 1))]


def _may_open(user: settings.AUTH_USER_MODEL, page: Page) -> bool:
    return has_right(user, resolve(page.url.partition("?")[0]).func.right)


@cache
def _entries(language: str) -> list[Entry]:
    """Everything that can be found, in the language that is spoken now."""
    found = [(page, []) for page in pages] + [(_page_of(section), _labels(section)) for section in sections]
    return [
        Entry(page, folded_text([str(page.title)], []), folded_text([], [str(page.words), *labels]))
        for page, labels in found
    ]


def _page_of(section: Section) -> Page:
    name, slug = (section.url_name, "") if section.url_name else ("settings_section", section.slug)
    return Page(name, section.heading, _("Settings"), "settings", section.words, section=slug)


def _labels(section: Section) -> list[str]:
    """What the fields of a section are called: whoever looks for `IBAN` finds where it is typed in."""
    fields = section.form.base_fields.values() if section.form else []
    texts = section.form.TEXTS.values() if section.form else []
    return [capfirst(str(one.label)) for one in (*fields, *texts) if one.label]
