"""Addresses as their country writes them; nothing of one is ever left out."""

import pytest
from django_countries import countries

from customers.address_lines import address_lines

ADDRESS = {
    "attention": "Ines", "street": "Oudegracht", "house_number": "118", "addition": "bis",
    "line2": "Werfkelder", "postcode": "3511 AW", "city": "Utrecht", "region": "UT",
}  # fmt: skip
NOWHERE = dict.fromkeys(ADDRESS, "")


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("NL", ["Oudegracht 118 bis", "Werfkelder", "3511 AW Utrecht", "UT", "Netherlands"]),
        ("US", ["118 Oudegracht bis", "Werfkelder", "Utrecht, UT 3511 AW", "United States of America"]),
        ("GB", ["118 Oudegracht bis", "Werfkelder", "Utrecht", "3511 AW", "UT", "United Kingdom"]),
        ("CH", ["Oudegracht 118 bis", "Werfkelder", "3511 AW Utrecht", "UT", "Switzerland"]),
    ],
)
def test_each_country_writes_it_in_its_own_order(country, lines):
    assert address_lines(ADDRESS | {"country": country, "attention": ""}) == lines


def test_no_country_leaves_anything_out():
    left_out = {
        (country, part)
        for country in [*dict(countries), "XX", ""]
        for part in [*ADDRESS.values(), "Atelier"]
        if part not in " ".join(address_lines(ADDRESS | {"country": country}, company="Atelier"))
    }
    assert left_out == set()


def test_company_and_person_come_first():
    lines = address_lines(ADDRESS | {"country": "NL", "attention": ""}, name="Ines", company="Atelier")
    assert lines[:2] == ["Atelier", "Ines"]


def test_an_address_of_a_city_alone_has_no_stray_signs():
    assert address_lines(NOWHERE | {"country": "US", "city": "Utrecht"}) == ["Utrecht", "United States of America"]
