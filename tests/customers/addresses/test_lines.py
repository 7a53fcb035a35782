"""Addresses as their country writes them; nothing of one is left out but a region where nobody writes it."""

import pytest
from django_countries import countries

from customers.addresses.lines import address_lines

ADDRESS = {
    "attention": "Ines", "street": "Oudegracht", "house_number": "118", "addition": "bis",
    "line2": "Werfkelder", "postcode": "3511 AW", "city": "Utrecht", "region": "UT",
}  # fmt: skip
NOWHERE = dict.fromkeys(ADDRESS, "")


def of(country: str, street: str, number: str, addition: str, postcode: str, city: str, region: str) -> dict[str, str]:
    """An address without attention and second line."""
    fields = {"country": country, "street": street, "house_number": number, "addition": addition}
    return NOWHERE | fields | {"postcode": postcode, "city": city, "region": region}


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (("FR", "rue de la Paix", "12", "bis", "75002", "Paris", ""), ["12 bis rue de la Paix", "75002 Paris"]),
        (
            ("FR", "rue de la Paix", "12", "Bât. C", "75002", "Paris", "IDF"),
            ["12 rue de la Paix Bât. C", "75002 Paris"],
        ),
        (("NL", "Oudegracht", "118", "bis", "3511 AW", "Utrecht", "UT"), ["Oudegracht 118 bis", "3511 AW Utrecht"]),
        (("DE", "Lange Straße", "7", "a", "80331", "München", "Bayern"), ["Lange Straße 7 a", "80331 München"]),
        (("AT", "Stephansplatz", "3", "", "1010", "Wien", "Wien"), ["Stephansplatz 3", "1010 Wien"]),
        (("CH", "Bahnhofstrasse", "12", "a", "8001", "Zürich", "ZH"), ["Bahnhofstrasse 12 a", "8001 Zürich"]),
        (("BE", "Rue Neuve", "12", "b3", "1000", "Bruxelles", "BRU"), ["Rue Neuve 12 b3", "1000 Bruxelles"]),
        (("PL", "ul. Nowa", "12", "m. 4", "00-001", "Warszawa", "MZ"), ["ul. Nowa 12 m. 4", "00-001 Warszawa"]),
        (("GB", "High Street", "12", "A", "SW1A 1AA", "London", "LND"), ["12A High Street", "London", "SW1A 1AA"]),
        (("GB", "High Street", "12", "Flat 3", "E1 6AN", "London", ""), ["Flat 3, 12 High Street", "London", "E1 6AN"]),
        (("IE", "Main St", "12", "", "D02 X285", "Dublin", "Dublin"), ["12 Main St", "Dublin", "D02 X285"]),
        (
            ("IE", "Main St", "12", "", "P85 XY00", "Mallow", "Co. Cork"),
            ["12 Main St", "Mallow", "Co. Cork", "P85 XY00"],
        ),
        (
            ("US", "Main Street", "350", "Apt 4", "10001", "New York", "NY"),
            ["350 Main Street Apt 4", "New York, NY 10001"],
        ),
        (("IT", "Via Roma", "12", "B", "00184", "Roma", "RM"), ["Via Roma 12 B", "00184 Roma RM"]),
        (("ES", "Calle Mayor", "12", "3º B", "28001", "Madrid", "Madrid"), ["Calle Mayor 12 3º B", "28001 Madrid"]),
        (("ES", "Calle Real", "12", "", "28901", "Getafe", "Madrid"), ["Calle Real 12", "28901 Getafe Madrid"]),
    ],
)
def test_each_country_writes_it_in_its_own_way(address, lines):
    assert address_lines(of(*address))[:-1] == lines


def test_no_country_leaves_anything_out_but_the_region():
    left_out = {
        (country, part)
        for country in [*dict(countries), "XX", ""]
        for part in [*(value for name, value in ADDRESS.items() if name != "region"), "Atelier"]
        if part not in " ".join(address_lines(ADDRESS | {"country": country}, company="Atelier"))
    }
    assert left_out == set()


def test_the_region_stands_where_the_country_writes_one():
    with_region = {
        country
        for country in dict(countries)
        if "UT" in " ".join(address_lines(ADDRESS | {"country": country})).split()
    }
    assert {"US", "CA", "AU", "IT", "ES"} <= with_region
    assert not with_region & {"NL", "DE", "AT", "BE", "CH", "FR", "LU", "PL", "GB", "SE", "DK"}


def test_company_and_person_come_first():
    lines = address_lines(ADDRESS | {"country": "NL", "attention": ""}, name="Ines", company="Atelier")
    assert lines[:2] == ["Atelier", "Ines"]


def test_an_address_of_a_city_alone_has_no_stray_signs():
    assert address_lines(NOWHERE | {"country": "US", "city": "Utrecht"}) == ["Utrecht", "United States of America"]
