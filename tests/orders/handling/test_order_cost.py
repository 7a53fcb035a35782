"""What the three pages of an order cost: at most eight queries, however much is on it."""

from decimal import Decimal

import pytest

from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Order
from tests.factories import OrderFactory

# Who opens which page, and how often it leads to each parcel.
PAGES = {
    "backoffice": ("mara", "/backoffice/orders/{order.number}/", 2),
    "account": ("ines", "/account/orders/{order.number}/", 1),
    "guest": (None, "/order/{order.token}/", 1),
}


def order_with(rows: int, ines, mara) -> Order:
    """A paid and sent order with so many lines, payments and parcels, and an invoice."""
    order = OrderFactory(customer=ines)
    order.lines.all().delete()
    for _row in range(rows):
        order.lines.create(name="Vase", quantity=1, unit_gross=1, vat_category="Z", vat_rate=0, net=1, vat=0, gross=1)
        enter_payment(order, amount=Decimal("1"), by=mara)
    for line in order.lines.all():
        ship(order, quantities={line: 1}, carrier="postnl", tracking_number="3S", by=mara)
    issue_invoice(order, by=mara)
    return order


@pytest.mark.parametrize("page", PAGES)
def test_three_of_everything_cost_what_one_costs(
    client, request, store, ines, mara, page, django_assert_max_num_queries
):
    who, address, links = PAGES[page]
    if who:
        client.force_login(request.getfixturevalue(who))
    one, three = (address.format(order=order_with(rows, ines, mara)) for rows in (1, 3))
    client.get(one)
    with django_assert_max_num_queries(8) as cost_of_one:
        assert client.get(one).content.count(b"postnl.nl") == links
    with django_assert_max_num_queries(len(cost_of_one)):
        assert client.get(three).content.count(b"postnl.nl") == 3 * links
