"""A batch of checked orders → orders with lines, addresses and payments; those that are there already are left alone.

Nobody is mailed, and the shop's own numbering does not move. Whatever is written is written by the batch: one
statement a kind of row, and each customer counted once.
"""

from collections import Counter, namedtuple
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from customers.importing.bulk_writing import database
from customers.models import Customer, PostalAddress
from customers.privacy.fingerprints import fingerprint
from orders.checkout.payment_methods import BankTransfer
from orders.checkout.totals import ZERO, Amounts, rounded
from orders.customer_hooks import totals_check
from orders.handling import payment_status
from orders.importing.checking import ImportedOrder, OrderBatch
from orders.importing.guests import customers_of
from orders.importing.lines import ImportedLine
from orders.importing.products import ProductsBySku
from orders.models import DeliveryMethod, Order, OrderAddress, OrderEvent, OrderLine, Payment, VatCategory
from shopadmin.models import StoreSettings

AddressRow = namedtuple("AddressRow", ("kind", *PostalAddress.FIELDS))
A_DAY = timedelta(days=1)


class LineRow(NamedTuple):
    """One line of an order, in the columns of its table."""

    name: str
    sku: str
    quantity: int
    sent: int
    unit_gross: Decimal
    vat_category: str
    vat_country: str
    vat_rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal
    is_service: bool = False


def write(batch: OrderBatch, *, erased: frozenset[str], dry_run: bool) -> Counter:
    """Write the orders in the caller's transaction; how many are new, and how many were there already."""
    _refuse_the_erased(batch, erased)
    there = {number.lower(): rest for number, *rest in _there(batch)}
    batch.keep(lambda order: _is_new_or_the_same(order, there.get(order.number.lower()), batch))
    fresh = [order for order in batch.orders if order.number.lower() not in there]
    if fresh and not dry_run:
        _add(fresh)
    return Counter(created=len(fresh), updated=0, unchanged=len(batch.orders) - len(fresh))


def _refuse_the_erased(batch: OrderBatch, erased: frozenset[str]) -> None:
    """Forget what the rows of people hold who were erased while the file was taken in."""
    if not erased:
        return
    for order in batch.orders:
        if fingerprint(order.email) in erased:
            batch.refuse(order.rows, "email", _("The customer with this email address was erased during the import."))
    batch.keep(lambda order: fingerprint(order.email) not in erased)
    for rows in (batch.rejects, batch.warnings):
        rows[:] = [
            row._replace(cells=[""] * len(row.cells)) if _names_one_of(erased, row.cells) else row for row in rows
        ]


def _names_one_of(erased: frozenset[str], cells: list[str]) -> bool:
    return any(fingerprint(cell) in erased for cell in cells if "@" in cell)


def _there(batch: OrderBatch) -> list[tuple]:
    numbers = [order.number for order in batch.orders]
    found = Order.objects.with_numbers(numbers) if numbers else Order.objects.none()
    return list(found.values_list("number", "email", "placed_at", "total", "erased_at"))


def _is_new_or_the_same(order: ImportedOrder, there: tuple | None, batch: OrderBatch) -> bool:
    """False, and its rows refused, where the shop has another order of this number."""
    if there is None or there[3] is not None:  # nothing is left to compare of an order that was erased
        return True
    email, placed_at, total, _erased = there
    if email != order.email:
        reason = _("This order number is already used for an order from another email address.")
    elif abs(placed_at - order.placed_at) > A_DAY:
        reason = _("This order number is already used for an order from another day.")
    elif total != order.total:
        reason = _("This order already exists with a different total.")
    else:
        return True
    batch.refuse(order.rows, "number", reason)
    return False


def _add(fresh: list[ImportedOrder]) -> None:
    customers, store, methods = customers_of(fresh), StoreSettings.current(), DeliveryMethod.objects.by_name()
    orders = [_order(one, customers[one.email], store) for one in fresh]
    for order in orders:
        order.delivery_method_id = methods.get(order.delivery_name.lower())
    pairs = list(zip(fresh, orders, strict=True))
    lines, addresses = [_set_amounts(order, one) for one, order in pairs], [_addresses(one) for one in fresh]
    for order, *below in zip(orders, lines, addresses, strict=True):
        order.derive_fields(lines=below[0], addresses=below[1])
    database().add(orders)
    _insert_below(orders, lines, addresses, [_payments(one, order) for one, order in pairs])
    totals_check.mend_customers(sorted(set(customers.values())))


def _insert_below(orders: list[Order], lines: list, addresses: list, payments: list) -> None:
    """What stands below orders, as rows: making objects of them takes as long as all the rest."""
    insert, ids = database().insert, [order.pk for order in orders]
    columns = ["order", *LineRow._fields, "product", "picture", "withdrawal_excepted"]
    products = ProductsBySku({line.sku for some in lines for line in some if line.sku})
    rows = [(pk, *line, products.of(line.sku), "", False) for pk, some in zip(ids, lines, strict=True) for line in some]
    insert(OrderLine, columns, rows)
    rows = [(pk, *address) for pk, some in zip(ids, addresses, strict=True) for address in some]
    insert(OrderAddress, ["order", *AddressRow._fields], rows)
    rows = [(pk, *paid, uuid4().hex) for pk, some in zip(ids, payments, strict=True) for paid in some]
    insert(Payment, ["order", "amount", "method", "at", "key"], rows)
    rows = [(order.pk, OrderEvent.Kind.PLACED.value, order.placed_at, "{}") for order in orders]
    insert(OrderEvent, ["order", "kind", "at", "facts"], rows)


# --- One order


def _order(one: ImportedOrder, customer: int, store: StoreSettings) -> Order:
    names = ("first_name", "last_name", "company_name", "coc_number", "vat_number", "delivery_name", "order_note")
    order = Order(
        **{name: getattr(one, name) or "" for name in names},
        number=one.number,
        customer_id=customer,
        email=one.email,
        phone=one.phone or one.mobile or "",
        placed_at=one.placed_at,
        channel=Order.Channel.IMPORT,
        customer_type=Customer.Type.BUSINESS if one.company_name else Customer.Type.PRIVATE,
        language=one.language or store.first_language,
        currency=store.currency,
        payment_method=BankTransfer.code,
        total=one.total,
    )
    _set_states(order, one, store.payment_days)
    return order


def _addresses(one: ImportedOrder) -> list[AddressRow]:
    """The billing address, and the shipping address where it is another."""
    kinds = [kind for kind in ("billing", "shipping") if one.values[kind]]
    if one.shipping == one.billing and one.shipping:
        kinds.remove("shipping")
    return [AddressRow(kind=kind, **one.values[kind]) for kind in kinds]


def _set_states(order: Order, one: ImportedOrder, payment_days: int) -> None:
    """State and shipping as they had come, and the payment that follows from what was received and refunded."""
    order.state, order.shipping_state = one.outcome.state, one.outcome.shipping
    order.cancelled_at = one.cancelled_at if order.state == Order.State.CANCELLED else None
    order.paid, order.refunded = one.outcome.received - one.outcome.refunded, one.outcome.refunded
    order.payment_state = payment_status.status_of(order)
    if order.payment_state in Order.AWAITS_PAYMENT:
        payment_status.set_term(order, timezone.localdate(order.placed_at), payment_days)


def _set_amounts(order: Order, one: ImportedOrder) -> list[LineRow]:
    """The lines, and what they come to; what they leave of the total is a line of its own."""
    delivery = min(one.delivery or ZERO, order.total)
    rates = {line.rate for line in one.lines}
    rate = rates.pop() if len(rates) == 1 else ZERO
    order.items_gross = order.total - delivery
    lines = [_line(order, line) for line in _that_add_up(one.lines, order.items_gross, rate)]
    amounts = Amounts.of_gross(delivery, rate)
    order.delivery_vat_rate = rate if delivery else ZERO
    order.delivery_vat_category = _category(order.delivery_vat_rate)
    order.delivery_net, order.delivery_vat, order.delivery_gross = amounts.net, amounts.vat, amounts.gross
    order.total_vat = amounts.vat + sum(line.vat for line in lines)
    order.total_net = order.total - order.total_vat
    return lines


def _that_add_up(lines: list[ImportedLine], gross: Decimal, rate: Decimal) -> list[ImportedLine]:
    if len(lines) == 1 and lines[0].gross is None:
        lines[0].gross = gross
        return lines
    rest = gross - sum(line.gross or ZERO for line in lines)
    if not rest:
        return lines
    if rest < 0:
        name = _("Discount")
    elif all(line.gross is None for line in lines):
        name = _("Price of all items")
    else:
        name = _("Other charges")
    return [*lines, ImportedLine(name, "", 1, rest, rest, rate, "")]


def _line(order: Order, line: ImportedLine) -> LineRow:
    amounts = Amounts.of_gross(line.gross or ZERO, line.rate)
    shipping = line.shipped or order.shipping_state
    return LineRow(
        name=line.name or _("Order from previous shop"),
        sku=line.sku,
        quantity=line.quantity,
        sent=line.quantity if shipping == Order.ShippingState.SHIPPED else 0,
        unit_gross=rounded(amounts.gross / line.quantity) if line.unit is None else line.unit,
        vat_category=_category(line.rate),
        vat_country="",
        vat_rate=line.rate,
        net=amounts.net,
        vat=amounts.vat,
        gross=amounts.gross,
    )


def _category(rate: Decimal) -> str:
    """Why no VAT was charged, a file does not say."""
    return (VatCategory.STANDARD if rate else VatCategory.ZERO_RATED).value


def _payments(one: ImportedOrder, order: Order) -> list[tuple[Decimal, str, datetime]]:
    """What came in, and what went back: how much, by which method, and when."""
    received, refunded = one.outcome.received, one.outcome.refunded
    moments = [
        (received, one.paid_at or order.placed_at),
        (-refunded, one.cancelled_at or one.paid_at or order.placed_at),
    ]
    return [(amount, order.payment_method, at) for amount, at in moments if amount]
