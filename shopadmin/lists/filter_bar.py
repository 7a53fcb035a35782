"""The filters of a list as its page shows them: what is chosen as chips, the rest behind buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from urllib.parse import parse_qsl, urlencode

from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shopadmin.lists.filter_form import Choices, FilterForm, days_ago, is_set
from shopadmin.rendering.form_fields import errors_of
from shopadmin.rendering.formats import number

# More words than this are chosen from a list of the browser's, where one can type.
AT_HAND = 12
# Days ago that are one click away: since when, and until when.
SINCE, UNTIL = (7, 30, 90), (30, 90, 180, 365)
FORM = '<form class="stack is-tight" action="{}">{}{}<button class="button" type="submit">{}</button></form>'


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
    """What is chosen and what can be, worked out from a form and the query string of the view.

    `first` are the choices that stand in the row wherever there is room; `kept_back` are choices that are not offered.
    """

    def __init__(
        self, form: FilterForm, query: str, url: str, *, first: tuple[str, ...], kept_back: frozenset[str] = frozenset()
    ) -> None:
        self.form, self.query, self.url, self.kept_back = form, query, url, kept_back
        self.in_row = first
        wrong = {end for name in form.RANGES if self._is_wrong(name) for end in form.RANGES[name].ends} | {*form.errors}
        self.pairs = [(name, value) for name, value in parse_qsl(query) if name not in wrong and value.strip()]
        self.is_set = dict(self.pairs)

    @cached_property
    def chips(self) -> list[Chip]:
        """Every filter that is on."""
        form = self.form
        chips = [self._chip(name, self._word(name)) for name in form.CHOICES if name in self.is_set]
        chips += [self._chip(name, form.typed_in_words(name)) for name in form.TYPED if name in self.is_set]
        chips += [self._range_chip(name) for name in form.RANGES if self._has_range(name)]
        chips += [self._switch_chip(name) for name in form.SWITCHES if name in self.is_set]
        return chips

    @cached_property
    def first(self) -> list[Popup]:
        """The filters that stand in the row wherever there is room."""
        return self._popups(self.in_row)

    @property
    def others(self) -> list[Popup]:
        """The filters behind one button, which are asked for when it is pressed: they are half of the page."""
        form = self.form
        popups = self._popups(name for name in form.CHOICES if name not in self.in_row)
        popups += [self._typed(name) for name in form.TYPED if name not in self.is_set]
        return popups + [self._range(name) for name in form.RANGES if not self._has_range(name)]

    @cached_property
    def kept(self) -> SafeString:
        """What a form of one filter keeps of the view."""
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', self.pairs)

    @property
    def is_wrong(self) -> bool:
        """Whether something that was typed has a mistake, which its fields then show."""
        return any(self._is_wrong(name) for name in (*self.form.RANGES, *self.form.TYPED))

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is wrong, as the summary of errors reads it; only what stands in a field has one to lead to."""
        ranges = self.form.RANGES.values()
        fields = {"q", *self.form.TYPED, *(end for of_name in ranges for end in of_name.ends)}
        found = errors_of(self.form)
        return [(id if id.removeprefix("id_") in fields else "", label, message) for id, label, message in found]

    @property
    def kept_by_search(self) -> list[tuple[str, str]]:
        """What another search keeps of the view."""
        return [(name, value) for name, value in self.pairs if name != "q"]

    def _address(self, *without: str, **changes: str) -> str:
        kept = [(name, value) for name, value in self.pairs if name not in without]
        return f"{self.url}?{urlencode([*kept, *changes.items()])}"

    def _is_wrong(self, name: str) -> bool:
        ends = self.form.RANGES[name].ends if name in self.form.RANGES else (name,)
        return any(end in self.form.errors for end in ends)

    # --- Choices, switches, and what is typed

    def _chip(self, name: str, word: str) -> Chip:
        return Chip(self.form.fields[name].label, word, self._address(name))

    def _word(self, name: str) -> str:
        value = self.is_set[name]
        return str(dict(self.form.choices_of(name)).get(value, value))

    def _switch_chip(self, name: str) -> Chip:
        """A switch is called by what it lets through, in its choice or its own label."""
        field = self.form.fields[name]
        words = dict(getattr(field, "choices", ()))
        return Chip("", str(words.get(self.is_set[name], field.label)), self._address(name))

    def _popups(self, names: Iterable[str]) -> list[Popup]:
        offered = [(name, self.form.choices_of(name)) for name in names if name not in self.is_set]
        if self.kept_back:
            offered = [
                (name, tuple(choice for choice in choices if choice[0] not in self.kept_back))
                for name, choices in offered
            ]
        return [self._popup(name, choices) for name, choices in offered if choices]

    def _popup(self, name: str, choices: Choices) -> Popup:
        label = self.form.fields[name].label
        if len(choices) > AT_HAND:
            return Popup(label, self._form(_select(name, str(label), choices)))
        before = escape(f"{self.url}?{urlencode(self.pairs)}&" if self.pairs else f"{self.url}?")
        links = (f'<li><a href="{before}{setting}">{word}</a></li>' for setting, word in _settings(name, choices))
        return Popup(label, mark_safe(f"<ul>{''.join(links)}</ul>"))

    def _form(self, fields: SafeString) -> SafeString:
        return format_html(FORM, self.url, self.kept, fields, _("Apply"))

    def _typed(self, name: str) -> Popup:
        field = self.form[name]
        return Popup(field.label, self._form(_fields(field)), is_open=self._is_wrong(name))

    # --- Ranges

    def _has_range(self, name: str) -> bool:
        return not self._is_wrong(name) and is_set(self.form.range_of(name))

    def _range_chip(self, name: str) -> Chip:
        of_name = self.form.RANGES[name]
        word = of_name.is_of_days and self._relative(*of_name.ends) or self._between(name)
        return Chip(of_name.label, word, self._address(*of_name.ends))

    def _between(self, name: str) -> str:
        of_name = self.form.RANGES[name]
        low, high = ("" if value is None else of_name.in_words(value) for value in self.form.range_of(name))
        words = {"low": low, "high": high}
        if low and high:
            return low if low == high else _("%(low)s to %(high)s") % words
        if low:
            return (_("from %(low)s") if of_name.is_of_days else _("at least %(low)s")) % words
        return (_("until %(high)s") if of_name.is_of_days else _("at most %(high)s")) % words

    def _relative(self, *ends: str) -> str:
        """A range of days that is open on one side and was set in days ago; empty for any other."""
        low, high = (self.is_set.get(end, "") for end in ends)
        since, until = days_ago(low), days_ago(high)
        if since is not None and not high:
            return _since(since)
        return _until(until) if until is not None and not low else ""

    def _range(self, name: str) -> Popup:
        of_name, is_wrong = self.form.RANGES[name], self._is_wrong(name)
        if is_wrong:
            fields = _fields(*(self.form[end] for end in of_name.ends))
        else:
            fields = _empty_range(type(self.form), name, get_language())
        links = self._days_ago(*of_name.ends) if of_name.is_of_days else SafeString()
        return Popup(of_name.label, links + self._form(fields), is_open=is_wrong)

    def _days_ago(self, low: str, high: str) -> SafeString:
        offered = [(low, days, _since(days)) for days in SINCE] + [(high, days, _until(days)) for days in UNTIL]
        links = ((self._address(low, high, **{end: f"{days}d"}), word) for end, days, word in offered)
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links))


def _since(days: int) -> str:
    return ngettext("in the last %(days)s day", "in the last %(days)s days", days) % {"days": number(days)}


def _until(days: int) -> str:
    return ngettext("at least %(days)s day ago", "at least %(days)s days ago", days) % {"days": number(days)}


@lru_cache(maxsize=64)
def _settings(name: str, choices: Choices) -> list[tuple[str, SafeString]]:
    """What each choice adds to the address bar, and its word, both as HTML."""
    return [(escape(urlencode({name: value})), escape(word)) for value, word in choices if value]


# A page has four empty ranges and two hundred countries, always the same: written once a language.
@cache
def _empty_range(form: type[FilterForm], name: str, language: str) -> SafeString:
    unbound = form()
    return _fields(*(unbound[end] for end in form.RANGES[name].ends))


def _fields(*fields) -> SafeString:
    return mark_safe(render_to_string("backoffice/_filter_fields.jinja", {"fields": fields}))


@lru_cache(maxsize=32)
def _select(name: str, label: str, choices: Choices) -> SafeString:
    options = format_html_join("", '<option value="{}">{}</option>', choices)
    return format_html('<select class="input" name="{}" aria-label="{}">{}</select>', name, label, options)
