"""Which VAT a line bears, case by case."""

from decimal import Decimal

import pytest

from orders.vat.rates import TABLE, Rates
from orders.vat.territories import MEMBER_STATES, territory_of
from orders.vat.treatment import Sale

pytestmark = pytest.mark.any_database


def vat(destination, business_in="", *, home="NL", tax_class="standard", is_service=False, **shop):
    treatment = Sale(Rates(home, {}), destination, business_in, **shop).vat_on(tax_class, is_service=is_service)
    return treatment.category.value, treatment.country, str(treatment.rate)


@pytest.mark.parametrize(
    ("destination", "business_in", "expected"),
    [
        ("NL", "", ("S", "NL", "21.0")),
        ("NL", "DE", ("S", "NL", "21.0")),  # its goods stay in the country
        ("NL", "NL", ("S", "NL", "21.0")),
        ("DE", "", ("S", "NL", "21.0")),
        ("DE", "NL", ("S", "NL", "21.0")),  # a Dutch business has goods sent to Germany
        ("DE", "DE", ("K", "", "0.0")),
        ("DE", "FR", ("K", "", "0.0")),
        ("XI", "XI", ("K", "", "0.0")),
        ("GB", "", ("G", "", "0.0")),
        ("US", "", ("G", "", "0.0")),
        ("", "", ("G", "", "0.0")),  # the Canaries, say
        ("CH", "DE", ("G", "", "0.0")),
    ],
)
def test_goods_of_a_dutch_shop(destination, business_in, expected):
    assert vat(destination, business_in) == expected


@pytest.mark.parametrize(
    ("destination", "business_in", "expected"),
    [
        ("NL", "", ("S", "NL", "21.0")),
        ("DE", "", ("S", "NL", "21.0")),
        ("US", "", ("S", "NL", "21.0")),
        ("NL", "DE", ("AE", "", "0.0")),
        ("DE", "DE", ("AE", "", "0.0")),
        ("NL", "NL", ("S", "NL", "21.0")),
        ("XI", "XI", ("S", "NL", "21.0")),  # Northern Ireland is in the EU's VAT for goods alone
    ],
)
def test_services_of_a_dutch_shop(destination, business_in, expected):
    assert vat(destination, business_in, is_service=True, one_stop_shop=True) == expected


@pytest.mark.parametrize(
    ("tax_class", "country", "expected"),
    [
        ("standard", "DE", ("S", "DE", "19.0")),
        ("reduced", "DE", ("S", "DE", "7.0")),
        ("reduced", "DK", ("S", "DK", "25.0")),  # Denmark has no reduced rate
        ("second_reduced", "DE", ("S", "DE", "7.0")),
        ("zero", "DE", ("S", "DE", "19.0")),
        ("own_1", "FI", ("S", "FI", "25.5")),
        ("standard", "XI", ("S", "XI", "20.0")),
        ("standard", "NL", ("S", "NL", "21.0")),
        ("zero", "NL", ("Z", "NL", "0.0")),
    ],
)
def test_with_the_one_stop_shop_consumers_pay_the_rate_of_their_country(tax_class, country, expected):
    assert vat(country, tax_class=tax_class, one_stop_shop=True) == expected


@pytest.mark.parametrize("is_service", [False, True])
@pytest.mark.parametrize(("destination", "business_in"), [("NL", ""), ("DE", "DE"), ("US", "")])
def test_a_small_business_charges_nobody(destination, business_in, is_service):
    expected = ("E", "", "0.0")
    assert vat(destination, business_in, is_service=is_service, small_business=True, one_stop_shop=True) == expected


def test_a_shop_outside_the_eu_exports_to_everywhere_else():
    assert vat("CH", home="CH") == ("S", "CH", "8.1")
    assert vat("DE", "DE", home="CH") == ("G", "", "0.0")
    assert vat("XI", home="GB") == ("S", "GB", "20.0")


@pytest.mark.parametrize(
    ("country", "postcode", "territory"),
    [
        ("NL", "3511 AW", "NL"), ("DE", "04107", "DE"), ("DE", "27498", ""), ("DE", "D-78266", ""),
        ("ES", "35001", ""), ("ES", "28001", "ES"), ("ES", "51001", ""), ("FI", "22100", ""), ("FI", "00100", "FI"),
        ("FR", "97400", ""), ("FR", "75001", "FR"), ("IT", "23041", ""), ("GR", "630 86", ""), ("MC", "98000", "FR"),
        ("GB", "BT1 5GS", "XI"), ("GB", "SW1A 1AA", "GB"), ("US", "27498", "US"), ("AX", "22100", "AX"),
    ],
)  # fmt: skip
def test_an_address_belongs_to_a_vat_territory(country, postcode, territory):
    assert territory_of(country, postcode) == territory


def test_the_table_has_every_member_state_and_rates_that_the_law_allows():
    """Article 97: at least 15 per cent; no rate stands twice in a country."""
    assert set(TABLE) == MEMBER_STATES | {"GB", "CH", "NO", "XI"}
    for country, rates in TABLE.items():
        numbers = [Decimal(rate) for rate in rates]
        assert max(numbers) == numbers[0]
        assert len(set(numbers)) == len(numbers)
        assert country == "CH" or numbers[0] >= 15


def test_what_the_merchant_enters_comes_before_the_table():
    rates = Rates("NL", {"NL": {"reduced": "6.0", "own_1": "12.0"}, "BE": {"zero": "0.0"}})
    assert [str(rates.at_home(code)) for code in ("standard", "reduced", "own_1", "zero")] == [
        "21.0", "6.0", "12.0", "0.0",
    ]  # fmt: skip
    assert [str(rates.abroad(code, "BE")) for code in ("reduced", "zero")] == ["6.0", "0.0"]
    assert [rates.class_at(Decimal(rate)) for rate in ("12", "21.0", "0", "9")] == ["own_1", "standard", "zero", None]
