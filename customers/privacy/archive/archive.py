"""Everything held on a person, for the answer to an access request (GDPR, art. 15).

Each app adds sections that say what it holds: the record itself with all that hangs on it, orders, ways to sign in.
Nobody else is in it: whoever works in the shop is "the shop", and what a merge brought that was undone is left out.
`file.py` writes it as a file; `tests/customers/privacy/archive/test_archive_is_whole.py` fails on a table or a
field that nobody has decided about.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.field_rules import No
from customers.models import Customer, Merge
from customers.privacy.archive.tables import Part, Record, Table

ALL_TIMES = datetime(9999, 1, 1, tzinfo=UTC)


class Notes(models.TextChoices):
    """What merchants have written on a customer, which they look over before it is handed out."""

    FIELD = "field", _("Notes field")
    DATED = "dated", _("Dated notes")


@dataclass(frozen=True)
class Person:
    """Whose archive it is: a customer, with the records that were merged into them.

    `notes` are the kinds of notes that a merchant has released, as they stood at `seen_at` (None: as they are now).
    An address that was theirs once may be somebody else's by now, so `emails` are only those that still are.
    """

    customer: Customer
    notes: frozenset[Notes] = frozenset()
    seen_at: datetime | None = None

    @cached_property
    def numbers(self) -> list[int]:
        """Their customer number, and those of the merged records."""
        return [self.customer.pk, *self.customer.merged.order_by("pk").values_list("pk", flat=True)]

    @cached_property
    def emails(self) -> list[str]:
        return self.customer.emails

    def notes_until(self, kind: Notes) -> datetime | None:
        """Up to when notes of a kind are told: what came after the merchant looked them over is not; None for none."""
        return (self.seen_at or ALL_TIMES) if kind in self.notes else None

    @cached_property
    def parted(self) -> list[Merge]:
        """Merges with a record that turned out to be somebody else's, and were undone."""
        merges = Merge.objects.filter(models.Q(kept__in=self.numbers) | models.Q(merged__in=self.numbers))
        return list(merges.exclude(undone_at=None))


@dataclass(frozen=True)
class Section:
    """What one app holds on people: its tables, the records of a person, and files that belong to them."""

    name: str
    title: str | Promise
    tables: tuple[Table, ...]
    records: Callable[[Person], Iterable[Record]]
    is_table: bool = False
    needs: Notes | None = None
    files: Callable[[Person], Iterable[tuple[str, bytes]]] = field(default=lambda person: ())


# Each app that holds something on people adds its own, and says of other tables that point to them why they are not.
sections: list[Section] = []
left_out: dict[str, No] = {}


def parts_of(person: Person) -> Iterator[Part]:
    """The archive, section by section; rows are read as they are asked for."""
    for section in sections:
        if section.needs is None or section.needs in person.notes:
            yield Part(section.name, section.title, section.records(person), section.is_table)


def files_of(person: Person) -> Iterator[tuple[str, bytes]]:
    """The files that belong to it, as name and content."""
    for section in sections:
        yield from section.files(person)


def archive_of(customer: Customer, *, with_notes: bool) -> dict[str, Any]:
    """Everything held on a customer as JSON holds it; with the shop's notes only where a merchant released them."""
    person = Person(customer, frozenset(Notes) if with_notes else frozenset())
    return {part.name: [record.as_json() for record in part.records] for part in parts_of(person)}
