"""What stands in a dump of a PostgreSQL database, value by value."""

import re
from collections.abc import Iterator
from itertools import takewhile

from django.apps import apps

COPY = re.compile(r"COPY public\.(\w+) \((.*)\) FROM stdin;")
END, NULL = r"\.", r"\N"
ESCAPED = re.compile(r"\\(.)")
CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}


def in_dump(dump: str) -> Iterator[tuple[str, str]]:
    """Each value with the column that it stands in, `customers.Customer.email`; the rest stands in `dump`."""
    names = {
        (model._meta.db_table, field.column): f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }
    lines = iter(dump.split("\n"))
    for line in lines:
        if not (head := COPY.fullmatch(line)):
            yield "dump", line
            continue
        columns = [(head[1], name.strip('"')) for name in head[2].split(", ")]
        places = [names.get(column, ".".join(column)) for column in columns]
        for row in takewhile(lambda line: line != END, lines):
            values = zip(places, row.split("\t"), strict=True)
            yield from ((place, _text_of(value)) for place, value in values if value != NULL)


def _text_of(value: str) -> str:
    text = ESCAPED.sub(lambda found: CONTROLS.get(found[1], found[1]), value)
    if text.startswith(r"\x"):
        return bytes.fromhex(text[2:]).decode(errors="replace")
    return text
