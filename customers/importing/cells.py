"""The cells of a batch by field: without what programs put around them, and one for each field where a file has two."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import BooleanField, CharField, TextField
from django.utils.translation import gettext as _

from customers.exporting.formulas import undo_defusing
from customers.importing.batch import Batch
from customers.importing.columns import OF_CUSTOMERS
from customers.importing.empty_cells import IN_OTHERS, IN_PLACES, IN_TEXTS, PROGRAMS, ZEROS
from customers.importing.titles import meaning
from customers.models import Address, Customer
from customers.search.text import CODES, fold

# How a spreadsheet is told that a cell is text.
AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# Marks of direction and width without a width: they come along when something is copied.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
ERRORS = re.compile(
    r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|BEZUG|WERT|WAARDE|VERW|NAAM|GETAL|ZAHL|VALEUR|VALOR|NOM|DEEL/0)[!?]"
)
# Fields of customers that hold any text, and those that hold yes or no.
_FIELDS = [Customer._meta.get_field(name) for name in OF_CUSTOMERS if name not in CODES]
_ANY_TEXT = {field.name for field in _FIELDS if type(field) in (CharField, TextField) and not field.choices}
YES_OR_NO = {field.name for field in _FIELDS if isinstance(field, BooleanField)}
TEXTS = frozenset(
    _ANY_TEXT
    | {"last_name_prefix", "middle_name", "full_name", "shipping_first_name", "shipping_last_name", "tags"}
    | {f"{kind}_{name}" for kind in Address.Kind for name in Address.FIELDS if name != "postcode"}
)
PLACES = frozenset({"language", *(f"{kind}_{name}" for kind in Address.Kind for name in ("country", "region"))})
NOUGHT_SAYS_SOMETHING = frozenset({*YES_OR_NO, "gender", "salutation", "access", "notes"})
# Several columns of these say more, and not otherwise.
TOGETHER = {"tags": ", ", "notes": "\n"}


class Cells:
    """Which columns of a file go to which field, and what their cells say."""

    def __init__(self, header: list[str], fields: list[str]) -> None:
        self.header = header
        found: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(fields):
            if name:
                found[name].append(place)
        self.places = {
            name: sorted(places, key=lambda place: self._rank(place, name)) for name, places in found.items()
        }
        self.nothing = {name: _nothing_of(name) for name in (*self.places, "second_phone")}
        self.families = {kind: self._families(kind) for kind in Address.Kind}

    def title(self, name: str) -> str:
        """What the file calls the column of a field."""
        places = self.places.get("phone" if name == "second_phone" else name)
        return self.header[places[0]] if places else name

    def by_field(self, batch: Batch) -> dict[str, list[str]]:
        """The cells of each field; where several columns go to one field, what is left out is said."""
        by_place = list(zip(*(row.cells for row in batch.rows), strict=True)) or [()] * len(self.header)
        columns = {place: _bare(by_place[place]) for places in self.places.values() for place in places}
        for families in self.families.values():
            _one_of_several_addresses(columns, families, batch, self.header)
        cells = {}
        for name, places in self.places.items():
            nothing = self.nothing[name]
            own = [_said(columns[place], nothing) for place in places]
            cells[name] = own[0] if len(own) == 1 else self._one_of(name, own, places, batch)
            if name == "phone" and len(own) > 1:
                cells["second_phone"] = _second_of(own)
        return cells

    def _rank(self, place: int, name: str) -> int:
        """Where a column stands among those for one field; what somebody chose by hand counts first."""
        found = meaning(self.header[place])
        return found.rank if found.name in {name, "name"} else -1

    def _families(self, kind: Address.Kind) -> dict[str, list[int]]:
        """The columns of each address, where a program keeps several of a person."""
        found: dict[str, list[int]] = defaultdict(list)
        for name, places in self.places.items():
            for place in places if name.startswith(f"{kind}_") else ():
                found[meaning(self.header[place]).family].append(place)
        return found if len(found) > 1 else {}

    def _one_of(self, name: str, own: list[list[str]], places: list[int], batch: Batch) -> list[str]:
        if name in TOGETHER:
            return [TOGETHER[name].join(dict.fromkeys(filter(None, row))) for row in zip(*own, strict=True)]
        chosen = [next(filter(None, row), "") for row in zip(*own, strict=True)]
        if name == "full_name":
            return chosen
        most = 2 if name == "phone" else 1
        for place, row in enumerate(zip(*own, strict=True)):
            kept = list({fold(cell): at for at, cell in reversed(list(enumerate(row))) if cell}.values())
            for at in sorted(kept)[most:]:
                words = {"title": self.header[places[sorted(kept)[0]]]}
                batch.warn(
                    place,
                    self.header[places[at]],
                    _("The column %(title)s has a different value, which is used instead.") % words,
                )
        return chosen


def _said(cells: list[str], nothing: frozenset[str]) -> list[str]:
    """The cells, empty where they say that there is nothing."""
    return cells if nothing.isdisjoint(cells) else ["" if cell in nothing else cell for cell in cells]


def _nothing_of(name: str) -> frozenset[str]:
    if name in {"gender", "salutation"}:
        return frozenset(PROGRAMS.split())
    found = IN_PLACES if name in PLACES else IN_TEXTS if name in TEXTS else IN_OTHERS
    return found if name in NOUGHT_SAYS_SOMETHING else found | ZEROS


def _second_of(columns: list[list[str]]) -> list[str]:
    """The first number that is not the one before it again."""
    rows = (list(dict.fromkeys(filter(None, row))) for row in zip(*columns, strict=True))
    return [row[1] if len(row) > 1 else "" for row in rows]


def _one_of_several_addresses(columns: dict, families: dict[str, list[int]], batch: Batch, header: list[str]) -> None:
    """Keep the first address that a row has, and none of the parts of another."""
    for place in range(len(batch.rows) if families else 0):
        given = [places for places in families.values() if any(columns[at][place] for at in places)]
        for places in given[1:]:
            told = next(at for at in places if columns[at][place])
            batch.warn(place, header[told], _("Another address in this row is used instead."))
            for at in places:
                columns[at][place] = ""


def _bare(cells: Iterable[str]) -> list[str]:
    """Cells without blanks around them, without marks that nobody sees, and without what makes them text."""
    bare = list(map(str.strip, cells))
    together = "".join(bare)
    if '="' in together:
        bare = [found[1].strip() if (found := AS_TEXT.fullmatch(cell)) else cell for cell in bare]
    if "'" in together:
        bare = [undo_defusing(cell) for cell in bare]
    return [INVISIBLE.sub("", cell).strip() for cell in bare] if INVISIBLE.search(together) else bare


def damaged(cells: list[str]) -> dict[int, str]:
    """What is wrong with the letters of some of the cells, by their place."""
    together = "".join(cells)
    if "\0" not in together and "\ufffd" not in together and not ("#" in together and ERRORS.search(together)):
        return {}
    found = ((place, _damage(cell)) for place, cell in enumerate(cells))
    return {place: reason for place, reason in found if reason}


def _damage(cell: str) -> str:
    if "\0" in cell:
        return _("Contains an invalid character (NUL byte).")
    if "\ufffd" in cell:
        return _("Contains unreadable characters; check the file's encoding.")
    return _("Contains a spreadsheet error instead of a value.") if ERRORS.fullmatch(cell) else ""
