"""Cells of a file of orders → values, or why not. Those of people and addresses are read as in a file of customers."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice

from django.utils.translation import gettext as _

from customers.importing import dates, values
from customers.importing.checking import SAMPLE
from customers.importing.empty_cells import IN_TEXTS
from customers.importing.reading import Source
from customers.importing.values import Refusal
from customers.models import PostalAddress
from orders.importing import amounts, states
from orders.importing.columns import ADDRESSES, OF_LINE, OF_ORDER
from orders.importing.hints import is_in_utc
from orders.models import Order, OrderLine
from shopadmin.models import StoreSettings

NUMBER = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9._-]{1,20}")
WHOLE = re.compile(r"([0-9]{1,6})(?:[.,]0+)?")
AMOUNTS = ("total", "amount_paid", "refunded", "delivery", "unit_price", "line_total")
MOMENTS = ("placed_at", "paid_at", "cancelled_at")
# What says that there is nothing; a nought says something of money, pieces and states.
NOTHING = dict.fromkeys((*(column.name for column in (*OF_ORDER, *OF_LINE)),), IN_TEXTS) | {"number": frozenset()}
STATES = {
    "state": states.state, "paid": states.payment, "shipped": states.shipping, "line_shipped": states.shipping
}  # fmt: skip
LENGTHS = {
    "first_name": 100, "last_name": 100, "last_name_prefix": 40, "full_name": 200, "company_name": 150,
    "coc_number": 40, "vat_number": 20,
}  # fmt: skip


def readers(source: Source, places: dict[str, list[int]]) -> dict[str, Callable]:
    """What reads the cells of each column but those that depend on the country, for the shop as it is now."""
    store = StoreSettings.current()
    amount = partial(_with, amounts.amount, store.currency)
    found: dict[str, Callable] = dict.fromkeys(AMOUNTS, amount)
    found |= {name: partial(_state, meaning) for name, meaning in STATES.items()}
    found |= {name: _moments(source, places.get(name, ())) for name in MOMENTS}
    found |= {name: values.text(most, "") for name, most in LENGTHS.items()}
    found |= {column.name: values.text(_length(column.name), "") for column in ADDRESSES}
    found |= {f"{kind}_country": values.country for kind in ("billing", "shipping")}
    return found | {
        "number": _number,
        "email": values.email,
        "currency": partial(_with, amounts.currency, store.currency),
        "vat_rate": vat_rate,
        "quantity": _quantity,
        "language": values.language,
        "item": values.text(OrderLine._meta.get_field("name").max_length, ""),
        "sku": values.text(OrderLine._meta.get_field("sku").max_length, ""),
        "delivery_name": values.text(Order._meta.get_field("delivery_name").max_length, ""),
        "order_note": values.text(Order._meta.get_field("order_note").max_length, "", lines=True),
    }


def _moments(source: Source, places: Sequence[int]) -> Callable:
    """What reads a column of moments, in the zone that its title names."""
    zone = dates.UTC if any(is_in_utc(source.header[place]) for place in places) else None
    return partial(dates.created_at, order=_order_of_dates(source, places), zone=zone)


def _order_of_dates(source: Source, places: Sequence[int]) -> str:
    """Whether a column of dates with slashes has the day first, as far as its first rows tell."""
    rows = islice(source.rows(), SAMPLE if places else 0)
    return dates.order_of(row.cells[place].strip() for row in rows for place in places if place < len(row.cells))


def number_of(cell: str) -> str:
    """An order's number as the old shop wrote it, without the sign before it."""
    return cell.strip().removeprefix("#").strip()


def _length(name: str) -> int:
    return PostalAddress._meta.get_field(name.split("_", 1)[1]).max_length


def _with(read: Callable, currency: str, cell: str):
    return read(cell, currency)


def _number(cell: str) -> str | Refusal:
    number = number_of(cell)
    reason = _("An order number has up to 20 letters, digits and - . _, including at least 1 digit.")
    return number if NUMBER.fullmatch(number) else Refusal(reason)


def vat_rate(cell: str) -> Decimal | Refusal:
    """A rate in percent, with one decimal at most; below 1 it is a share of a spreadsheet's, such as 0.21."""
    bare = cell.removesuffix("%").strip().replace(",", ".")
    is_rate = re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,4})?", bare) and Decimal(bare) == round(Decimal(bare), 1)
    return Decimal(bare) if is_rate and not 0 < Decimal(bare) < 1 else Refusal(_("Enter a VAT rate, such as 21."))


def _quantity(cell: str) -> int | Refusal:
    found = WHOLE.fullmatch(cell)
    return int(found[1]) if found and int(found[1]) else Refusal(_("Enter a whole number of 1 or more."))


def _state(read: Callable, cell: str) -> states.Meaning | Refusal:
    found = read(cell)
    return found if found is not None else Refusal(_("This status is not recognised."))
