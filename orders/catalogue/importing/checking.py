"""Rows of cells → values of products, and what is wrong with those that are refused.

A product with variants is several rows in the files of other systems. The shop has no variants, and each of them taken
for a product of its own would be wrong in name and price: they are refused, all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from customers.importing.batch import Batch, Reject
from customers.importing.cells import Cells, damaged
from customers.importing.doubles import print_of, repeated
from customers.importing.outcome import Partly, Refusal
from customers.importing.reading import Row, Source
from customers.importing.rows import Memory, rows_of_the_right_length
from orders.catalogue.importing import cells
from orders.catalogue.importing.columns import OTHERS, TEXTS, is_ours

SOLD = ("sku", "price", "name")  # what a row has that is more than a further picture


class ProductChecker:
    """What checks the rows of one file."""

    def __init__(self, source: Source) -> None:
        self.source, ours = source, is_ours(source.header)
        self.cells = Cells(source.header, source.fields)
        self.cells.nothing |= {name: cells.nothing_of(name, is_ours=ours) for name in self.cells.places}
        readers = cells.readers(source.system, is_ours=ours)
        self.memories = {name: Memory(_reader(readers, name)) for name in self.cells.places}
        self.with_variants = self._find_variants()

    def title(self, name: str) -> str:
        """What the file calls the column of a field."""
        return self.cells.title(name)

    def check(self, rows: list[Row]) -> Batch:
        """Values of the rows that are right, and rejects of the others."""
        batch = rows_of_the_right_length(rows, self.source.header)
        batch.values = self.cells.by_field(batch)
        self._set_pictures_aside(batch)
        self._refuse_variants(batch)
        problems: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for name in batch.values:
            batch.values[name] = self._read(name, batch, problems)
        for place, sku in enumerate(batch.values["sku"]):
            if sku is None and place not in problems:
                problems[place].append((self.title("sku"), _("The SKU is missing.")))
        batch.leave_out(problems)
        _see_as_a_whole(batch.values)
        batch.rejects.sort()
        return batch

    def _set_pictures_aside(self, batch: Batch) -> None:
        """Rows that only name a further picture of the product above them are no products."""
        groups = batch.values.get("group") or [""] * len(batch.rows)
        sold = [batch.values[name] for name in SOLD if name in batch.values]
        is_picture = [bool(group) and not any(row) for group, row in zip(groups, zip(*sold, strict=True), strict=True)]
        if any(is_picture):
            words = _("This row has nothing but a picture. Pictures are not imported.")
            found = [row for row, yes in zip(batch.rows, is_picture, strict=True) if yes]
            batch.warnings += [Reject(row.line, self.title("group"), words, row.cells) for row in found]
            batch.keep([place for place, yes in enumerate(is_picture) if not yes])

    def _refuse_variants(self, batch: Batch) -> None:
        empty = [""] * len(batch.rows)
        columns = (batch.values.get(name) or empty for name in ("group", "parent", "kind"))
        problems = {}
        for place, (group, parent, kind) in enumerate(zip(*columns, strict=True)):
            name = "kind" if kind else "parent" if parent else "group"
            if parent or self._has_variants(group) or kind.lower() in {"variable", "variation"}:
                words = _("Products with variants cannot be imported. Give each variant a name and SKU of its own.")
                problems[place] = [(self.title(name), words)]
            elif kind.lower() in {"grouped", "external"}:
                problems[place] = [(self.title(name), _("Products of this kind cannot be imported."))]
        batch.leave_out(problems)

    def _read(self, name: str, batch: Batch, problems: dict[int, list]) -> list:
        """The values of a column; what cannot be read of it is left out with a warning, or costs the row."""
        column, bad, values = batch.values[name], damaged(batch.values[name]), []
        for place, cell in enumerate(column):
            value = Refusal(bad[place]) if place in bad else self.memories[name][cell]
            if isinstance(value, Partly):
                batch.warn(place, self.title(name), value.reason)
                value = value.value
            elif isinstance(value, Refusal):
                if name == "sku" or value.costs_the_row:
                    problems[place].append((self.title(name), value.reason))
                else:
                    batch.warn(place, self.title(name), value.reason)
                value = None
            values.append(value)
        return values

    def _has_variants(self, group: str) -> bool:
        return bool(self.with_variants) and print_of(group.casefold()) in self.with_variants

    def _find_variants(self) -> frozenset[int]:
        """The prints of the products of which several rows of the file sell something."""
        if not {"group", "parent"} & self.cells.places.keys():
            return frozenset()
        return repeated(self._groups(), too_many=_("The file has too many products with variants."))

    def _groups(self) -> Iterator[str]:
        """What each row says that it belongs to: to its parent, if it has one."""
        of = {name: self.cells.places.get(name, ()) for name in ("parent", "group", *SOLD)}
        for row in self.source.rows():
            said = {name: _first(row.cells, places) for name, places in of.items()}
            group = said["parent"] or said["group"]
            if group and any(said[name] for name in SOLD):
                yield group.casefold()


def _first(cells: list[str], places: list[int]) -> str:
    return next((cells[place].strip() for place in places if place < len(cells) and cells[place].strip()), "")


def _reader(readers: dict[str, Callable], name: str) -> Callable:
    """A text in a further language is read as in the first."""
    text, _underscore, code = name.rpartition("_")
    return readers[text] if len(code) == 2 and text in TEXTS else readers[name]


def _see_as_a_whole(values: dict[str, list]) -> None:
    """What several columns say together: a product is visible if all say so, and its stock counts if it is counted."""
    if "status" in values:
        shown = values.get("visible") or [None] * len(values["sku"])
        said = ([one for one in pair if one is not None] for pair in zip(shown, values["status"], strict=True))
        values["visible"] = [all(pair) if pair else None for pair in said]
    if "counted" in values and "stock" in values:
        pairs = zip(values["stock"], values["counted"], strict=True)
        values["stock"] = [stock if cells.is_counted(counted) else None for stock, counted in pairs]
    for name in OTHERS & values.keys():
        del values[name]
