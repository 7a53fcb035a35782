"""Several people at the same moment: real connections, so PostgreSQL."""

from decimal import Decimal

import pytest

from orders.documents.issue import issue_invoice
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.errors import OrderError
from orders.models import Order
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory, ProductFactory
from tests.orders.editing.edits import stock_of
from tests.orders.handling.test_verbs_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def shop():
    return StoreSettings.current()


def test_the_last_two_in_stock_are_added_to_two_orders_of_eight():
    vase = ProductFactory(stock=2)
    orders = [OrderFactory() for _editor in range(8)]
    results = at_once(lambda order: edit(order, Wanted(added={vase.pk: 1})), orders)
    assert sum(isinstance(result, OrderError) for result in results) == 6
    assert (stock_of(vase), vase.order_lines.count()) == (0, 2)


def test_editing_and_invoicing_at_once_leave_an_invoice_of_what_the_order_is():
    order = OrderFactory()
    line = order.lines.get()
    deeds = [issue_invoice, lambda order: edit(order, Wanted(quantities={line.pk: 1}))]
    at_once(lambda deed: deed(Order.objects.get(pk=order.pk)), deeds)
    order.refresh_from_db()
    assert order.documents.get().total == order.total in (Decimal("37.95"), Decimal("21.45"))
