"""What the search of orders looks at: composed from an order and what stands below it, and kept on its row.

Of an order whose customer was erased only the number stays; the database refuses anything else there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Lower

from customers.phones import e164_of
from customers.search.text import search_text
from shopadmin.lists.search_index import write_texts

OF_ORDER = ("number", "first_name", "last_name", "company_name", "email", "phone", "coc_number", "vat_number")
OF_LINE = ("name", "sku")
OF_ADDRESS = ("kind", "country", "postcode", "city")
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


@transaction.atomic
def write_search_texts(orders: models.QuerySet) -> dict[int, str]:
    """Compose the search texts of orders from what is stored, and write those that differ; all of them by id."""
    locked = orders.select_for_update(no_key=True).filter(erased_at=None).order_by("pk")
    rows = list(locked.values_list("pk", "search_text", *OF_ORDER))
    below = _below(orders.model, [pk for pk, *_ in rows])
    texts = {pk: composed(own, **{name: of_one[pk] for name, of_one in below.items()}) for pk, _text, *own in rows}
    if differing := {pk: texts[pk] for pk, text, *_own in rows if texts[pk] != text}:
        write_texts(orders.model, differing)
    return texts


def _below(model: type[models.Model], ids: list[int]) -> dict[str, dict[int, Sequence]]:
    """Lines, addresses and tracking numbers of these orders, by id of the order."""
    lines, addresses, shipments = (
        relation.rel.related_model.objects.filter(order__in=ids).order_by("order", "id")
        for relation in (model.lines, model.addresses, model.shipments)
    )
    numbers = defaultdict(list)
    for pk, number in shipments.exclude(tracking_number="").values_list("order", "tracking_number"):
        numbers[pk].append(number)
    return {
        "lines": _by_order(lines.values_list("order", *OF_LINE)),
        "addresses": _by_order(addresses.values_list("order", *OF_ADDRESS)),
        "tracking": numbers,
    }


def _by_order(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    found = defaultdict(list)
    for pk, group in groupby(rows, key=itemgetter(0)):
        found[pk] = [tuple(columns) for _pk, *columns in group]
    return found
