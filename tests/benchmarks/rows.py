"""A CSV file of customers for the import, from the same seed as the data: `write(path, 1_000_000)`."""

import csv
from pathlib import Path

from tests.benchmarks import people

PERSON = (
    "email", "first_name", "last_name", "phone", "mobile", "language", "marketing_consent", "customer_type",
    "company_name", "ship_elsewhere", "created_at",
)  # fmt: skip
STREET = ("country", "street", "house_number", "postcode", "city")
HEADER = (*PERSON, *(f"{kind}_{name}" for kind in ("billing", "shipping") for name in STREET))


def write(path: Path, count: int) -> None:
    """So many rows, all of them right, none of them twice."""
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADER)
        lines.writerows(_cells(person) for person in people.people(count))


def _cells(person: people.Person) -> tuple:
    addresses = {kind: (of, *rest) for _pk, kind, of, *rest in people.address_rows([person])}
    return (
        person.email, person.first_name, person.last_name, person.phone, person.mobile, person.language,
        _word(person.consent), "business" if person.company else "private", person.company, _word(person.elsewhere),
        f"{people.moment(person.created)}+00:00",
        *addresses["billing"], *addresses.get("shipping", [""] * len(STREET)),
    )  # fmt: skip


def _word(yes: bool) -> str:
    return "yes" if yes else "no"
