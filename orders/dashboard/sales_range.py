"""The days whose sales the dashboard shows, and those before, with which they are compared; the address holds them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopadmin.lists.filter_form import day_field

WEEKS = 12
MOST_BARS = 100


@dataclass(frozen=True)
class SalesRange:
    """Days from `first` to `last`, by day, week or month."""

    first: date
    last: date
    by: str = "week"

    @cached_property
    def starts(self) -> list[date]:
        """The first day of each bar; a week or month that began before the range counts from there."""
        starts = [self.first]
        while (following := self._following(starts[-1])) <= self.last:
            starts.append(following)
        return starts

    @cached_property
    def spans(self) -> list[tuple[date, date]]:
        """First and last day of each bar."""
        ends = [start - timedelta(days=1) for start in self.starts[1:]]
        return list(zip(self.starts, [*ends, self.last], strict=True))

    @property
    def before(self) -> "SalesRange":
        """As many days, weeks or months before: weekdays are compared with weekdays, months with months."""
        if self.by == "month":
            return SalesRange(self._months_back(self.first), self._months_back(self.last), self.by)
        back = timedelta(days=(self.last - self.first).days + 1 if self.by == "day" else 7 * len(self.starts))
        return SalesRange(self.first - back, self.last - back, self.by)

    def _following(self, day: date) -> date:
        if self.by == "month":
            return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
        return day + timedelta(days=1 if self.by == "day" else 7 - day.weekday())

    def _months_back(self, day: date) -> date:
        """The same day as many months ago as the range is long; the last day of a month stays the last of one."""
        years, month = divmod(12 * day.year + day.month - 1 - len(self.starts), 12)
        most = monthrange(years, month + 1)[1]
        return date(years, month + 1, most if day.day == monthrange(day.year, day.month)[1] else min(day.day, most))


def ranges_at_hand() -> list[tuple[str, str]]:
    """Ranges that are one click away: the words, and what the address says of them."""
    today = timezone.localdate()
    since = (today.replace(day=1, year=today.year - 1) + timedelta(days=31)).replace(day=1)
    return [
        (_("Last 30 days"), f"by=day&sales_from={today - timedelta(days=29)}"),
        (_("Last 12 weeks"), ""),
        (_("Last 12 months"), f"by=month&sales_from={since}"),
    ]


class SalesRangeForm(forms.Form):
    """Which days, and by what they are summed; a day that is left open is filled in."""

    sales_from = day_field(_("From"))
    sales_to = day_field(_("Until"))
    by = forms.ChoiceField(
        label=_("Grouped by"),
        required=False,
        choices=[("day", _("Day")), ("week", _("Week")), ("month", _("Month"))],
        initial="week",
    )

    def clean(self) -> dict:
        """A range that ends before it begins, or has too many bars, is answered at its end."""
        if not self.errors:
            chosen = self._chosen(self.cleaned_data)
            if chosen.last < chosen.first:
                self.add_error("sales_to", _("The end of the range must come after the start."))
            elif len(chosen.starts) > MOST_BARS:
                words = _("Charts show up to %(count)s bars: choose fewer days, or group them by week or month.")
                self.add_error("sales_to", words % {"count": MOST_BARS})
        return self.cleaned_data

    @property
    def range(self) -> SalesRange:
        """What was chosen; the last twelve weeks where nothing was, or something that cannot be."""
        return self._chosen(self.cleaned_data if self.is_valid() else {})

    @property
    def as_shown(self) -> "SalesRangeForm":
        """The form with the days that are shown, or with what was typed and is wrong."""
        shown = self.range
        days = {"sales_from": shown.first, "sales_to": shown.last, "by": shown.by}
        return self if self.errors else SalesRangeForm(initial=days)

    def _chosen(self, wanted: dict) -> SalesRange:
        last = wanted.get("sales_to") or timezone.localdate()
        monday = last - timedelta(days=last.weekday())
        first = wanted.get("sales_from") or monday - timedelta(weeks=WEEKS - 1)
        return SalesRange(first, last, wanted.get("by") or "week")
