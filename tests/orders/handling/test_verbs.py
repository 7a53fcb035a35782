"""What can be done to an order, and what cannot."""

from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from orders.handling.cancellation import cancel
from orders.handling.completion import complete
from orders.handling.errors import OrderError
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.models import Order, Product
from tests.factories import OrderFactory, ProductFactory


@pytest.fixture
def order(store, ines) -> Order:
    return OrderFactory(customer=ines)


def ship_all(order: Order, **parcel) -> None:
    ship(order, quantities={line: line.unsent for line in order.lines.all()}, **{"carrier": "postnl"} | parcel)


def states(order: Order) -> tuple[str, str, str]:
    order.refresh_from_db()
    return order.state, order.payment_state, order.shipping_state


def test_a_part_and_then_the_rest_pay_an_order(order):
    enter_payment(order, amount=Decimal("10.00"))
    assert states(order)[1] == "partly_paid"
    enter_payment(order, amount=Decimal("27.95"))
    assert states(order) == ("open", "paid", "not_shipped")
    assert (order.paid, order.outstanding) == (Decimal("37.95"), 0)


@pytest.mark.parametrize("amount", ["37.96", "0", "-1", "99999999999"])
def test_no_more_than_what_is_open_is_taken(order, amount):
    with pytest.raises(OrderError):
        enter_payment(order, amount=Decimal(amount))
    assert not order.payments.exists()


def test_the_same_form_enters_a_payment_once(order):
    key = uuid4()
    first = enter_payment(order, amount=Decimal("10.00"), key=key)
    assert enter_payment(order, amount=Decimal("10.00"), key=key) == first
    assert states(order) == ("open", "partly_paid", "not_shipped")
    assert order.paid == Decimal("10.00")


def test_the_key_of_another_order_is_no_obstacle(order):
    key = uuid4()
    enter_payment(OrderFactory(), amount=Decimal("10.00"), key=key)
    enter_payment(order, amount=Decimal("10.00"), key=key)
    assert order.paid == Decimal("10.00")


def test_what_went_back_in_part_is_not_asked_for_again(order):
    enter_payment(order, amount=Decimal("37.95"))
    refund(order, amount=Decimal("5.00"))
    assert states(order) == ("open", "partly_refunded", "not_shipped")
    assert (order.paid, order.outstanding) == (Decimal("32.95"), 0)


def test_a_refund_of_everything_is_a_state_of_its_own(order):
    enter_payment(order, amount=Decimal("37.95"))
    refund(order, amount=Decimal("37.95"))
    assert states(order) == ("open", "refunded", "not_shipped")


def test_a_payment_entered_by_mistake_can_be_put_right(order):
    enter_payment(order, amount=Decimal("37.95"))
    refund(order, amount=Decimal("37.95"))
    enter_payment(order, amount=Decimal("37.95"))
    assert states(order)[1] == "paid"


def test_no_more_goes_back_than_came_in(order):
    enter_payment(order, amount=Decimal("10.00"))
    with pytest.raises(OrderError):
        refund(order, amount=Decimal("10.01"))
    assert order.paid == Decimal("10.00")


def test_paid_and_sent_is_completed(order):
    ship_all(order)
    assert states(order) == ("open", "unpaid", "shipped")
    enter_payment(order, amount=Decimal("37.95"))
    assert states(order) == ("completed", "paid", "shipped")


def test_a_completed_order_can_be_refunded(order):
    enter_payment(order, amount=Decimal("37.95"))
    ship_all(order)
    refund(order, amount=Decimal("37.95"))
    assert states(order) == ("completed", "refunded", "shipped")


def test_a_part_of_a_line_can_be_sent(order):
    line = order.lines.get()
    ship(order, quantities={line: 1}, carrier="dhl", tracking_number="X1")
    line.refresh_from_db()
    assert (line.sent, line.unsent, states(order)[2]) == (1, 1, "partly_shipped")


@pytest.mark.parametrize("quantity", [3, -1, 0])
def test_nothing_is_sent_that_was_not_ordered(order, quantity):
    with pytest.raises(OrderError):
        ship(order, quantities={order.lines.get(): quantity}, carrier="dhl")
    assert not order.shipments.exists()
    assert states(order)[2] == "not_shipped"


def test_cancelling_gives_the_stock_back_and_counts_the_customer_anew(order, ines):
    counted, uncounted = ProductFactory(stock=3), ProductFactory(stock=None)
    order.lines.update(product=counted)
    order.lines.create(
        product=uncounted, name="Vase", quantity=1, unit_gross=1, vat_category="Z", vat_rate=0, net=1, vat=0, gross=1
    )
    cancel(order, reason="Out of clay")
    assert list(Product.objects.order_by("pk").values_list("stock", flat=True)) == [5, None]
    ines.refresh_from_db()
    assert (ines.orders_count, ines.spent) == (1, 0)


def test_what_was_sent_cannot_be_cancelled(order):
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl")
    with pytest.raises(OrderError):
        cancel(order)
    assert states(order)[0] == "open"


def test_a_cancelled_order_takes_nothing_but_refunds(order):
    enter_payment(order, amount=Decimal("10.00"))
    cancel(order)
    for verb in (partial(enter_payment, amount=Decimal("1")), ship_all, cancel, complete):
        with pytest.raises(OrderError):
            verb(order)
    refund(order, amount=Decimal("10.00"))
    assert states(order) == ("cancelled", "refunded", "not_shipped")


def test_each_deed_stands_in_the_order_of_events(order, mara):
    enter_payment(order, amount=Decimal("37.95"), by=mara)
    ship_all(order, by=mara)
    kinds = order.events.exclude(kind="mail").order_by("id").values_list("kind", "by")
    assert list(kinds) == [("payment", mara.pk), ("shipment", mara.pk), ("completed", mara.pk)]


def test_an_order_that_outlived_its_customer_loses_the_person_once_it_is_done(order):
    Order.objects.filter(pk=order.pk).update(customer=None, erased_at=order.placed_at)
    ship_all(order)
    assert Order.objects.get().email == "ines@vandermeulen.example"
    enter_payment(order, amount=Decimal("37.95"))
    assert Order.objects.get().email == ""


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "Awaiting payment"),
        ({"payment_method": "invoice"}, "Open"),
        ({"payment_state": "paid"}, "Open"),
        ({"shipping_state": "partly_shipped"}, "Partly shipped"),
        ({"shipping_state": "shipped"}, "On its way"),
        ({"state": "completed", "shipping_state": "shipped"}, "Completed"),
        ({"state": "cancelled"}, "Cancelled"),
    ],
)
def test_one_word_says_how_far_it_is(order, changes, label):
    Order.objects.filter(pk=order.pk).update(**changes)
    assert str(Order.objects.get().badge.label) == label
