"""Countries and postcodes as files have them; an address whose country nobody understood is left out."""

import pytest

from customers.models import Customer
from tests.import_files import left_out, take_in, the_only_one

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
COUNTRIES = [
    ("The Netherlands", "NL"), ("Holland", "NL"), ("Nederland", "NL"), ("Pays-Bas", "NL"), ("Países Bajos", "NL"),
    ("Czech Republic", "CZ"), ("Tschechische Republik", "CZ"), ("Turkey", "TR"), ("Turkije", "TR"), ("XK", "XK"),
    ("Kosovo", "XK"), ("Northern Ireland", "GB"), ("England", "GB"), ("Schottland", "GB"), ("U.K.", "GB"),
    ("Great Britain", "GB"), ("BRD", "DE"), ("Deutschland", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"),
    ("GER", "DE"),
    ("D", "DE"), ("DEU", "DE"), ("Germany (DE)", "DE"), ("DE - Deutschland", "DE"), ("Netherlands (the)", "NL"),
    ("Oesterreich", "AT"), ("Autriche", "AT"), ("Belgique / België", "BE"), ("USA", "US"),
    ("United States of America", "US"),
    ("Ivory Coast", "CI"), ("Bosnia and Herzegovina", "BA"), ("South Korea", "KR"), ("Republic of Ireland", "IE"),
    ("Macedonia", "MK"), ("Russia", "RU"), ("Swaziland", "SZ"), ("EL", "GR"), ("Schweiz", "CH"), ("Suisse", "CH"),
]  # fmt: skip
POSTCODES = [
    ("DE", "10115.0", "10115"), ("DE", "1067", "01067"), ("DE", "1067.0", "01067"), ("DE", "D-10115", "10115"),
    ("DE", "DE 10115", "10115"), ("CH", "CH-8001", "8001"), ("AT", "A-1010", "1010"), ("BE", "B-1000", "1000"),
    ("FR", "1000", "01000"), ("FR", "F-75001", "75001"), ("IT", "118", "00118"), ("ES", "8001", "08001"),
    ("NL", "3511-AB", "3511 AB"), ("NL", "NL-3511 AB", "3511 AB"), ("NL", "3511ab", "3511 AB"),
    ("LT", "LT-04340", "04340"),
    ("GB", "sw1a1aa", "SW1A 1AA"), ("GB", "M25BQ", "M2 5BQ"), ("PL", "00950", "00-950"), ("PL", "950", "00-950"),
    ("PT", "1000205", "1000-205"), ("LV", "1010", "LV-1010"), ("US", "972011234", "97201-1234"),
    ("US", "2134", "02134"),
    ("CZ", "11000", "110 00"), ("SK", "81101", "811 01"), ("JP", "1000001", "100-0001"), ("CA", "k1a0b1", "K1A 0B1"),
    ("BR", "1310100", "01310-100"), ("IE", "d02x285", "D02 X285"), ("NO", "150", "0150"), ("SE", "SE-114 55", "11455"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), COUNTRIES)
def test_a_country_is_known_by_the_names_in_use(tmp_path, store, name, code):
    assert the_only_one(tmp_path, f"email,city,country\na@k.example,X,{name}\n").billing_address.country == code


@pytest.mark.parametrize("name", ["Nowhere", "NL/BE", "Congo", "276", "Germany or Austria", "x"])
def test_an_address_of_a_country_nobody_understood_is_left_out(tmp_path, store, name):
    take_in(tmp_path, f"email,street,city,zip,country\na@k.example,Lindenweg 4,Berlin,10115,{name}\n")
    reason = "Unknown country code or name. The address was skipped."
    assert (left_out(tmp_path), Customer.objects.get().billing_address) == ([(2, "country", reason)], None)


def test_its_phone_number_is_not_read_as_one_of_the_shops_country(tmp_path, store):
    take_in(tmp_path, "email,phone,mobile,city,country\na@k.example,0302314567,+4915112345678,Berlin,Nowhere\n")
    found = Customer.objects.get()
    assert (str(found.phone), found.mobile.as_e164) == ("", "+4915112345678")
    assert [row[1] for row in left_out(tmp_path)] == ["country / phone"]


def test_an_address_without_a_country_is_not_the_shops_when_its_postcode_is_not(tmp_path, store):
    take_in(
        tmp_path, "email,street,city,zip\na@k.example,Lindenweg 4,Berlin,10115\nb@k.example,Meir 1,Utrecht,3511 AB\n"
    )
    assert len(left_out(tmp_path)) == 1
    assert Customer.objects.get(email="a@k.example").billing_address is None
    assert Customer.objects.get(email="b@k.example").billing_address.country == "NL"


@pytest.mark.parametrize(
    "title",
    [
        "Country / Region",
        "Landcode (ISO)",
        "Land",
        "Country Code",
        "LKZ",
        "Land van vestiging",
        "Pays",
        "Address Country",
    ],
)
def test_a_column_of_countries_is_known_by_its_title(tmp_path, store, title):
    found = the_only_one(tmp_path, f"Email,Street,City,{title}\na@k.example,Lindenweg 4,Berlin,DE\n")
    assert (found.billing_address.country, found.billing_address.city) == ("DE", "Berlin")


@pytest.mark.parametrize(("country", "typed", "kept"), POSTCODES)
def test_a_postcode_is_kept_in_the_countrys_own_spelling(tmp_path, store, country, typed, kept):
    found = the_only_one(tmp_path, f"email,city,zip,country\na@k.example,X,{typed},{country}\n")
    assert found.billing_address.postcode == kept


@pytest.mark.parametrize(("country", "typed"), [("AT", "101"), ("DE", "101150"), ("NL", "12345"), ("GB", "SW1A1AAXX")])
def test_a_postcode_that_is_none_is_left_out_and_the_address_stays(tmp_path, store, country, typed):
    take_in(tmp_path, f"email,city,zip,country\na@k.example,X,{typed},{country}\n")
    [address] = Customer.objects.get().addresses.all()
    assert ((address.country, address.postcode, address.city), len(left_out(tmp_path))) == ((country, "", "X"), 1)


HOME = "Home Street,Home City,Home Country/Region"
BUSINESS = "Business Street,Business City,Business Postal Code,Business Country/Region"


def test_of_two_addresses_of_a_person_one_is_taken_and_never_half_of_each(tmp_path, store):
    rows = "a@k.example,,Berlin,DE,Meir 1,Utrecht,3511 AB,\nb@k.example,,,,Meir 1,Utrecht,3511 AB,NL\n"
    take_in(tmp_path, f"E-mail Address,{HOME},{BUSINESS}\n{rows}")
    found = {one.email: str(one.billing_address) for one in Customer.objects.all()}
    assert found == {"a@k.example": "Berlin, Germany", "b@k.example": "Meir 1, 3511 AB Utrecht, Netherlands"}
    assert left_out(tmp_path) == [(2, "Business Street", "Another address in this row is used instead.")]
