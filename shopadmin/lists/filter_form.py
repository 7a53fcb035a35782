"""What narrows a list, as the address bar writes it: choices, switches, ranges with two ends, and typed words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Choices = tuple[tuple[str, str], ...]
# What the columns hold; a day beyond has no moment in every time zone.
DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


@dataclass(frozen=True)
class Range:
    """A filter with a beginning and an end: what it is called, its two fields, how it narrows and how it is written."""

    label: str
    ends: tuple[str, str]
    narrow: Callable[..., QuerySet]
    in_words: Callable[..., str]
    is_of_days: bool = False


class FilterForm(forms.Form):
    """The filters of a list; the names say in which way a field is offered on its page.

    The choices of `FIXED` are always the same, and those of `LISTS` are known without asking the form. `NARROW` has
    what each filter but the ranges does to the rows, given its value.
    """

    CHOICES: tuple[str, ...] = ()
    FIXED: tuple[str, ...] = ()
    LISTS: dict[str, Callable[[], Choices]] = {}
    SWITCHES: tuple[str, ...] = ()
    TYPED: tuple[str, ...] = ()
    RANGES: dict[str, Range] = {}
    NARROW: dict[str, Callable[..., QuerySet]] = {}

    def clean(self) -> dict:
        """A range that ends before it begins is answered at its end."""
        for name, of_name in self.RANGES.items():
            low, high = self.range_of(name)
            if None not in (low, high) and high < low:
                self.add_error(of_name.ends[1], _("The end of the range must come after the start."))
        return self.cleaned_data

    def apply(self, rows: QuerySet, *, but: str = "") -> QuerySet:
        """The rows that are let through by all filters, or by all but the one of a name."""
        for name, narrow in self.NARROW.items():
            if name != but and (value := self.cleaned_data.get(name)):
                rows = narrow(rows, value)
        for name, of_name in self.RANGES.items():
            ends = self.range_of(name)
            if is_set(ends):
                rows = of_name.narrow(rows, *ends)
        return rows

    def range_of(self, name: str) -> tuple:
        """What a range begins and ends with; None where it is open."""
        low, high = self.RANGES[name].ends
        return self.cleaned_data.get(low), self.cleaned_data.get(high)

    def choices_of(self, name: str) -> Choices:
        """What can be chosen; a form goes through all its choices each time it is asked."""
        if name in self.LISTS:
            return self.LISTS[name]()
        if name in self.FIXED:
            return _fixed(type(self), name, get_language())
        return tuple(self.fields[name].choices)

    def typed_in_words(self, name: str) -> str:
        """What was typed, as its chip says it."""
        return self.data[name]


@cache
def _fixed(form: type[FilterForm], name: str, language: str) -> Choices:
    return tuple((value, str(word)) for value, word in form.base_fields[name].choices if value)


def is_set(ends: tuple) -> bool:
    """Whether a range has a beginning or an end."""
    return ends != (None, None)


# --- Days


def days_ago(value: str) -> int | None:
    """How many days ago `90d` was; None for what is no such day."""
    written = re.fullmatch("([0-9]{1,5})d", value)
    return int(written[1]) if written else None


class RelativeDayField(forms.DateField):
    """A day, or how many days ago it was (`90d`): a saved view that is written so moves on from day to day."""

    def to_python(self, value: str) -> date | None:
        ago = days_ago(value or "")
        return super().to_python(value) if ago is None else timezone.localdate() - timedelta(days=ago)


def day_field(label: str, kind: type[forms.DateField] = forms.DateField) -> forms.DateField:
    """One end of a range of days, as the address bar writes it."""
    return kind(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=DAYS,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
    )
