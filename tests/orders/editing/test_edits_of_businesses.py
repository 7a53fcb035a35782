"""The VAT of an edited order follows its address, and a number that was found valid before."""

import pytest

from orders.editing.edit import edit
from orders.editing.edited import Wanted, addresses_of
from orders.models import Order
from orders.vat.correction import take_off
from tests.factories import ProductFactory
from tests.orders.shopping import order_now
from tests.orders.vat.test_businesses_abroad import COMPANY, WITH, answered, mug, parcel
from tests.orders.vat.test_vat_of_orders import treatment

pytestmark = pytest.mark.any_database
__all__ = ["mug", "parcel"]


def moved(order: Order, **address: str) -> Wanted:
    return Wanted(addresses={kind: kept | address for kind, kept in addresses_of(order).items()})


def sums(order: Order) -> list[str]:
    order.refresh_from_db()
    return [str(amount) for amount in (order.total_net, order.total_vat, order.total)]


def test_who_was_charged_no_vat_is_charged_none_on_what_is_added(client, mug, parcel):
    answered("valid")
    order = order_now(client, mug, parcel, **COMPANY)
    vase = ProductFactory(price="24.20")
    edit(order, Wanted(quantities={order.lines.get().pk: 2}, added={vase.pk: 1}))
    assert {line.vat_category for line in order.lines.all()} == {"K"}
    assert sums(order) == ["44.00", "0.00", "44.00"]


def test_moved_into_the_shops_country_it_pays_vat_at_the_price_of_the_shop(client, mug, parcel):
    answered("valid")
    order = order_now(client, mug, parcel, **COMPANY)
    edit(order, moved(order, country="NL", postcode="3511 AW", city="Utrecht", house_number="1"))
    assert treatment(order) == WITH


@pytest.mark.parametrize("state", ["pending", "valid"])
def test_a_number_not_known_to_be_valid_at_the_order_takes_no_vat_off_by_an_edit(client, mug, parcel, mara, state):
    answered("pending")
    order = order_now(client, mug, parcel, **COMPANY)
    answered(state)
    edit(order, Wanted(quantities={order.lines.get().pk: 2}))
    assert sums(order) == ["24.00", "5.04", "29.04"]
    if state == "valid":
        take_off(order, by=mara)
        assert sums(order) == ["24.00", "0.00", "24.00"]
