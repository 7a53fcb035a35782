"""The columns that import and export share."""

import pytest
from django.db.models import GeneratedField

from customers.exporting.formulas import defuse, undo_defusing
from customers.importing.columns import COLUMNS, FACTS
from customers.importing.titles import recognise, system_of
from customers.models import Address, Customer

pytestmark = pytest.mark.any_database


def test_our_own_columns_are_known_by_their_names():
    names = [column.name for column in COLUMNS]
    assert recognise(names) == names


def test_facts_are_known_and_never_imported():
    assert recognise([column.name for column in FACTS]) == [""] * len(FACTS)


def test_every_field_of_the_form_has_a_column():
    names = {column.name for column in COLUMNS}
    assert {f"{kind}_{name}" for kind in Address.Kind for name in Address.FIELDS} <= names
    left_out = {
        "id", "password", "last_login", "is_superuser", "is_staff", "role", "confirmed_numbers", "country", "origin",
        "registered_at", "merged_into", "orders_count", "spent", "last_order_at", "order_numbers", "search_text",
        "merged_emails", "restricted_at",
    }  # fmt: skip
    kept = {field.name for field in Customer._meta.concrete_fields if not isinstance(field, GeneratedField)}
    assert kept - names == left_out


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("E-MAIL", "email"),
        ("Straße", "billing_street"),
        ("Huisnummer", "billing_house_number"),
        ("Customer - Billing zip code", "billing_postcode"),
        ("billing-house_number", "billing_house_number"),
        ("Lieferadresse PLZ", "shipping_postcode"),
        ("Tussenvoegsel", "last_name_prefix"),
        ("Shoe size", ""),
        ("", ""),
    ],
)
def test_columns_are_known_by_the_names_that_others_give_them(title, name):
    assert recognise([title]) == [name]


def test_no_name_means_two_columns():
    from customers.importing.columns import IMPORTED
    from customers.importing.names import names_of
    from customers.search.text import fold

    owners: dict[str, set[str]] = {}
    for column in IMPORTED:
        for name in (column.name, *names_of(column.name, column.kind)):
            owners.setdefault(fold(name).replace(" ", ""), set()).add(column.name)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_a_header_of_nobody_is_nobodys():
    assert system_of(["email", "name"]) == ""


@pytest.mark.parametrize("cell", ["=1+1", "+31302314567", "-1", "@x", "'=x", "''+x", "\tx", "'t Hart", "Ines", "", "'"])
def test_what_was_defused_comes_back_as_it_was(cell):
    assert undo_defusing(defuse(cell)) == cell
    assert not defuse(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
