"""Lines and tags hold the date and the total of their order, however these were written."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.models import F, Q

from customers.models import Tag
from orders.handling import sort_copies
from orders.models import Order, OrderLine, OrderTag
from tests.factories import OrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(store) -> list[Order]:
    orders = [OrderFactory(number=number) for number in ("W1", "W2")]
    for order in orders:
        order.order_tags.create(tag=Tag.objects.named("Gift"))
    return orders


def out_of_step() -> list:
    """What holds other values than its order, or none."""
    in_step = Q(order_placed_at=F("order__placed_at"), order_total=F("order__total"))
    return [row for model in (OrderLine, OrderTag) for row in model.objects.exclude(in_step)]


def test_new_lines_and_tags_have_them(orders):
    assert (OrderLine.objects.count(), OrderTag.objects.count(), out_of_step()) == (2, 2, [])


def test_they_follow_the_order(orders):
    earlier = orders[0].placed_at - timedelta(days=400)
    Order.objects.filter(number="W1").update(total=Decimal("7.77"), placed_at=earlier)
    line, tag = orders[0].lines.get(), orders[0].order_tags.get()
    assert (line.order_placed_at, line.order_total) == (earlier, Decimal("7.77"))
    assert (tag.order_placed_at, tag.order_total, out_of_step()) == (earlier, Decimal("7.77"), [])


def test_a_row_that_moves_to_another_order_has_those_of_that_one(orders):
    Order.objects.filter(number="W1").update(total=Decimal("7.77"))
    orders[1].lines.update(order=orders[0])
    orders[1].order_tags.update(order=orders[0], tag=Tag.objects.named("Press"))
    assert (orders[0].lines.count(), orders[0].order_tags.count(), out_of_step()) == (2, 2, [])


def test_rows_written_at_once_or_saved_without_them_have_them(orders):
    values = {field.attname: getattr(orders[0].lines.get(), field.attname) for field in OrderLine._meta.fields}
    emptied = values | {"id": None, "order_placed_at": None, "order_total": None}
    OrderLine.objects.bulk_create([OrderLine(**emptied), OrderLine(**emptied)])
    OrderLine(**emptied | {"id": values["id"]}).save()
    assert (orders[0].lines.count(), out_of_step()) == (3, [])


def test_deploy_checks_miss_a_trigger(orders):
    trigger = sort_copies.TRIGGERS.names() and sorted(sort_copies.TRIGGERS.names())[0]
    on = "" if connection.vendor == "sqlite" else " ON orders_order"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")
    found = [message for message in run_checks(include_deployment_checks=True) if message.id == "orders.E003"]
    assert [trigger in message.msg for message in found] == [True]
