"""Figures of the dashboard: what a range of days brought, and the range before it, from daily sums."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from orders.checkout.totals import ZERO, rounded
from orders.dashboard import charts
from orders.dashboard.charts import Stack
from orders.dashboard.sales_range import SalesRange
from orders.models import DailySales
from shopadmin.rendering.formats import active_locale, day, money, month, number

REVENUE, ORDERS = charts.Panel(top=12, base=104, lines=2), charts.Panel(top=122, base=156, lines=1)
CUSTOMERS = charts.Panel(top=12, base=156, lines=3)


@dataclass(frozen=True)
class Sums:
    """What some days brought together."""

    revenue: Decimal = ZERO
    orders: int = 0
    registered: int = 0
    guests: int = 0

    @property
    def average(self) -> Decimal:
        return rounded(self.revenue / self.orders) if self.orders else ZERO

    @property
    def new_customers(self) -> int:
        return self.registered + self.guests


@dataclass(frozen=True)
class Period:
    """A day, week or month, and the one with which it is compared."""

    first: date
    last: date
    sums: Sums
    before: Sums


@dataclass(frozen=True)
class Chart:
    """A drawing: its columns and the lines behind them."""

    columns: list[charts.Column]
    lines: list[charts.Line]


class Figures:
    """The sums of a range of days, of the range before, and of the week that is running: asked in one query."""

    def __init__(self, chosen: SalesRange) -> None:
        self.chosen, self.before, self.today = chosen, chosen.before, timezone.localdate()
        self.monday = self.today - timedelta(days=self.today.weekday())
        first, last = min(self.before.first, self.monday), max(chosen.last, self.today)
        rows = list(DailySales.objects.filter(day__gte=first, day__lte=last).by_day())
        self._days, self._sums = [day for day, *_sums in rows], [sums for _day, *sums in rows]

    def between(self, first: date, last: date) -> Sums:
        """Add up the days from the first to the last."""
        found = self._sums[bisect_left(self._days, first) : bisect_right(self._days, last)]
        if not found:
            return Sums()
        revenue, *counts = map(sum, zip(*found, strict=True))
        return Sums(rounded(revenue), *counts)

    @cached_property
    def this_week(self) -> Sums:
        return self.between(self.monday, self.today)

    @cached_property
    def total(self) -> Sums:
        return self.between(self.chosen.first, self.chosen.last)

    @cached_property
    def total_before(self) -> Sums:
        return self.between(self.before.first, self.before.last)

    @cached_property
    def periods(self) -> list[Period]:
        pairs = zip(self.chosen.spans, self.before.spans, strict=True)
        return [Period(*span, self.between(*span), self.between(*before)) for span, before in pairs]

    def in_words(self, currency: str) -> list[dict[str, str]]:
        """The periods as chart and table write them: each figure is worded once for both."""
        return [
            {
                "name": self._name_of(period),
                "day": month(period.first) if self.chosen.by == "month" else day(period.first),
                "revenue": money(period.sums.revenue, currency),
                "revenue_before": money(period.before.revenue, currency),
                "orders": number(period.sums.orders),
                "orders_before": number(period.before.orders),
                "registered": number(period.sums.registered),
                "guests": number(period.sums.guests),
                "before": number(period.before.new_customers),
            }
            for period in self.periods
        ]

    def _name_of(self, period: Period) -> str:
        if self.chosen.by == "month":
            return month(period.first)
        return _("Week of %(day)s") % {"day": day(period.first)} if self.chosen.by == "week" else day(period.first)

    @cached_property
    def sales(self) -> Chart:
        """Revenue above, orders below."""
        top = charts.round_top(self._highest("revenue"), REVENUE.lines)
        most = charts.round_top(self._highest("orders"), ORDERS.lines, whole=True)
        stacks = [
            [
                Stack(REVENUE, [(float(period.sums.revenue) / top, "")], float(period.before.revenue) / top),
                Stack(ORDERS, [(period.sums.orders / most, "is-second")], period.before.orders / most),
            ]
            for period in self.periods
        ]
        return self._chart(stacks, charts.grid(REVENUE, top) + charts.grid(ORDERS, most))

    @cached_property
    def new_customers(self) -> Chart:
        """Guests upon registered."""
        top = charts.round_top(self._highest("new_customers"), CUSTOMERS.lines, whole=True)
        stacks = [
            [
                Stack(
                    CUSTOMERS,
                    [(period.sums.registered / top, ""), (period.sums.guests / top, "is-second")],
                    period.before.new_customers / top,
                )
            ]
            for period in self.periods
        ]
        return self._chart(stacks, charts.grid(CUSTOMERS, top))

    def _highest(self, name: str) -> float:
        return max(float(getattr(sums, name)) for period in self.periods for sums in (period.sums, period.before))

    def _chart(self, stacks: list[list[Stack]], lines: list[charts.Line]) -> Chart:
        skeleton = "yMMM" if self.chosen.by == "month" else "MMMd"
        labels = [format_skeleton(skeleton, period.first, locale=active_locale()) for period in self.periods]
        is_running = [period.first <= self.today <= period.last for period in self.periods]
        return Chart(charts.columns_of(labels, stacks, is_running=is_running), lines)
