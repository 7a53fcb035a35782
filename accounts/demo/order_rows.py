"""What became of each purchase, written as rows: the verbs of orders would take a minute for what takes a second."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from accounts.demo import names
from accounts.demo.purchases import Purchase, by_day
from customers.models import Customer
from orders.checkout.totals import ZERO, rounded
from orders.handling.payment_status import begin, status_of
from orders.models import (
    Order,
    OrderAddress,
    OrderEvent,
    OrderLine,
    Payment,
    Shipment,
    ShipmentLine,
    VatCategory,
    WithdrawalNotice,
)
from orders.search.texts import write_derived_fields

CARRIERS = {"NL": "postnl", "DE": "dhl", "BE": "bpost"}
# How many of a hundred orders go this way; each fate is a method of Fates.
FATES = {"as_usual": 84, "in_two_parcels": 7, "called_off": 4, "withdrawn": 2, "partly_sent_back": 1, "half_paid": 2}
TABLES = (Order, OrderAddress, OrderLine, Payment, Shipment, ShipmentLine, OrderEvent, WithdrawalNotice)


@dataclass(frozen=True)
class Step:
    """Something that happens to an order: a share of it is paid, sent or refunded, all of it is ready to be picked up,
    or somebody wants out.
    """

    at: datetime
    what: str
    share: Decimal = Decimal(1)


class Fates:
    """Draws what happens to an order after it was placed; what lies ahead of `now` has not happened yet."""

    def __init__(self, dice: random.Random, now: datetime) -> None:
        self.dice = dice
        self.now = now

    def of(self, purchase: Purchase) -> list[Step]:
        fate = self.dice.choices(list(FATES), list(FATES.values()))[0]
        steps = getattr(self, fate)(purchase)
        return sorted((step for step in steps if step.at < self.now), key=lambda step: step.at)

    def as_usual(self, purchase: Purchase) -> list[Step]:
        """Paid, then sent; on account the other way round; picked up, both at once."""
        if purchase.payment_method == "on_pickup":
            at = self._after(purchase.at, 1, 4)
            return [Step(at, "pay"), Step(at + timedelta(minutes=2), "send")]
        if purchase.payment_method == "invoice":
            sent = self._after(purchase.at, 0.3, 3)
            return [Step(sent, "send"), Step(self._after(sent, 3, 24), "pay")]
        paid = self._after(purchase.at, 0.1, 6)
        return [Step(paid, "pay"), Step(self._after(paid, 0.5, 4), "send")]

    def in_two_parcels(self, purchase: Purchase) -> list[Step]:
        paid = self._after(purchase.at, 0.1, 3)
        first = self._after(paid, 0.3, 2)
        return [Step(paid, "pay"), Step(first, "send", Decimal("0.5")), Step(self._after(first, 4, 16), "send")]

    def called_off(self, purchase: Purchase) -> list[Step]:
        return [Step(self._after(purchase.at, 0.3, 8), "cancel")]

    def withdrawn(self, purchase: Purchase) -> list[Step]:
        if purchase.person.customer.is_business:
            return self.as_usual(purchase)
        paid = self._after(purchase.at, 0.1, 6)
        sent = self._after(paid, 0.5, 4)
        stated = self._after(sent, 2, 10)
        accepted = self._after(stated, 0.5, 3)
        back = [Step(stated, "withdraw"), Step(accepted, "accept"), Step(accepted + timedelta(minutes=4), "refund")]
        return [Step(paid, "pay"), Step(sent, "send"), *back]

    def partly_sent_back(self, purchase: Purchase) -> list[Step]:
        steps = self.as_usual(purchase)
        return [*steps, Step(self._after(steps[-1].at, 6, 18), "refund", Decimal("0.3"))]

    def half_paid(self, purchase: Purchase) -> list[Step]:
        half = self._after(purchase.at, 0.5, 4)
        rest = self._after(half, 8, 20)
        return [Step(half, "pay", Decimal("0.5")), Step(rest, "pay"), Step(self._after(rest, 1, 3), "send")]

    def _after(self, moment: datetime, least: float, most: float) -> datetime:
        later = by_day(moment + timedelta(days=self.dice.uniform(least, most)))
        return later if later > moment else later + timedelta(days=1)


@dataclass
class Ledger:
    """Collects rows of all tables of orders, and writes each table at once."""

    dice: random.Random
    staff: Customer
    rows: dict[type, list] = field(default_factory=lambda: {table: [] for table in TABLES})

    def enter(self, purchase: Purchase, steps: list[Step], *, number: str) -> None:
        """Write a purchase down, and then step by step what happened to it."""
        order = self._order(purchase, number)
        lines = [self._add(OrderLine(order=order, **line.for_order(order.language))) for line in purchase.quote.lines]
        self._log(order, purchase.at, "placed")
        for step in steps:
            getattr(self, f"_{step.what}")(order, lines, step)

    def save(self) -> None:
        for table, rows in self.rows.items():
            table.objects.bulk_create(rows, batch_size=200)
        write_derived_fields(Order.objects.filter(pk__in=[order.pk for order in self.rows[Order]]))

    def _add(self, row):
        self.rows[type(row)].append(row)
        return row

    def _order(self, purchase: Purchase, number: str) -> Order:
        customer = purchase.person.customer
        fields = ("email", "first_name", "last_name", "language", "customer_type", "company_name", "vat_number")
        order = self._add(
            Order(
                number=number,
                customer=customer,
                channel=Order.Channel.SIGNED_IN if purchase.person.is_registered else Order.Channel.GUEST,
                placed_at=purchase.at,
                phone=str(customer.mobile or customer.phone),
                coc_number=customer.coc_number,
                order_note=self._note(customer),
                payment_method=purchase.payment_method,
                **purchase.quote.for_order(customer.language),
                **{name: getattr(customer, name) for name in fields},
            )
        )
        if order.delivery_vat_category == VatCategory.INTRA_COMMUNITY:
            order.vat_checked_at, order.vat_consultation = purchase.at, f"WAPIDEMO{order.number[-6:]}"
        begin(order)
        for address in purchase.person.addresses:
            self._add(OrderAddress(order=order, kind=address.kind, **address.as_dict()))
        return order

    def _note(self, customer: Customer) -> str:
        notes = names.ORDER_NOTES.get(customer.language)
        return self.dice.choice(notes) if notes and self.dice.random() < 0.08 else ""

    def _log(self, order: Order, at: datetime, kind: str, **facts) -> None:
        by = None if kind in ("placed", "withdrawal") else self.staff
        self._add(OrderEvent(order=order, at=at, kind=kind, by=by, facts=facts))

    # --- The steps

    def _pay(self, order: Order, lines: list[OrderLine], step: Step) -> None:
        self._book(order, rounded((order.total - order.paid) * step.share), step.at, "payment")

    def _refund(self, order: Order, lines: list[OrderLine], step: Step) -> None:
        self._book(order, -rounded(order.paid * step.share), step.at, "refund")

    def _book(self, order: Order, amount: Decimal, at: datetime, kind: str) -> None:
        order.paid += amount
        order.refunded -= min(amount, ZERO)
        order.payment_state = status_of(order)
        method = order.payment_method
        self._add(Payment(order=order, amount=amount, method=method, at=at, by=self.staff))
        self._log(order, at, kind, amount=str(abs(amount)), method=method)
        self._close_when_done(order, at)

    def _send(self, order: Order, lines: list[OrderLine], step: Step) -> None:
        quantities = [ceil(line.unsent * step.share) for line in lines]
        if step.share < 1 and sum(quantities) == sum(line.quantity for line in lines):
            return  # too little to part: all of it goes with the second parcel
        shipment = self._add(self._parcel(order, step.at))
        for line, quantity in zip(lines, quantities, strict=True):
            if quantity:
                line.sent += quantity
                self._add(ShipmentLine(shipment=shipment, order_line=line, quantity=quantity))
        is_all = not any(line.unsent for line in lines)
        order.shipping_state = Order.ShippingState.SHIPPED if is_all else Order.ShippingState.PARTLY_SHIPPED
        facts = {"quantity": sum(quantities), "carrier": shipment.carrier_label}
        self._log(order, step.at, "shipment", **facts)
        self._close_when_done(order, step.at)

    def _ready(self, order: Order, lines: list[OrderLine], step: Step) -> None:
        order.ready_at = step.at
        self._log(order, step.at, "ready")

    def _parcel(self, order: Order, at: datetime) -> Shipment:
        country = next(row.country for row in reversed(self.rows[OrderAddress]) if row.order is order)
        carrier = "other" if order.is_pickup else CARRIERS[str(country)]
        number = "" if order.is_pickup else f"3S{carrier[:3].upper()}{self.dice.randint(10**8, 10**9 - 1)}"
        return Shipment(order=order, carrier=carrier, tracking_number=number, at=at, by=self.staff)

    def _close_when_done(self, order: Order, at: datetime) -> None:
        # Its lines are not saved yet, so that what is left of them cannot be read.
        if order.shipping_state == Order.ShippingState.SHIPPED and order.is_done:
            order.state = Order.State.COMPLETED
            self._log(order, at, "completed")

    def _cancel(self, order: Order, lines: list[OrderLine], step: Step) -> None:
        order.state, order.cancelled_at = Order.State.CANCELLED, step.at
        order.payment_state = status_of(order)
        order.cancel_reason = self.dice.choice(names.CANCELLED_WHY.get(order.language, names.CANCELLED_WHY["en"]))
        self._log(order, step.at, "cancelled")

    def _withdraw(self, order: Order, lines: list[OrderLine], step: Step) -> None:
        name = order.get_full_name()
        statement = {"name": name, "order_number": order.number, "email": order.email, "language": order.language}
        self._add(WithdrawalNotice(order=order, at=step.at, **statement))
        order.withdrawal_at, order.withdrawal_waits = step.at, True
        self._log(order, step.at, "withdrawal")

    def _accept(self, order: Order, lines: list[OrderLine], step: Step) -> None:
        order.state, order.withdrawal_waits = Order.State.WITHDRAWN, False
        order.payment_state = status_of(order)
        for line in lines:
            line.withdrawn, line.withdrawn_unsent = line.quantity, line.unsent
        notice = self.rows[WithdrawalNotice][-1]
        notice.answered_at, notice.answered_by = step.at, self.staff
        self._log(order, step.at, "withdrawn")
