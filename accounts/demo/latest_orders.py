"""What came about with orders lately: one by phone, one edited, one withdrawn from in part, one with a pending payment.

Each is done by the verb that its page uses, under a clock set back, so that emails and documents come about, too.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from accounts.demo import clock
from customers.models import Customer, Tag
from orders.checkout.details_form import details_of
from orders.checkout.discounts import NO_DISCOUNTS, Discount, Discounts
from orders.checkout.payment_methods import Notification, TestProvider
from orders.checkout.place import place
from orders.checkout.quote import Quote, QuoteLine
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.messages.send import send_message
from orders.models import DeliveryMethod, Order, PaymentAttempt, Product
from orders.paying.attempts import take_notification
from orders.vat.sale import sale_of
from orders.withdrawal.acceptance import Withdrawn, accept_withdrawal
from orders.withdrawal.notices import receive

DISCOUNT = Discounts(on_order=Discount(percent=Decimal(10)))
REMARK = "Mooi, maar het past toch niet bij ons thuis. De rest houd ik graag."
NOTE = "Belde over de lamp. Wachten is geen probleem, als hij maar heel aankomt."
MESSAGE = """The glass for your table lamp has arrived from Leerdam today. We will put it together this week and ship it
to you on Friday. The rest of your order is on its way already."""


def follow_orders(manager: Customer, support: Customer, now: datetime) -> None:
    """Let it all have happened in the last days, the latest last."""
    lotte, jonas, noor = (Customer.objects.get(email=f"{who}@demo.test") for who in ("shopper", "shopper2", "business"))
    _withdraw_from_a_line(manager, now)
    partly_shipped = lotte.orders.filter(shipping_state=Order.ShippingState.PARTLY_SHIPPED)
    _write_about(partly_shipped.latest("placed_at"), support, now)
    newest = lotte.orders.latest("placed_at")
    with clock.at(now - (now - newest.placed_at) / 2):
        edit(newest, Wanted(added={Product.objects.get(slug="hook").pk: 2}), by=manager)
    with clock.at(timezone.now()):
        _order(noor, {"napkins": 6, "candles": 4}, payment_method="invoice", discounts=DISCOUNT, by=support)
        _try_to_pay(_order(jonas, {"teapot": 1}, payment_method=TestProvider.code))


def _withdraw_from_a_line(manager: Customer, now: datetime) -> None:
    """Somebody keeps the rest of what was delivered; the shop has the piece back and refunds it."""
    delivered = Order.objects.filter(
        state=Order.State.COMPLETED,
        payment_state=Order.PaymentState.PAID,
        customer_type=Customer.Type.PRIVATE,
        language="nl",
        withdrawal_at=None,
        documents__kind="invoice",
        shipments__at__range=(now - timedelta(days=13), now - timedelta(days=4)),
    )
    order = next(order for order in delivered.order_by("-placed_at", "pk") if order.lines.count() > 1)
    line = order.lines.first()
    stated = {"name": order.get_full_name(), "order_number": order.number, "email": order.email, "remark": REMARK}
    with clock.at(now - timedelta(days=3)):
        receive(stated | {"key": uuid4(), "order": order.pk, "lines": {str(line.pk): 1}}, language=order.language)
    with clock.at(now - timedelta(days=1)):
        accept_withdrawal(order, lines={0: Withdrawn(1, restock=True)}, refund=True, by=manager)


def _write_about(order: Order, support: Customer, now: datetime) -> None:
    """A note for colleagues and a tag; a message for the customer."""
    order.notes.create(author=support, text=NOTE, at=now - timedelta(days=2))
    order.order_tags.create(tag=Tag.objects.named("Nalevering"))
    with clock.at(now - timedelta(hours=5)):
        send_message(order, text=MESSAGE.replace("\n", " "), by=support)


def _order(
    customer: Customer,
    basket: Mapping[str, int],
    *,
    payment_method: str,
    discounts: Discounts = NO_DISCOUNTS,
    by: Customer | None = None,
) -> Order:
    """Place an order of a registered customer, with or without a merchant who enters it."""
    delivery = DeliveryMethod.objects.filter(is_pickup=False).first()
    details = details_of(customer) | {"phone": str(customer.phone or "")}
    addresses = {"billing": details["billing"]}
    lines = [QuoteLine(product, basket[product.slug]) for product in Product.objects.filter(slug__in=basket)]
    quote = Quote(discounts.taken_off(lines), "EUR", sale_of(details, addresses, delivery), delivery)
    return place(
        {line.product.pk: line.quantity for line in lines},
        delivery=delivery,
        key=uuid4(),
        agreed=quote.fingerprint,
        details=details,
        addresses=addresses,
        payment_method=payment_method,
        shopper=customer,
        discounts=discounts,
        by=by,
    ).order


def _try_to_pay(order: Order) -> None:
    """The first try fails; of the second, the provider says that the money is on its way."""
    for state in (PaymentAttempt.State.FAILED, PaymentAttempt.State.PENDING):
        attempt = order.payment_attempts.create(method=order.payment_method, amount=order.outstanding)
        take_notification(attempt.method, Notification(attempt.key, state, attempt.amount, order.currency))
