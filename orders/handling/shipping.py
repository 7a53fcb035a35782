"""Shipping: parcels, and in the same way what is picked up or provided."""

import uuid

from django.db import transaction
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.documents import issue
from orders.handling.completion import complete
from orders.handling.errors import OrderError
from orders.models import Order, OrderLine, Shipment
from shopadmin.models import StoreSettings


@transaction.atomic
def ship(
    order: Order,
    *,
    quantities: dict[OrderLine, int],
    carrier: str,
    carrier_name: str = "",
    tracking_number: str = "",
    tracking_link: str = "",
    by: Customer | None = None,
    key: uuid.UUID | None = None,
) -> Shipment:
    """Send a parcel with some pieces of each line; the same `key` counts once. Without goods in it nobody is told.

    OrderError where the order is not open, nothing is chosen, or more than is left of a line.
    """
    order.lock()
    if sent := key and order.shipments.filter(key=key).first():
        return sent
    if not order.is_open:
        raise OrderError(gettext("Only open orders can be shipped or handed over"))
    if not any(quantities.values()):
        raise OrderError(gettext("Choose at least 1 item"))
    shipment = order.shipments.create(
        carrier=carrier,
        carrier_name=carrier_name,
        tracking_number=tracking_number,
        tracking_link=tracking_link,
        by=by,
        key=key or uuid.uuid4(),
    )
    lines = list(order.lines.all())
    for line in lines:
        line.send(quantities.get(line, 0), shipment=shipment)
    all_sent = not any(line.unsent for line in lines)
    order.shipping_state = order.ShippingState.SHIPPED if all_sent else order.ShippingState.PARTLY_SHIPPED
    if not all_sent:
        order.ready_at = None
    order.look_at_what_is_left(lines)
    order.save(update_fields=["shipping_state", "ready_at", "only_services_left"])
    has_goods = any(quantities.get(line) and not line.is_service for line in lines)
    order.log("shipment", by=by, quantity=shipment.quantity, carrier=carrier_name or carrier, has_goods=has_goods)
    follow_up(shipment, has_goods=has_goods)
    if order.is_done:
        complete(order, by=by)
    return shipment


def follow_up(shipment: Shipment, *, has_goods: bool = True) -> None:
    """Email about a parcel; with the last one issue the invoice, where the settings want it then."""
    if has_goods:
        mails.tell_of_shipment(shipment)
    if shipment.order.shipping_state == Order.ShippingState.SHIPPED:
        issue.issue_when(StoreSettings.InvoiceWhen.SHIPPED, shipment.order)
