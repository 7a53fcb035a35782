"""`manage.py recount_sales`: days whose sums are wrong are named, and put right."""

from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from orders.models import DailySales
from tests.factories import CustomerFactory, OrderFactory

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def recount(**options) -> list[str]:
    out = StringIO()
    call_command("recount_sales", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def off(store):
    """A day of which an order is counted twice."""
    OrderFactory(placed_at=AT, customer=CustomerFactory(created_at=AT))
    row = DailySales.objects.get(orders=1)
    row.pk = None
    row.save()


def test_a_shop_that_is_right_says_so(store):
    OrderFactory()
    assert recount(check=True) == recount() == ["All days are correct."]


def test_a_day_that_is_wrong_is_named_and_put_right(off):
    assert recount() == ["2026-03-02: revenue +37.95, orders +1", "1 day differed and was corrected."]
    [(_day, revenue, orders, _registered, guests)] = DailySales.objects.by_day()
    assert (round(revenue, 2), orders, guests) == (Decimal("37.95"), 1, 1)
    assert recount() == ["All days are correct."]


def test_to_check_changes_nothing_and_exits_with_an_error(off):
    with pytest.raises(CommandError, match="1 day differs."):
        recount(check=True)
    assert DailySales.objects.count() == 3
