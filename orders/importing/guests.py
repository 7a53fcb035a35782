"""The customers of a batch of orders: those of their addresses, and guests made for the others.

A guest's record takes the newest name and addresses, whichever way round the file stands. What is known from a later
order, or was entered by hand or by a file of customers, is not overwritten: there only what is missing is filled in.
Registered customers and staff are left alone.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import GeneratedField, Max, TextField
from django.db.models.functions import Cast, Coalesce

from customers.history import acting
from customers.importing.bulk_writing import database
from customers.models import Address, Customer, HistoryEntry, PostalAddress
from orders.importing.checking import ImportedOrder
from shopadmin.models import StoreSettings

TAKEN = (
    "first_name", "last_name", "phone", "language", "customer_type", "company_name", "coc_number", "vat_number",
    "ship_elsewhere", "created_at",
)  # fmt: skip


@dataclass
class Guest:
    """A record that takes over what orders say; `last` is the moment of what it knows already."""

    pk: int | None
    values: dict
    last: datetime | None = None
    has_address: bool = False
    addresses: dict[str, dict[str, str]] = field(default_factory=dict)
    changed_by: str = ""

    def take(self, order: ImportedOrder) -> None:
        """Take over what an order says: all of the newest, of an earlier one what is not known."""
        is_newer = self.last is None or order.placed_at > self.last
        news = _said_by(order) if is_newer else _missing(self.values, _said_by(order))
        if order.billing and (is_newer or not self.has_address):
            self.addresses = {kind: order.values[kind] for kind in ("billing", "shipping") if order.values[kind]}
            if order.shipping == order.billing:
                del self.addresses["shipping"]
            news["ship_elsewhere"] = "shipping" in self.addresses
            self.has_address = True
        if order.placed_at < self.values["created_at"]:
            news["created_at"] = order.placed_at
        if any(self.values[name] != value for name, value in news.items()) or order.billing:
            self.values.update(news)
            self.changed_by = order.number


def customers_of(orders: list[ImportedOrder]) -> dict[str, int]:
    """The id of the customer of each address, with their rows locked until the transaction ends."""
    owners = _locked(list({order.email for order in orders}))
    guests = _guests(set(owners.values()))
    fresh, language = {}, StoreSettings.current().first_language
    for order in _oldest_first(orders):
        if guest := guests.get(owners.get(order.email)):
            guest.take(order)
        elif order.email not in owners:
            guest = fresh.get(order.email) or _nobody_yet(order, language)
            guest.take(order)
            fresh[order.email] = guest
    _write_changes([guest for guest in guests.values() if guest.changed_by])
    return owners | _add(fresh)


def _oldest_first(orders: list[ImportedOrder]) -> list[ImportedOrder]:
    """By the moment they were placed; those of one day, written without times, as the file goes."""
    goes_back = orders[0].placed_at > orders[-1].placed_at
    return sorted(reversed(orders) if goes_back else orders, key=lambda order: order.placed_at)


def _locked(emails: list[str]) -> dict[str, int]:
    """The records to which addresses belong, always locked in the order of their ids."""
    while True:
        behind = _behind(emails)
        rows = Customer.objects.filter(pk__in=set(behind.values())).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))
        if _behind(emails) == behind:  # else some were merged or parted while this waited
            return behind


def _behind(emails: list[str]) -> dict[str, int]:
    found = Customer.objects.filter(email__in=emails).annotate(owner=Coalesce("merged_into", "pk"))
    return dict(found.values_list("email", "owner"))


def _guests(ids: set[int]) -> dict[int, Guest]:
    """Those of the records that nobody signs in with, and that may be changed."""
    rows = Customer.objects.guests().unrestricted().filter(pk__in=ids, is_staff=False)
    columns = (Cast(name, TextField()) if name == "phone" else name for name in TAKEN)
    with_address = set(Address.objects.filter(customer__in=ids, kind="billing").values_list("customer", flat=True))
    found = {}
    for pk, origin, last, *values in rows.values_list("pk", "origin", "last_order_at", *columns):
        known = dict(zip(TAKEN, values, strict=True))
        if origin != Customer.Origin.ORDER and last is None:
            last = datetime.max.replace(tzinfo=known["created_at"].tzinfo)
        found[pk] = Guest(pk, known, last, has_address=pk in with_address)
    return found


def _nobody_yet(order: ImportedOrder, language: str) -> Guest:
    known = dict.fromkeys(TAKEN, "") | {"customer_type": Customer.Type.PRIVATE.value, "ship_elsewhere": False}
    return Guest(None, known | {"language": language, "created_at": order.placed_at})


def _said_by(order: ImportedOrder) -> dict:
    """What an order says of its customer; a name counts as a whole."""
    said = {"phone": order.phone or order.mobile, "language": order.language}
    if order.company_name:
        said |= {"company_name": order.company_name, "customer_type": Customer.Type.BUSINESS.value}
        said |= {"coc_number": order.coc_number, "vat_number": order.vat_number}
    said = {name: value for name, value in said.items() if value}
    if order.first_name or order.last_name:
        said |= {"first_name": order.first_name or "", "last_name": order.last_name or ""}
    return said


def _missing(known: dict, said: dict) -> dict:
    has_name = known["first_name"] or known["last_name"]
    wanted = ("phone",) if has_name else ("phone", "first_name", "last_name")
    return {name: said[name] for name in wanted if name in said and not known[name]}


def _add(fresh: dict[str, Guest]) -> dict[str, int]:
    """Make a guest of each address that is new."""
    if not fresh:
        return {}
    made = dict(zip(fresh, database().new_ids(Customer, len(fresh)), strict=True))
    fields = [field for field in Customer._meta.concrete_fields if not isinstance(field, GeneratedField)]
    nobody = {field.name: field.get_db_prep_save(field.get_default(), connection) for field in fields}
    nobody["origin"] = Customer.Origin.ORDER.value
    rows = [
        tuple((nobody | guest.values | {"id": made[email], "email": email}).values()) for email, guest in fresh.items()
    ]
    addresses = [
        (made[email], kind, *(of_kind[name] for name in PostalAddress.FIELDS))
        for email, guest in fresh.items()
        for kind, of_kind in guest.addresses.items()
    ]
    with acting.adding():
        database().insert(Customer, list(nobody), rows)
        database().insert(Address, ["customer", "kind", *PostalAddress.FIELDS], addresses)
    return made


def _write_changes(guests: list[Guest]) -> None:
    """Write what guests took over; the history says from which order."""
    if not guests:
        return
    before = HistoryEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    database().update(Customer, list(TAKEN), [(guest.pk, *guest.values.values()) for guest in guests])
    Address.objects.bulk_create(
        [
            Address(customer_id=guest.pk, kind=kind, **fields)
            for guest in guests
            for kind, fields in guest.addresses.items()
        ],
        update_conflicts=True,
        unique_fields=["customer", "kind"],
        update_fields=PostalAddress.FIELDS,
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {HistoryEntry._meta.db_table} SET source = %s WHERE customer_id = %s AND id > %s",
            [(f"order {guest.changed_by}", guest.pk, before) for guest in guests],
        )
