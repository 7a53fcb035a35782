"""What the history tracks of a customer, and what it tells, to be held against each other."""

from collections.abc import Callable

from django.db.models import Max
from django.utils.dateparse import parse_datetime

from customers.history.triggers import OF_ADDRESSES, TRACKED
from customers.models import Customer, HistoryEntry

Changes = dict[str, tuple[str, str]]


def tracked_values(customer: Customer) -> dict[str, str]:
    """Every value that is there, by the name that the history gives it."""
    row = Customer.objects.get(pk=customer.pk)
    values = {field.column: _written(getattr(row, field.attname)) for field in TRACKED}
    for address in row.addresses.all():
        values |= {
            f"{address.kind}.{field.column}": _written(getattr(address, field.attname)) for field in OF_ADDRESSES
        }
    return {name: value for name, value in values.items() if value}


def changed_and_told(customer: Customer, act: Callable[[], object]) -> tuple[Changes, Changes]:
    """What changed of a customer while something was done, and what the history has of it: from what to what."""
    before, last = tracked_values(customer), HistoryEntry.objects.aggregate(last=Max("pk", default=0))["last"]
    act()
    after = tracked_values(customer)
    names = {name for name in before | after if before.get(name) != after.get(name)}
    return {name: (before.get(name, ""), after.get(name, "")) for name in names}, _told(customer, last)


def _told(customer: Customer, last: int) -> Changes:
    told: Changes = {}
    for entry in customer.history.filter(pk__gt=last).exclude(field__in=["created", "merged", "tag"]).order_by("pk"):
        old = told[entry.field][0] if entry.field in told else _moment_or(entry.old)
        told[entry.field] = (old, _moment_or(entry.new))
    return {name: (old, new) for name, (old, new) in told.items() if old != new}


def _written(value) -> str:
    """A value as the triggers write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _moment_or("" if value is None else getattr(value, "as_e164", None) or str(value))


def _moment_or(value: str) -> str:
    """A moment without its zone, which each database writes in its own way; anything else as it is."""
    moment = parse_datetime(value) if len(value) > 10 else None
    return moment.replace(tzinfo=None, microsecond=0).isoformat() if moment else value
