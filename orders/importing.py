"""Past orders from a CSV file, one row each, so that customers bring their history with them.

Whoever is not known yet becomes a guest, as with every order. Each order is a transaction of its own, known by its
number: taking in a file again, or what a killed run has left, adds what is missing. Nobody is mailed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.importing import values
from customers.importing.checking import Reject
from customers.importing.reading import Row, Source, Unreadable, examine
from customers.importing.rejects import RejectsFile
from customers.importing.values import Refusal
from customers.models import Customer, PostalAddress
from customers.search import fold
from orders import payment_status, tallies
from orders.guests import customer_for, join_customer
from orders.models import Order, OrderAddress, OrderLine, Payment
from orders.payment_methods import BankTransfer
from orders.totals import ZERO, line_amounts, rounded
from shopadmin.forms.money import amount_of
from shopadmin.models import StoreSettings

NEEDED = ("number", "email", "placed_at", "total")
PERSON = {"first_name": 100, "last_name": 100, "company_name": 150, "item": 120}
ADDRESS = tuple(f"billing_{name}" for name in PostalAddress.FIELDS)
COLUMNS = (*NEEDED, "vat_rate", *PERSON, "phone", "state", "paid", "shipped", *ADDRESS)
NUMBER = re.compile(r"[A-Za-z]{0,4}[0-9]{1,12}")
MOST = 10**9
BATCH = 200


@dataclass
class Outcome:
    """What came of a file of orders."""

    created: int = 0
    there: int = 0
    refused: int = 0


def take_in(path: Path, *, rejects: Path, encoding: str = "", dry_run: bool = False) -> Outcome:
    """Import a file of orders; Unreadable, with the reason, where nothing of it can be."""
    source = examine(path, encoding=encoding)
    reader = _Reader(source)
    refused = RejectsFile(rejects, header=source.header, delimiter=source.delimiter)
    refused.go_on_after(0)
    outcome, rows = Outcome(), source.rows()
    with timezone.override(ZoneInfo(StoreSettings.current().time_zone)):
        while batch := list(islice(rows, BATCH)):
            found = [_take_in_row(reader, row, outcome, dry_run=dry_run) for row in batch]
            refused.write([reject for reject in found if reject])
            refused.confirm()
    return outcome


def _take_in_row(reader: "_Reader", row: Row, outcome: Outcome, *, dry_run: bool) -> Reject | None:
    found = reader.read(row)
    there = None if isinstance(found, Reject) else Order.objects.filter(number=found["number"]).first()
    if there and there.email not in ("", found["email"]):
        reason = _("There is an order with this number, by another address.")
        found = Reject(row.line, reader.title("number"), reason, row.cells)
    if isinstance(found, Reject):
        outcome.refused += 1
        return found
    if there is None and not dry_run:
        _write(found)
    outcome.there += there is not None
    outcome.created += there is None
    return None


class _Reader:
    """What reads the rows of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        keys = [fold(title).replace(" ", "_") for title in source.header]
        self.places = {name: keys.index(name) for name in COLUMNS if name in keys}
        self.places.setdefault("email", source.fields.index("email"))
        if missing := [name for name in NEEDED if name not in self.places]:
            raise Unreadable(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})

    def title(self, name: str) -> str:
        return self.source.header[self.places[name]]

    def read(self, row: Row) -> dict[str, object] | Reject:
        """The values of a row, or what is wrong with it."""
        if row.problem or len(row.cells) != len(self.source.header):
            words = {"count": len(row.cells), "columns": len(self.source.header)}
            reason = row.problem or _("The row has %(count)s cells, the header %(columns)s.") % words
            return Reject(row.line, self.source.header[0], reason, row.cells)
        cells = {name: row.cells[place].strip() for name, place in self.places.items()}
        found = {name: _value(name, cell, cells) for name, cell in cells.items()}
        wrong = [(self.title(name), value.reason) for name, value in found.items() if isinstance(value, Refusal)]
        if not wrong:
            return found
        columns, reasons = (" / ".join(dict.fromkeys(words)) for words in zip(*wrong, strict=True))
        return Reject(row.line, columns, reasons, row.cells)


def _value(name: str, cell: str, cells: dict[str, str]) -> object:
    if not cell:
        return Refusal(_("This is needed.")) if name in NEEDED else None
    if "\0" in cell or "\ufffd" in cell:
        return Refusal(_("It holds bytes that are no letters."))
    if name in READ:
        return READ[name](cell)
    if name == "phone":
        country = values.country(cells.get("billing_country", ""))
        return values.phone(cell, country if isinstance(country, str) else _home())
    model, field = (OrderAddress, name.removeprefix("billing_")) if name in ADDRESS else (Order, name)
    most = PERSON.get(name) or model._meta.get_field(field).max_length
    return values.text(most, "")(cell)


def _number(cell: str) -> str | Refusal:
    number, reason = cell.removeprefix("#"), _("An order's number is digits, with up to 4 letters before.")
    return number if NUMBER.fullmatch(number) else Refusal(reason)


def _amount(cell: str) -> Decimal | Refusal:
    written = Refusal(_("Please write an amount such as 148.50."))
    try:
        amount = amount_of(cell)
    except ValueError:
        return written
    return amount if 0 <= amount < MOST and amount == rounded(amount) else written


def _rate(cell: str) -> Decimal | Refusal:
    rate = _amount(cell.removesuffix("%").strip())
    return rate if isinstance(rate, Decimal) and rate < 100 else Refusal(_("Please write a rate such as 21."))


def _state(cell: str) -> str | Refusal:
    past = (Order.State.COMPLETED, Order.State.CANCELLED)
    return cell.lower() if cell.lower() in past else Refusal(_("Please write completed or cancelled."))


READ = {
    "number": _number,
    "email": values.email,
    "placed_at": values.created_at,
    "total": _amount,
    "vat_rate": _rate,
    "state": _state,
    "paid": values.yes_or_no,
    "shipped": values.yes_or_no,
    "billing_country": values.country,
}


def _home() -> str:
    return str(StoreSettings.current().country)


@transaction.atomic
def _write(row: dict[str, object]) -> None:
    """One order with its line, address and payment, counted in; its customer is there or made."""
    rate = row.get("vat_rate") or ZERO
    amounts = line_amounts(row["total"], 1, rate)
    order = _order(row)
    order.items_gross = order.total = amounts.gross
    order.total_net, order.total_vat = amounts.net, amounts.vat
    address = _address(row)
    if Customer.objects.behind(order.email).exists():
        order.customer = customer_for(order)
    else:
        join_customer(order, details={"marketing_consent": False}, addresses=address)
    payment_status.begin(order)
    order.save()
    _add_to(order, row, rate, address)
    _count(order)


def _order(row: dict[str, object]) -> Order:
    store, is_done = StoreSettings.current(), row.get("state") != Order.State.CANCELLED
    is_paid = row["paid"] if row.get("paid") is not None else is_done
    is_shipped = row["shipped"] if row.get("shipped") is not None else is_done
    return Order(
        **{name: row.get(name) or "" for name in ("first_name", "last_name", "company_name", "phone")},
        number=row["number"],
        email=row["email"],
        placed_at=row["placed_at"],
        channel=Order.Channel.IMPORT,
        state=row.get("state") or Order.State.COMPLETED,
        shipping_state=Order.ShippingState.SHIPPED if is_shipped else Order.ShippingState.NOT_SHIPPED,
        paid=row["total"] if is_paid else ZERO,
        customer_type=Customer.Type.BUSINESS if row.get("company_name") else Customer.Type.PRIVATE,
        language=store.first_language,
        currency=store.currency,
        payment_method=BankTransfer.code,
    )


def _address(row: dict[str, object]) -> dict[str, dict[str, str]]:
    fields = {name: row.get(f"billing_{name}") or "" for name in PostalAddress.FIELDS}
    if not any(value for name, value in fields.items() if name != "country"):
        return {}
    return {"billing": fields | {"country": fields["country"] or _home()}}


def _add_to(order: Order, row: dict[str, object], rate: Decimal, address: dict[str, dict[str, str]]) -> None:
    amounts = line_amounts(order.total, 1, rate)
    sent = order.shipping_state == Order.ShippingState.SHIPPED
    OrderLine.objects.create(
        order=order,
        name=row.get("item") or _("Order in the former shop"),
        quantity=1,
        sent=int(sent),
        unit_gross=order.total,
        vat_rate=rate,
        net=amounts.net,
        vat=amounts.vat,
        gross=amounts.gross,
    )
    for kind, fields in address.items():
        OrderAddress.objects.create(order=order, kind=kind, **fields)
    if order.paid:
        Payment.objects.create(order=order, amount=order.paid, method=order.payment_method, at=order.placed_at)
    order.events.create(kind="placed", at=order.placed_at)


def _count(order: Order) -> None:
    """The customer's tallies, and since when they are one."""
    tallies.recount(order.customer)
    made_by_it = Customer.objects.filter(pk=order.customer_id, origin=Customer.Origin.ORDER)
    made_by_it.filter(created_at__gt=order.placed_at).update(created_at=order.placed_at)
