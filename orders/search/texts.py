"""What the search of orders looks at: composed from an order and what stands below it, and kept on its row.

Of an order whose customer was erased only the number stays; the database refuses anything else there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db import transaction

from customers.phones import e164_of
from customers.search.text import search_text
from shopadmin.lists.search_index import write_texts

if TYPE_CHECKING:
    from orders.models import Order, OrderAddress, OrderLine, Shipment

OF_ORDER = ("number", "first_name", "last_name", "company_name", "email", "phone", "coc_number", "vat_number")
OF_LINE = ("name", "sku")
OF_ADDRESS = ("kind", "country", "postcode", "city")


def text_of(
    order: "Order",
    *,
    lines: Iterable["OrderLine"] = (),
    addresses: Iterable["OrderAddress"] = (),
    shipments: Iterable["Shipment"] = (),
) -> str:
    """The search text of an order that is not erased, from objects that need not be saved yet."""
    return composed(
        [getattr(order, name) for name in OF_ORDER],
        lines=[(line.name, line.sku) for line in lines],
        addresses=[(address.kind, str(address.country), address.postcode, address.city) for address in addresses],
        tracking=[shipment.tracking_number for shipment in shipments],
    )


def composed(own: Sequence[str], *, lines: Sequence[tuple], addresses: Sequence[tuple], tracking: Sequence[str]) -> str:
    """The same from columns, in the order in which `OF_ORDER`, `OF_LINE` and `OF_ADDRESS` name them."""
    number, *names, email, phone, coc_number, vat_number = own
    country = next((country for kind, country, *_ in addresses if kind == "billing"), "")
    return search_text(
        number,
        names=names,
        email=email,
        phones=[e164_of(phone, country) or phone] if phone else [],
        places=dict.fromkeys(place for _kind, _country, *places in addresses for place in places),
        codes=[coc_number, vat_number, *(sku for _name, sku in lines), *tracking],
        words=[name for name, _sku in lines],
    )


@transaction.atomic
def write_search_texts(ids: Iterable[int]) -> dict[int, str]:
    """Compose the search texts of many orders from what is stored, and write those that differ; all of them by id."""
    from orders.models import Order

    locked = Order.objects.select_for_update(no_key=True).filter(pk__in=list(ids), erased_at=None).order_by("pk")
    rows = list(locked.values_list("pk", "search_text", *OF_ORDER))
    below = _below([pk for pk, *_ in rows])
    texts = {pk: composed(own, **{name: of_one[pk] for name, of_one in below.items()}) for pk, _text, *own in rows}
    if differing := {pk: texts[pk] for pk, text, *_own in rows if texts[pk] != text}:
        write_texts(Order, differing)
    return texts


def write_all_search_texts(ids: list[int]) -> None:
    """The same for orders of which some may be erased; of those the number stays."""
    from orders.models import Order
    from orders.models.order import TEXT_OF_ERASED

    write_search_texts(ids)
    erased = Order.objects.filter(pk__in=ids, erased_at__isnull=False)
    erased.exclude(search_text=TEXT_OF_ERASED).update(search_text=TEXT_OF_ERASED)


def _below(ids: list[int]) -> dict[str, dict[int, Sequence]]:
    """Lines, addresses and tracking numbers of these orders, by id of the order."""
    from orders.models import OrderAddress, OrderLine, Shipment

    tracked = Shipment.objects.exclude(tracking_number="").filter(order__in=ids)
    numbers = defaultdict(list)
    for pk, number in tracked.order_by("order", "id").values_list("order", "tracking_number"):
        numbers[pk].append(number)
    lines = OrderLine.objects.filter(order__in=ids).order_by("order", "id").values_list("order", *OF_LINE)
    addresses = OrderAddress.objects.filter(order__in=ids).order_by("order", "id")
    return {
        "lines": _by_order(lines),
        "addresses": _by_order(addresses.values_list("order", *OF_ADDRESS)),
        "tracking": numbers,
    }


def _by_order(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    found = defaultdict(list)
    for pk, group in groupby(rows, key=itemgetter(0)):
        found[pk] = [tuple(columns) for _pk, *columns in group]
    return found
