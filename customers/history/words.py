"""What the history holds, in words: who changed which field from what to what."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries
from phonenumber_field.modelfields import PhoneNumberField

from customers.history.sources import source_in_words
from customers.history.timeline import Entry
from customers.history.triggers import OF_ADDRESSES, TRACKED
from customers.models import Address, Customer, HistoryEntry
from customers.models.history import ActorKind
from customers.names import full_name
from shopadmin.lists.json_rows import JSONRows, parsed_datetime
from shopadmin.locale_choices import language_name
from shopadmin.rendering import formats

# The most rows that one save can write: every field of the customer and of two addresses, and some tags.
ROWS_OF_A_SAVE = len(TRACKED) + 2 * len(OF_ADDRESSES) + 5
ONE_SAVE = timedelta(seconds=2)
NAMES = ("first_name", "initials", "last_name", "email")


def rows_of_changes(before: datetime, limit: int) -> JSONRows:
    """The newest changes of a customer, enough for so many entries, with who made them."""
    rows = HistoryEntry.objects.filter(customer=OuterRef("pk"), at__lt=before).order_by("-at", "-id")
    columns = {name: F(name) for name in ("at", "actor_kind", "actor_id", "source", "field", "old", "new", "seen")}
    return JSONRows(rows[: limit * ROWS_OF_A_SAVE], **columns, **name_columns("actor"))


def changes_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    """The timeline's entries on changes: one for what one person changed at one moment."""
    return (_entry(save) for save in saves({**row, "at": parsed_datetime(row["at"])} for row in rows))


def name_columns(person: str) -> dict[str, F]:
    """The columns that name a person of another row, for `named`."""
    return {f"{person}_{name}": F(f"{person}__{name}") for name in NAMES}


def named(row: dict, person: str) -> str:
    """What the person of such a row is called; empty where there is none."""
    first, initials, last, email = (row[f"{person}_{name}"] or "" for name in NAMES)
    return full_name(first, initials, last) or email


def actor_name(entry: HistoryEntry) -> str:
    """Who did it, as a reader would name them; empty for a shopper who was not signed in."""
    return _name_of(entry.actor_kind, str(entry.actor or ""))


def _name_of(kind: str, name: str) -> str:
    return name or ("" if kind == ActorKind.SHOPPER else ActorKind(kind).label)


def field_label(field: str) -> str:
    """The words for a field of the history: `billing.city` is `Billing address: city`."""
    if field == "tag":
        return _("Tag")
    if field == HistoryEntry.ORDER:
        return _("Order")
    kind, dot, name = field.rpartition(".")
    try:
        label = (Address if dot else Customer)._meta.get_field(name).verbose_name
    except FieldDoesNotExist:
        return field
    return f"{Address.Kind(kind).label}: {label}" if dot else capfirst(label)


def change_shown(row: dict) -> tuple[str, str, str]:
    """A row as people read it: field, old value, new value."""
    field = row["field"]
    return field_label(field), value_shown(field, row["old"]), value_shown(field, row["new"])


def value_shown(field: str, value: str) -> str:
    """A value of the history as people read it."""
    name = field.rpartition(".")[2]
    show = SHOWN.get(name) or _shown_by_kind(name)
    return show(value) if value else value


@cache
def _shown_by_kind(name: str) -> Callable[[str], str]:
    """What words the values of a customer's field; as they are where it has none of that name."""
    try:
        field = Customer._meta.get_field(name)
    except FieldDoesNotExist:
        return str
    if field.is_relation:
        return str
    if field.choices:
        return lambda value: str(dict(field.flatchoices).get(value, value))
    return next((show for kind, show in BY_KIND.items() if isinstance(field, kind)), str)


def saves(rows: Iterable[dict]) -> Iterator[list[dict]]:
    """The rows of each save, of rows newest first; SQLite's clock moves on within one."""
    save: list[dict] = []
    for row in rows:
        if save and not _go_together(save[-1], row):
            yield save
            save = []
        save.append(row)
    if save:
        yield save


def _go_together(newer: dict, older: dict) -> bool:
    is_same = all(newer[name] == older[name] for name in ("actor_kind", "actor_id", "source"))
    return is_same and newer["at"] - older["at"] < ONE_SAVE


def _entry(group: list[dict]) -> Entry:
    created = next((row for row in group if row["field"] == "created"), None)
    merged = next((row for row in group if row["field"] in MERGED), None)
    changed = [row for row in reversed(group) if row not in (created, merged) and not (created and _is_first(row))]
    return Entry(
        at=group[0]["at"],
        icon="merge" if merged else "user" if created else "edit",
        text=_merge(merged) if merged else _origin(created) if created else _sentence(group[0]),
        changes=[change_shown(row) for row in changed],
        is_new=not all(row["seen"] for row in group),
    )


def _is_first(row: dict) -> bool:
    """Whether it is a part of the address that a new record came with: the whole of it stands on the page."""
    return "." in row["field"] and not row["old"]


def _sentence(row: dict) -> SafeString:
    kind, name = row["actor_kind"], _name_of(row["actor_kind"], named(row, "actor"))
    if kind == ActorKind.MERCHANT:
        return format_html(_("<strong>{name}</strong> updated this customer"), name=name)
    if kind == ActorKind.SHOPPER and name:
        return format_html(_("<strong>{name}</strong> updated their details in the shop"), name=name)
    if kind == ActorKind.SHOPPER:
        where = source_in_words(row["source"])
        return format_html(_("Updated in the shop without signing in, {where}"), where=where)
    if kind == ActorKind.COMMAND:
        return format_html(_("Updated by command {source}"), source=row["source"])
    return format_html("{}", _("Updated in the database"))


def _merge(row: dict) -> SafeString:
    """That two records became one or were parted, on either of them."""
    with_name, without = MERGED[row["field"]][bool(row["new"])]
    name, number = _name_of(row["actor_kind"], named(row, "actor")), row["new"] or row["old"]
    other = format_html('<a href="{}">#{}</a>', reverse("customer", args=[number]), number)
    is_person = row["actor_kind"] == ActorKind.MERCHANT
    return format_html(str(with_name if is_person else without), name=name, other=other)


def _origin(created: dict) -> SafeString:
    words = {
        Customer.Origin.ORDER: _("Created by an order"),
        Customer.Origin.SIGN_UP: _("Created an account in the shop"),
        Customer.Origin.MERCHANT: _("Added in the backoffice"),
        Customer.Origin.IMPORT: _("Imported"),
    }
    sentence = words.get(created["new"], created["new"])
    if created["actor_kind"] == ActorKind.MERCHANT:
        name = _name_of(created["actor_kind"], named(created, "actor"))
        return format_html(_("{sentence} by <strong>{name}</strong>"), sentence=sentence, name=name)
    return format_html("{}", sentence)


def _yes_or_no(value: str) -> str:
    return _("yes") if value.lower() in {"true", "1"} else _("no")


def _phone(value: str) -> str:
    number = Customer._meta.get_field("phone").to_python(value)
    return str(number) if number else value


def _day(value: str) -> str:
    parsed: date | None = parse_date(value)
    return formats.day(parsed) if parsed else value


def _time(value: str) -> str:
    parsed = parse_datetime(value)
    if parsed and parsed.tzinfo is None:
        parsed = models.DateTimeField().to_python(value + "+00:00")
    return formats.moment(parsed) if parsed else value


# By field, and whether it was merged or parted: with who did it, and without.
MERGED = {
    "merged": {
        True: (gettext_lazy("<strong>{name}</strong> merged customer {other} into this customer"),
               gettext_lazy("Customer {other} was merged into this customer")),
        False: (gettext_lazy("<strong>{name}</strong> undid the merge of customer {other} into this customer"),
                gettext_lazy("The merge of customer {other} into this customer was undone")),
    },
    "merged_into_id": {
        True: (gettext_lazy("<strong>{name}</strong> merged this customer into customer {other}"),
               gettext_lazy("This customer was merged into customer {other}")),
        False: (gettext_lazy("<strong>{name}</strong> undid the merge into customer {other}"),
                gettext_lazy("The merge into customer {other} was undone")),
    },
}  # fmt: skip
# DateTimeField first: each is a DateField too.
BY_KIND = {
    models.BooleanField: _yes_or_no,
    PhoneNumberField: _phone,
    models.DateTimeField: _time,
    models.DateField: _day,
}
# Values whose words the kind of their field does not tell, and a switch of the form that is no field.
SHOWN = {
    "awaiting_approval": _yes_or_no,
    "country": lambda code: countries.name(code) or code,
    "language": language_name,
}
