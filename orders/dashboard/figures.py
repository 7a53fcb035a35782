"""Figures of the dashboard: orders, revenue and new customers, by week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.functional import cached_property

from customers.models import Customer
from orders.checkout.totals import ZERO, rounded
from orders.customer_hooks.totals import NOT_SPENT, SPENT
from orders.dashboard import charts
from orders.models import Order

WEEKS = 12
REVENUE, ORDERS = charts.Panel(top=12, base=104, lines=2), charts.Panel(top=122, base=156, lines=1)
CUSTOMERS = charts.Panel(top=12, base=156, lines=3)


@dataclass(frozen=True)
class WeekFigures:
    """One week, from Monday on."""

    day: date
    revenue: Decimal
    orders: int
    registered: int
    guests: int

    @property
    def average(self) -> Decimal:
        return rounded(self.revenue / self.orders) if self.orders else ZERO

    @property
    def new_customers(self) -> int:
        return self.registered + self.guests


@dataclass(frozen=True)
class Chart:
    """A drawing: its weeks and the lines behind them."""

    weeks: list[charts.Week]
    lines: list[charts.Line]


class Figures:
    """The last weeks of the shop, the running one at the end."""

    def __init__(self) -> None:
        monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
        self.days = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
        since = timezone.make_aware(datetime.combine(self.days[0], time.min))
        orders = Order.objects.filter(placed_at__gte=since).exclude(state__in=NOT_SPENT)
        customers = Customer.objects.shoppers().filter(created_at__gte=since)
        is_guest = Q(registered_at__isnull=True)
        self._sold = _by_week(orders, "placed_at", revenue=Sum(SPENT), orders=Count("pk"))
        self._met = _by_week(
            customers, "created_at", registered=Count("pk", filter=~is_guest), guests=Count("pk", filter=is_guest)
        )

    @cached_property
    def weeks(self) -> list[WeekFigures]:
        nothing = {"revenue": ZERO, "orders": 0, "registered": 0, "guests": 0}
        return [WeekFigures(day, **nothing | self._sold.get(day, {}) | self._met.get(day, {})) for day in self.days]

    @property
    def this_week(self) -> WeekFigures:
        return self.weeks[-1]

    @cached_property
    def sales(self) -> Chart:
        """Revenue above, orders below."""
        top = charts.round_top(max(float(week.revenue) for week in self.weeks), REVENUE.lines)
        most = charts.round_top(max(week.orders for week in self.weeks), ORDERS.lines, whole=True)
        columns = [
            [(REVENUE, float(week.revenue) / top, ""), (ORDERS, week.orders / most, "is-second")] for week in self.weeks
        ]
        lines = charts.grid(REVENUE, top) + charts.grid(ORDERS, most)
        return Chart(charts.weeks_of(self.days, columns), lines)

    @cached_property
    def new_customers(self) -> Chart:
        """Guests upon registered."""
        top = charts.round_top(max(week.new_customers for week in self.weeks), CUSTOMERS.lines, whole=True)
        columns = [
            [(CUSTOMERS, week.registered / top, ""), (CUSTOMERS, week.guests / top, "is-second")] for week in self.weeks
        ]
        return Chart(charts.weeks_of(self.days, columns), charts.grid(CUSTOMERS, top))


def _by_week(rows: QuerySet, column: str, **sums) -> dict[date, dict]:
    found = rows.annotate(week=TruncWeek(column)).order_by().values("week").annotate(**sums)
    return {timezone.localtime(row.pop("week")).date(): row for row in found}
