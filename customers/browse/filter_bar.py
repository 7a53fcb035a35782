"""The filters of the customer list as the page shows them: what is chosen as chips, the rest behind buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from customers.addresses.countries import country_choices
from customers.browse.filters import RESTRICTED, CustomerFilter, days_ago
from customers.models import Segment
from customers.saved_views.queries import names_in, query_of
from shopadmin.rendering.form_fields import errors_of
from shopadmin.rendering.formats import day, money, number

# More words than this are chosen from a list of the browser's, where one can type.
AT_HAND = 12
FIRST = ("status", "type", "tag")
FIXED = ("status", "type", "consent")
Choices = tuple[tuple[str, str], ...]
DAYS = ("created", "last_order")
# Days ago that are one click away: since when, and until when.
SINCE, UNTIL = (7, 30, 90), (30, 90, 180, 365)
FORM = '<form class="stack is-tight" action="{}">{}{}<button class="button" type="submit">{}</button></form>'
LABELS = {
    "created": gettext_lazy("Created"),
    "last_order": gettext_lazy("Last order"),
    "orders": gettext_lazy("Number of orders"),
    "spent": gettext_lazy("Amount spent"),
}


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words, and the view without it."""

    label: str
    word: str
    address: str


@dataclass(frozen=True)
class Popup:
    """A filter that can be set: a list of links to views, or a form of its own."""

    label: str
    content: SafeString
    is_open: bool = False


class FilterBar:
    """What is chosen and what can be, worked out from the form and its query string."""

    def __init__(self, form: CustomerFilter, address: QueryDict, currency: str, *, sees_restricted: bool) -> None:
        self.form, self.currency, self.query = form, currency, query_of(address, Segment.List.CUSTOMERS)
        self.url = reverse("customers")
        self.sees_restricted = sees_restricted
        wrong = {end for name in form.RANGES if self._is_wrong(name) for end in form.ends(name)} | {*form.errors}
        set_here = [(name, address[name]) for name in names_in(Segment.List.CUSTOMERS) if address.get(name)]
        self.pairs = [(name, value) for name, value in set_here if name not in wrong]
        self.is_set = dict(self.pairs)

    @cached_property
    def chips(self) -> list[Chip]:
        """Every filter that is on."""
        chips = [self._chip(name) for name in self.form.CHOICES if name in self.is_set]
        chips += [self._range_chip(name) for name in self.form.RANGES if self._has_range(name)]
        if "unseen" in self.is_set:
            chips.append(Chip("", self.form.fields["unseen"].label, self._address("unseen")))
        return chips

    @cached_property
    def first(self) -> list[Popup]:
        """The filters that stand in the row wherever there is room."""
        return self._popups(FIRST)

    @property
    def others(self) -> list[Popup]:
        """The filters behind one button, which are asked for when it is pressed: they are half of the page."""
        ranges = [self._range(name) for name in self.form.RANGES if not self._has_range(name)]
        return self._popups(name for name in self.form.CHOICES if name not in FIRST) + ranges

    @cached_property
    def kept(self) -> SafeString:
        """What a form of one filter keeps of the view."""
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', self.pairs)

    @property
    def is_wrong(self) -> bool:
        """Whether a range has a mistake, which its fields then show."""
        return any(self._is_wrong(name) for name in self.form.RANGES)

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is wrong, as the summary of errors reads it; only what stands in a field has one to lead to."""
        fields = {"q", *(end for name in self.form.RANGES for end in self.form.ends(name))}
        found = errors_of(self.form)
        return [(id if id.removeprefix("id_") in fields else "", label, message) for id, label, message in found]

    @property
    def kept_by_search(self) -> list[tuple[str, str]]:
        """What another search keeps of the view."""
        return [(name, value) for name, value in self.pairs if name != "q"]

    def _address(self, *without: str, **changes: str) -> str:
        kept = [(name, value) for name, value in self.pairs if name not in without]
        return f"{self.url}?{urlencode([*kept, *changes.items()])}"

    def _chip(self, name: str) -> Chip:
        value = self.is_set[name]
        word = dict(self._choices(name)).get(value, value)
        return Chip(self.form.fields[name].label, str(word), self._address(name))

    def _popups(self, names: Iterable[str]) -> list[Popup]:
        offered = [(name, self._choices(name)) for name in names if name not in self.is_set]
        if not self.sees_restricted:
            offered = [
                (name, tuple(choice for choice in choices if choice[0] != RESTRICTED)) for name, choices in offered
            ]
        return [self._popup(name, choices) for name, choices in offered if choices]

    def _choices(self, name: str) -> Choices:
        # A form goes through all its choices each time it is asked, and most are always the same.
        if name == "country":
            return country_choices()
        return _fixed(name, get_language()) if name in FIXED else tuple(self.form.fields[name].choices)

    def _popup(self, name: str, choices: Choices) -> Popup:
        label = self.form.fields[name].label
        if len(choices) > AT_HAND:
            return Popup(label, self._form(_select(name, str(label), choices)))
        before = escape(f"{self.url}?{urlencode(self.pairs)}&" if self.pairs else f"{self.url}?")
        links = (f'<li><a href="{before}{setting}">{word}</a></li>' for setting, word in _settings(name, choices))
        return Popup(label, mark_safe(f"<ul>{''.join(links)}</ul>"))

    def _form(self, fields: SafeString) -> SafeString:
        return format_html(FORM, self.url, self.kept, fields, _("Apply"))

    # --- Ranges

    def _has_range(self, name: str) -> bool:
        return not self._is_wrong(name) and self.form.range_of(name) != (None, None)

    def _is_wrong(self, name: str) -> bool:
        return any(end in self.form.errors for end in self.form.ends(name))

    def _range_chip(self, name: str) -> Chip:
        if name in DAYS and (word := self._relative(name)):
            return Chip(LABELS[name], word, self._address(*self.form.ends(name)))
        low, high = (self._in_words(name, value) for value in self.form.range_of(name))
        words = {"low": low, "high": high}
        is_day = name in DAYS
        if low and high:
            word = low if low == high else _("%(low)s to %(high)s") % words
        elif low:
            word = (_("from %(low)s") if is_day else _("at least %(low)s")) % words
        else:
            word = (_("until %(high)s") if is_day else _("at most %(high)s")) % words
        return Chip(LABELS[name], word, self._address(*self.form.ends(name)))

    def _relative(self, name: str) -> str:
        """A range of days that is open on one side and was set in days ago; empty for any other."""
        low, high = (self.is_set.get(end, "") for end in self.form.ends(name))
        since, until = days_ago(low), days_ago(high)
        if since is not None and not high:
            return _since(since)
        return _until(until) if until is not None and not low else ""

    def _in_words(self, name: str, value) -> str:
        if value is None:
            return ""
        if name in DAYS:
            return day(value)
        return money(value, self.currency) if name == "spent" else number(value)

    def _range(self, name: str) -> Popup:
        is_wrong = self._is_wrong(name)
        fields = _ends(self.form, name) if is_wrong else _empty_range(name, get_language())
        links = self._days_ago(name) if name in DAYS else SafeString()
        return Popup(LABELS[name], links + self._form(fields), is_open=is_wrong)

    def _days_ago(self, name: str) -> SafeString:
        low, high = self.form.ends(name)
        offered = [(low, days, _since(days)) for days in SINCE] + [(high, days, _until(days)) for days in UNTIL]
        links = ((self._address(low, high, **{end: f"{days}d"}), word) for end, days, word in offered)
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links))


def _since(days: int) -> str:
    return ngettext("in the last %(days)s day", "in the last %(days)s days", days) % {"days": number(days)}


def _until(days: int) -> str:
    return ngettext("at least %(days)s day ago", "at least %(days)s days ago", days) % {"days": number(days)}


@cache
def _fixed(name: str, language: str) -> Choices:
    return tuple((value, str(word)) for value, word in CustomerFilter.base_fields[name].choices if value)


@lru_cache(maxsize=32)
def _settings(name: str, choices: Choices) -> list[tuple[str, SafeString]]:
    """What each choice adds to the address bar, and its word, both as HTML."""
    return [(escape(urlencode({name: value})), escape(word)) for value, word in choices if value]


# A page has four empty ranges and two hundred countries, always the same: written once a language.
@cache
def _empty_range(name: str, language: str) -> SafeString:
    return _ends(CustomerFilter(), name)


def _ends(form: CustomerFilter, name: str) -> SafeString:
    low, high = form.ends(name)
    return mark_safe(render_to_string("customers/browse/_range.jinja", {"low": form[low], "high": form[high]}))


@lru_cache(maxsize=32)
def _select(name: str, label: str, choices: Choices) -> SafeString:
    options = format_html_join("", '<option value="{}">{}</option>', choices)
    return format_html('<select class="input" name="{}" aria-label="{}">{}</select>', name, label, options)
