"""What docs/personal_data.md says of each column, read from its tables."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

PAGE = Path(__file__).parents[2] / "docs" / "personal_data.md"
IN_RULES = "all of `customers/field_rules.py`"
NAMED = re.compile(r"`([^`]+)`")
# A reason in brackets stands behind the columns that it is about.
WITHOUT_REASON = re.compile(r"`[^`]+`\s*$")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def rows_below(title: str) -> list[list[str]]:
    """The cells of each row of the table in a section of the page, without its head."""
    [section] = [part for part in PAGE.read_text().split("\n## ")[1:] if part.startswith(f"{title}\n")]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@cache
def models_declared() -> dict[str, dict[str, set[str]]]:
    """Of each model, by its label: the columns that can hold personal data, other texts, and the rest."""
    sections = ("Customers", "Orders", "Accounts and sign-in", "The shop and its worker")
    return {label: columns for title in sections for label, columns in map(_columns_of, rows_below(title))}


def _columns_of(cells: list[str]) -> tuple[str, dict[str, set[str]]]:
    label, personal, _what_is_done, texts, rest = cells
    label = label.strip("`")
    if personal == IN_RULES:
        everything = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        return label, {"personal": everything, "texts": set(), "rest": set()}
    assert not WITHOUT_REASON.search(texts), f"Say why {texts} of {label} hold nothing of a person."
    return label, {name: set(NAMED.findall(cell)) for name, cell in zip(KINDS, (personal, texts, rest), strict=True)}


KINDS = ("personal", "texts", "rest")


def personal_places() -> Iterator[str]:
    """Where something of a person may be found: columns and files."""
    for label, columns in models_declared().items():
        yield from (f"{label}.{name}" for name in columns["personal"])
    for where, _what_is_done in rows_below("Files"):
        yield from NAMED.findall(where)


def places_that_stay(*because: str) -> set[str]:
    """Where something may be left after an erasure, for these reasons: `under way`, `invoiced`, `notice`."""
    rows = rows_below("What stays after an erasure")
    return {place for reason, where, *_why in rows if reason.strip("*") in because for place in NAMED.findall(where)}


def places_left_out_of_archive() -> Iterator[str]:
    """Where something of a person stands that an archive does not tell."""
    for where, _why in rows_below("What an archive leaves out"):
        yield from NAMED.findall(where)
