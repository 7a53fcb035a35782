"""An erasure forgets no field of an order: each is said to stay, or goes."""

import pytest
from django.db import models

from customers.models.history import ActorKind
from customers.privacy.erasure import erasure as privacy_erasure
from orders.customer_hooks import erasure as customer_hooks_erasure
from orders.models import Order, OrderAddress, Shipment, WithdrawalNotice
from tests.factories import OrderFactory

GOES = {
    Order: {
        "email", "first_name", "last_name", "phone", "company_name", "coc_number", "vat_number", "reference",
        "order_note", "cancel_reason",
    },
    OrderAddress: {"attention", "street", "house_number", "addition", "line2", "postcode", "city", "region"},
    Shipment: {"tracking_number", "tracking_link"},
    WithdrawalNotice: {"name", "order_number", "email", "remark"},
}  # fmt: skip
STAYS = {
    Order: {
        "id", "number", "key", "token", "customer", "erased_at", "anonymised_at", "channel", "placed_at", "state",
        "payment_state", "shipping_state", "cancelled_at", "withdrawal_at", "withdrawal_waits", "language",
        "customer_type", "delivery_name", "is_pickup", "payment_method", "currency", "items_gross",
        "delivery_method", "delivery_country",
        "vat_checked_at", "vat_consultation",
        "delivery_vat_category", "delivery_vat_country", "delivery_vat_rate", "delivery_net", "delivery_vat",
        "delivery_gross", "total_net", "total_vat", "total", "paid", "refunded", "credited", "pay_by",
        "search_text", "ready_at", "has_goods", "only_services_left",
    },
    OrderAddress: {"id", "order", "kind", "country"},
    Shipment: {"id", "order", "carrier", "carrier_name", "at", "by", "key"},
    WithdrawalNotice: {
        "id", "key", "language", "at", "order", "late", "excepted", "answered_at", "answered_by",
    },
}  # fmt: skip


@pytest.mark.parametrize("model", GOES)
def test_each_field_stays_or_goes(model):
    """Whoever adds one says here which; a text that nobody speaks of in `orders/customer_hooks/erasure.py` goes."""
    assert GOES[model] | STAYS[model] == {field.name for field in model._meta.concrete_fields}


@pytest.mark.django_db
def test_all_that_goes_is_gone(ines):
    order = OrderFactory(customer=ines, state="completed")
    typed = dict.fromkeys(customer_hooks_erasure.PERSON, "Ines")
    Order.objects.filter(pk=order.pk).update(**typed)
    order.shipments.create(tracking_number="Ines")
    OrderAddress.objects.filter(order=order).update(**dict.fromkeys(customer_hooks_erasure.WHERE, "Ines"))
    order.withdrawals.create(**dict.fromkeys(customer_hooks_erasure.STATED, "ines@vandermeulen.example"), language="nl")
    privacy_erasure.erase(ines, by=ActorKind.MERCHANT, notify=False)
    for model in GOES:
        assert not [row for row in model.objects.values() if "ines" in repr(row).casefold()]
        left = [getattr(row, name) for row in model.objects.all() for name in _texts_of(model)]
        assert set(left) == {""}


def _texts_of(model):
    is_text = models.CharField | models.TextField
    return [name for name in GOES[model] if isinstance(model._meta.get_field(name), is_text)]
