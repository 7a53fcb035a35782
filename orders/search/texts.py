"""What the list of orders finds one by: its search text, its country, and whether there is anything to pack.

All of it is worked out and kept on the order's row, with whether services alone are left to do.

The text is composed from the order and what stands below it. Of an order whose customer was erased only the number
stays; the database refuses anything else there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Lower

from customers.phones import e164_of
from customers.search.text import search_text
from shopadmin.lists.search_index import write_texts

OF_ORDER = ("number", "first_name", "last_name", "company_name", "email", "phone", "coc_number", "vat_number")
OF_LINE = ("name", "sku")
OF_ADDRESS = ("kind", "country", "postcode", "city")
UNSENT = F("quantity") - F("sent") - F("withdrawn_unsent") - F("refunded_unsent")
# The country of an order that a process of the release before wrote; see orders/delivery/catching_up.py.
NOT_WORKED_OUT = "??"
TEXT_OF_ERASED = Concat(Value(" "), Lower("number"), Value(" "), output_field=models.TextField())


def composed(
    own: Sequence[str], *, lines: Sequence[tuple], addresses: Sequence[tuple], tracking: Sequence[str] = ()
) -> str:
    """The search text of columns in the order in which `OF_ORDER`, `OF_LINE` and `OF_ADDRESS` name them."""
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


def country_of(addresses: Iterable[Sequence], *, stored: str = "") -> str:
    """The country that an order goes to: its shipping address's, or else its billing address's.

    Without an address it stays what is stored.
    """
    countries = {kind: country for kind, country, *_rest in addresses}
    return countries.get("shipping") or countries.get("billing") or stored.replace(NOT_WORKED_OUT, "")


def has_goods_in(are_services: Iterable[bool]) -> bool:
    """Whether an order of such lines has anything to pack; one without lines may have had."""
    are_services = list(are_services)
    return not are_services or not all(are_services)


def only_services_in(lines: Iterable[tuple[bool, int]]) -> bool:
    """Whether services are all that is left to do, from whether each line is one and how many of it are unsent.

    Where nothing is left, it says so of an order of services alone.
    """
    lines = list(lines)
    return not has_goods_in([is_service for is_service, unsent in lines if unsent] or [one for one, _unsent in lines])


class Derived(NamedTuple):
    """What is worked out of an order and what stands below it, by the names of the order's columns."""

    search_text: str
    delivery_country: str
    has_goods: bool
    only_services_left: bool


@transaction.atomic
def write_derived_fields(orders: models.QuerySet) -> dict[int, Derived]:
    """Work out these columns of orders from what is stored, and write those that differ; all by id.

    An order that was erased keeps its text, and its country once its addresses are gone.
    """
    locked = orders.select_for_update(no_key=True).order_by("pk")
    rows = list(locked.values_list("pk", "erased_at", *Derived._fields, *OF_ORDER))
    below = _below(orders.model, [pk for pk, *_ in rows])
    stored, found = {}, {}
    for pk, erased_at, *columns in rows:
        kept, own = Derived(*columns[: -len(OF_ORDER)]), columns[-len(OF_ORDER) :]
        of_one = {name: rows_of[pk] for name, rows_of in below.items()}
        left = of_one.pop("left")
        stored[pk] = kept
        found[pk] = Derived(
            kept.search_text if erased_at else composed(own, **of_one),
            country_of(of_one["addresses"], stored=kept.delivery_country),
            has_goods_in(is_service for is_service, _unsent in left),
            only_services_in(left),
        )
    _write_differing(orders.model, stored, found)
    return found


def _write_differing(model: type[models.Model], stored: dict[int, Derived], found: dict[int, Derived]) -> None:
    if texts := {pk: new.search_text for pk, new in found.items() if new.search_text != stored[pk].search_text}:
        write_texts(model, texts)
    changed = defaultdict(list)
    for pk, new in found.items():
        for name in ("delivery_country", "has_goods", "only_services_left"):
            if getattr(new, name) != getattr(stored[pk], name):
                changed[name, getattr(new, name)].append(pk)
    for (name, value), ids in changed.items():
        model.objects.filter(pk__in=ids).update(**{name: value})


def _below(model: type[models.Model], ids: list[int]) -> dict[str, dict[int, Sequence]]:
    """Lines, what is left of each, addresses and tracking numbers of these orders, by id of the order."""
    lines, addresses, shipments = (
        relation.rel.related_model.objects.filter(order__in=ids).order_by("order", "id")
        for relation in (model.lines, model.addresses, model.shipments)
    )
    numbers = defaultdict(list)
    for pk, number in shipments.exclude(tracking_number="").values_list("order", "tracking_number"):
        numbers[pk].append(number)
    of_lines = list(lines.values_list("order", "is_service", UNSENT, *OF_LINE))
    return {
        "lines": _by_order((pk, *words) for pk, _is_service, _unsent, *words in of_lines),
        "left": _by_order((pk, is_service, unsent) for pk, is_service, unsent, *_words in of_lines),
        "addresses": _by_order(addresses.values_list("order", *OF_ADDRESS)),
        "tracking": numbers,
    }


def _by_order(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    found = defaultdict(list)
    for pk, group in groupby(rows, key=itemgetter(0)):
        found[pk] = [tuple(columns) for _pk, *columns in group]
    return found
