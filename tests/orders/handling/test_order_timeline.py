"""Orders on the timeline of their customer."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from customers.history.timeline import timeline
from orders.handling.payments import enter_payment
from tests.factories import OrderFactory


def texts(customer, **options) -> list[str]:
    thread = timeline(customer, "orders", **options)
    return [str(entry.text) for day in thread.days for entry in day.entries]


def test_orders_parcels_and_payments_stand_there_newest_first(store, ines, mara, otto):
    order = OrderFactory(customer=ines, number="W10479", placed_at=timezone.now() - timedelta(days=2))
    OrderFactory(customer=otto)
    enter_payment(order, amount=Decimal("37.95"), by=mara)
    found = texts(ines)
    assert len(found) == 2
    assert "<strong>Mara" in found[0]
    assert found[1] == 'Order <a href="/backoffice/orders/W10479/">W10479</a> for €37.95 was placed'


def test_it_goes_on_where_it_stopped(store, ines):
    order = OrderFactory(customer=ines, placed_at=timezone.now() - timedelta(days=2))
    enter_payment(order, amount=Decimal("37.95"))
    assert len(texts(ines, before=timezone.now() - timedelta(days=1))) == 1
