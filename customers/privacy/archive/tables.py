"""What the archive tells of each row of a table, field by field, and what of it is left out, with the reason."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any, cast

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from customers.field_rules import No
from customers.models import Customer
from customers.privacy.archive.words import in_words, plain, simple, worded
from shopadmin.models import StoreSettings

BATCH = 200


@dataclass(frozen=True)
class Fact:
    """One thing held on a person: its name and value for programs, its label and words for people, once asked for."""

    name: str
    value: Any
    label_of: Callable[[], str]
    words_of: Callable[[], str]

    @property
    def label(self) -> str:
        return self.label_of()

    @cached_property
    def words(self) -> str:
        return self.words_of()


@dataclass(frozen=True)
class Record:
    """One row of the archive, with the rows below it: an order and its lines."""

    facts: list[Fact]
    parts: "list[Part]" = field(default_factory=list)

    @property
    def told(self) -> list[Fact]:
        """The facts that a reader has something from."""
        return [fact for fact in self.facts if fact.words]

    def as_json(self) -> dict[str, Any]:
        """The row as programs read it: all that is held, empty or not."""
        below = {part.name: [record.as_json() for record in part.records] for part in self.parts}
        return {fact.name: fact.value for fact in self.facts} | below


@dataclass(frozen=True)
class Part:
    """Rows of one kind under a heading, shown as a table or one by one."""

    name: str
    title: str | Promise
    records: Iterable[Record]
    is_table: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Which fields of a model are told, in this order, and which are left out.

    `words` are what a field is called where its verbose_name would not do, `values` what stands in place of its value
    and `worded` how a row's value is put into words where its kind does not tell. Whoever acted is "you" or "shop".
    """

    model: type[models.Model]
    told: tuple[str, ...]
    left_out: Mapping[str, No] = field(default_factory=dict)
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    values: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    worded: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    currency: Callable[[Any], str] = lambda row: StoreSettings.current().currency

    def record(self, row: models.Model, own: Iterable[int], *, parts: Iterable[Part] = ()) -> Record:
        """A row in the archive of the person whose customer numbers are `own`."""
        return Record([self._fact(row, name, own) for name in self.told], list(parts))

    def label(self, name: str) -> str:
        """What a field is called."""
        return _label(self, name, get_language())

    def _fact(self, row: models.Model, name: str, own: Iterable[int]) -> Fact:
        field, label = self._field(name), partial(self.label, name)
        if field.related_model is Customer:
            value, words = who(getattr(row, field.attname), own)
            return Fact(name, value, label, words)
        value = self.values[name](row) if name in self.values else getattr(row, name)
        return Fact(name, plain(field, value), label, partial(self._words, row, name, value))

    def _words(self, row: models.Model, name: str, value: Any) -> str:
        if name in self.worded:
            return self.worded[name](row) if value else ""
        if name in self.values:
            return in_words(value)
        return worded(self._field(name), value, currency=partial(self.currency, row))

    def _field(self, name: str) -> models.Field:
        return cast("models.Field", self.model._meta.get_field(name))


@cache
def _label(table: Table, name: str, language: str | None) -> str:
    # An archive asks for it with each row.
    return capfirst(str(table.words.get(name) or table._field(name).verbose_name))


def who(number: int | None, own: Iterable[int]) -> tuple[str | None, Callable[[], str]]:
    """Who did something, plain and in words: the person, or the shop, where nobody is named."""
    if number is None:
        return None, str
    return ("you", lambda: _("you")) if number in own else ("shop", lambda: _("the shop"))


def fact(name: str, label: str | Promise, value: Any) -> Fact:
    """A fact that is no field of a row."""
    return Fact(name, simple(value), partial(str, label), partial(in_words, value))


def in_batches(rows: models.QuerySet) -> Iterator[Any]:
    """Rows by their primary key, read as they are asked for: ten thousand orders need no more memory than some."""
    last = None
    while batch := list((rows.filter(pk__gt=last) if last is not None else rows).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk
