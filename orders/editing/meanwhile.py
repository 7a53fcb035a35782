"""Changes that somebody else saved while an order was being edited.

The form carries what its editor saw (`seen`). Fields that the editor left alone take the others' values; where both
changed one, both values are shown.
"""

import json
from decimal import Decimal
from typing import NamedTuple

from django.http import QueryDict

from customers.models import PostalAddress
from orders.editing.edited import CONTACT, Edited
from shopadmin.edit_conflicts import settle
from shopadmin.rendering.money_field import MoneyInput


class Meanwhile(NamedTuple):
    """A field that somebody else changed: what it is now, and what this editor typed if that is another value."""

    name: str
    theirs: str
    mine: str | None


def snapshot(as_is: Edited) -> dict[str, str]:
    """The values of an order by the names of the form's fields, for the form to carry."""
    order, addresses = as_is.order, as_is.addresses
    seen = {name: getattr(order, name) for name in (*CONTACT, "payment_method", "delivery_name")}
    seen["ship_elsewhere"] = "on" if "shipping" in addresses else ""
    for kind, address in addresses.items():
        seen |= {f"{kind}-{name}": address[name] for name in PostalAddress.FIELDS}
    for priced in as_is.lines:
        if priced.line:
            seen[f"quantity-{priced.line.pk}"] = str(priced.quantity)
            seen[f"line-discount-{priced.line.pk}"] = _typed(priced.own_discount)
    return seen | {"order_discount": _typed(sum((priced.share for priced in as_is.lines), Decimal("0.00")))}


def _typed(amount: Decimal) -> str:
    return str(MoneyInput().format_value(amount)) if amount else ""


def caught_up(data: QueryDict, now: dict[str, str]) -> tuple[QueryDict, list[Meanwhile]]:
    """The form's data with the others' values in the fields that this editor left alone; and what others changed."""
    seen, data, found = _seen(data, now), data.copy(), []
    for name in {**seen, **now}:
        was, theirs = seen.get(name, ""), now.get(name, "")
        if was == theirs:
            continue
        mine = data.get(name, "").strip()
        both = settle(was, mine, theirs) == "both"
        if theirs and not both:
            data[name] = theirs
        elif not both or name not in now:
            data.pop(name, None)
        found.append(Meanwhile(name, theirs, mine if both else None))
    data["seen"] = json.dumps(now)
    return data, found


def _seen(data: QueryDict, now: dict[str, str]) -> dict[str, str]:
    """What the editor saw; what there is now where the form does not say, or says nonsense."""
    try:
        seen = json.loads(data.get("seen", ""))
    except (ValueError, RecursionError):
        return now
    is_ours = isinstance(seen, dict) and all(isinstance(value, str) for value in seen.values())
    return seen if is_ours else now
