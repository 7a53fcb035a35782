"""Rows of cells → values by field, and what is wrong with those that are refused.

A batch is checked column by column, with what was worked out for a cell remembered: countries, cities and dates
come again and again, and ten thousand rows cost a fraction of ten thousand times one. A cell that cannot be read is
left out, and named; only what makes a row unusable costs the row.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from django.utils.translation import gettext as _

from customers import business_numbers
from customers.importing import dates, values
from customers.importing.batch import Batch
from customers.importing.cells import YES_OR_NO, Cells, damaged
from customers.importing.outcome import Partly, Refusal
from customers.importing.reading import Row, Source
from customers.importing.rows import Memory, rows_of_the_right_length
from customers.importing.whole_rows import NOT_UNDERSTOOD, UNREADABLE, see_as_a_whole
from customers.models import Address, Customer
from customers.search.text import PHONES

SAMPLE = 2_000
CHOSEN = {
    "email": values.email,
    "invoice_email": values.email,
    "language": values.language,
    "gender": values.gender,
    "salutation": values.salutation,
    "birth_date": values.birth_date,
    "customer_type": values.customer_type,
    "access": values.access,
    "created_at": values.created_at,
    "tags": values.tags,
    **dict.fromkeys(YES_OR_NO, values.yes_or_no),
    **{f"{kind}_country": values.country for kind in Address.Kind},
}
POSTCODES = tuple(f"{kind}_postcode" for kind in Address.Kind)
BY_COUNTRY = {
    **dict.fromkeys((*PHONES, "second_phone"), values.phone),
    **dict.fromkeys(POSTCODES, values.postcode),
    **{name: values.number(name) for name in business_numbers.FIELDS},
}
# Cells that are hardly ever the same twice are not worth remembering.
ALL_DIFFERENT = frozenset({"email", "invoice_email", "birth_date", *BY_COUNTRY})
LENGTHS = {"last_name_prefix": 40, "middle_name": 100, "full_name": 150, "shipping_first_name": 100}
LENGTHS["shipping_last_name"] = 100


class Checker:
    """What checks the rows of one file; `home` is the shop's country."""

    def __init__(self, source: Source, *, home: str) -> None:
        self.source, self.home = source, home
        self.cells = Cells(source.header, source.fields)
        self.chosen = CHOSEN | {
            "birth_date": partial(values.birth_date, order=self._order_of_dates("birth_date")),
            "created_at": partial(values.created_at, order=self._order_of_dates("created_at"), zone=self._zone()),
        }
        self.memories: dict[str, dict] = {name: Memory(clean) for name, clean in self._cleaners()}

    def _cleaners(self) -> Iterator[tuple[str, Callable]]:
        for name in self.cells.places:
            if name not in ALL_DIFFERENT and name in self.chosen:
                yield name, self.chosen[name]

    def _order_of_dates(self, name: str) -> str:
        """Whether a column of dates with slashes has the day first, as far as its first rows tell."""
        places = self.cells.places.get(name, ())
        rows = islice(self.source.rows(), SAMPLE if places else 0)
        return dates.order_of(row.cells[place].strip() for row in rows for place in places if place < len(row.cells))

    def _zone(self) -> dates.tzinfo | None:
        """The zone that a title such as *Created (UTC)* names."""
        titles = (self.source.header[place] for place in self.cells.places.get("created_at", ()))
        return dates.UTC if any("utc" in title.lower() for title in titles) else None

    def title(self, name: str) -> str:
        """What the file calls the column of a field."""
        return self.cells.title(name)

    def check(self, rows: list[Row]) -> Batch:
        """Values of the rows that are right, and rejects of the others."""
        batch = rows_of_the_right_length(rows, self.source.header, email_title=self.title("email"))
        cells = self.cells.by_field(batch)
        problems: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for name in sorted(cells, key=lambda name: (name in BY_COUNTRY, name not in POSTCODES)):
            batch.values[name] = self._values(name, cells[name], batch.values)
            self._take_refusals(name, batch, problems)
        _note_missing_emails(self.title("email"), cells["email"], problems)
        batch.leave_out(problems)
        see_as_a_whole(batch, title=self.title, home=self.home)
        batch.rejects.sort()
        return batch

    def _values(self, name: str, cells: list[str], known: dict[str, list]) -> list:
        bad = damaged(cells)
        if bad:
            cells = ["" if place in bad else cell for place, cell in enumerate(cells)]
        found = self._clean(name, cells, known)
        for place, reason in bad.items():
            found[place] = Refusal(reason)
        return found

    def _clean(self, name: str, cells: list[str], known: dict[str, list]) -> list:
        if name in BY_COUNTRY:
            return self._by_country(name, cells, known)
        if name in self.memories:
            return list(map(self.memories[name].__getitem__, cells))
        if name in self.chosen:
            return [self.chosen[name](cell) if cell else None for cell in cells]
        return self._texts(name, cells)

    def _by_country(self, name: str, cells: list[str], known: dict[str, list]) -> list:
        kind = "shipping" if name.startswith("shipping") else "billing"
        countries = known.get(f"{kind}_country") or [None] * len(cells)
        clean = BY_COUNTRY[name]
        if name not in POSTCODES:
            countries = ("" if of is NOT_UNDERSTOOD else of for of in countries)
            return [
                clean(cell, self.home if of is None else of) if cell else None
                for cell, of in zip(cells, countries, strict=True)
            ]
        return [
            None if not cell or of is NOT_UNDERSTOOD else clean(cell, of) if of else self._postcode_at_home(cell)
            for cell, of in zip(cells, countries, strict=True)
        ]

    def _postcode_at_home(self, cell: str) -> str | Refusal | None:
        """One for which no country is given: it has to be one of the shop's own."""
        found = values.postcode(cell, self.home)
        if isinstance(found, Refusal):
            without = _("The country is missing, so the address was skipped.")
            return Refusal(f"{found.reason} {without}")
        return found

    def _texts(self, name: str, cells: list[str]) -> list:
        clean, most = self._text_of(name)
        together = "".join(cells)
        if max(map(len, cells), default=0) <= most and "\n" not in together and "\r" not in together:
            return [cell or None for cell in cells]
        return [clean(cell) if cell else None for cell in cells]

    def _text_of(self, name: str) -> tuple[Callable, int]:
        most = LENGTHS.get(name)
        if most is None:
            kind, _underscore, field_name = name.partition("_")
            model, field_name = (Address, field_name) if kind in Address.Kind else (Customer, name)
            most = model._meta.get_field(field_name).max_length
        return values.text(most, self.source.delimiter, lines=name == "notes"), most

    def _take_refusals(self, name: str, batch: Batch, problems: dict[int, list]) -> None:
        """Leave out the cells that cannot be read: with a warning, or with their row."""
        column = batch.values[name]
        if not {Refusal, Partly} & set(map(type, column)):
            return
        for place, value in enumerate(column):
            if type(value) is Partly:
                column[place] = value.value
                batch.warn(place, self.title(name), value.reason)
            elif type(value) is Refusal and (name == "email" or value.costs_the_row):
                problems[place].append((self.title(name), value.reason))
                column[place] = None
            elif type(value) is Refusal:
                self._leave_out(name, batch, place, value.reason)

    def _leave_out(self, name: str, batch: Batch, place: int, reason: str) -> None:
        column, kind = batch.values[name], name.partition("_")[0]
        column[place] = UNREADABLE if kind in Address.Kind else None
        if name.endswith("_country"):
            column[place] = NOT_UNDERSTOOD
            reason = f"{reason} {_('The address was skipped.')}"
        elif name in POSTCODES:
            countries = batch.values.setdefault(f"{kind}_country", [None] * len(column))
            countries[place] = NOT_UNDERSTOOD if countries[place] is None else countries[place]
        batch.warn(place, self.title(name), reason)


def _note_missing_emails(title: str, cells: list[str], problems: dict[int, list]) -> None:
    if not all(cells):
        for place, cell in enumerate(cells):
            if not cell:
                problems[place].insert(0, (title, _("The email address is missing.")))
