"""Sums add up to the cent, whatever the prices, quantities, rates and treatments."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.checkout.quote import Quote, QuoteLine
from orders.checkout.totals import Amounts, Part, by_rate, rounded, shared, taxed, vat_in
from orders.models import DeliveryMethod, Product, TaxClass, VatCategory
from orders.vat.rates import Rates
from orders.vat.treatment import LineVat, Sale

CENT = Decimal("0.01")
# Of integers: decimals take a second to get going, which on a busy machine Hypothesis takes for a fault.
PRICES = st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 100)
RATES = st.sampled_from([Decimal(rate) for rate in ("0.0", "5.5", "7.0", "9.0", "19.0", "21.0", "27.0")])
QUANTITIES = st.integers(1, 99)
CLASSES = st.sampled_from([*TaxClass.values, "own_1"])
PRODUCTS = st.builds(Product, price=PRICES, tax_class=CLASSES, is_service=st.booleans())
LINES = st.lists(st.builds(QuoteLine, PRODUCTS, QUANTITIES), min_size=1, max_size=20)
DELIVERIES = st.builds(DeliveryMethod, price=PRICES, tax_class=CLASSES, free_from=st.none() | PRICES)
HOMES = st.builds(Rates, st.sampled_from(["NL", "DE", "FR", "CH"]), st.just({"NL": {"own_1": "6.0"}}))
PLACES = st.sampled_from(["NL", "DE", "FR", "DK", "XI", "CH", "US", ""])
SALES = st.builds(Sale, HOMES, PLACES, business_in=PLACES, small_business=st.booleans(), one_stop_shop=st.booleans())


def standard(rate):
    return LineVat(VatCategory.STANDARD, "NL", Decimal(rate), Decimal(rate))


def vat_of(*grosses, rate):
    return [amounts.vat for amounts in taxed([(Decimal(gross), standard(rate)) for gross in grosses])]


@given(st.lists(st.tuples(PRICES, RATES.map(standard)), min_size=1, max_size=40))
def test_lines_share_the_vat_of_the_sum_at_their_rate(prices):
    lines = taxed(prices)
    for rate in {vat.rate for _price, vat in prices}:
        at_rate = [line for line, (_price, vat) in zip(lines, prices, strict=True) if vat.rate == rate]
        gross = sum(line.gross for line in at_rate)
        assert sum(line.vat for line in at_rate) == vat_in(gross, rate)
        for line in at_rate:
            exact = line.gross * rate / (100 + rate)
            assert line.net + line.vat == line.gross
            assert abs(line.vat - exact) < Decimal("0.015")
            assert line.net >= 0 <= line.vat


@pytest.mark.parametrize(
    ("grosses", "rate", "vat"),
    [(["68.00", "2.07"], "7", "4.58"), (["0.99"] * 10, "21", "1.72"), (["0.03"] * 30, "21", "0.16")],
)
def test_vat_is_taken_out_of_the_sum_and_not_of_each_line(grosses, rate, vat):
    assert sum(vat_of(*grosses, rate=rate)) == Decimal(vat)


@given(PRICES, st.lists(PRICES, min_size=1, max_size=30))
def test_what_is_shared_adds_up_and_gives_nobody_more_than_a_cent_too_much(total, weights):
    parts = shared(total, weights)
    if whole := sum(weights):
        assert sum(parts) == total
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * weight / whole) < CENT
    else:
        assert set(parts) == {0}


def test_of_equal_shares_the_earlier_line_takes_the_odd_cent():
    assert shared(Decimal("0.05"), [Decimal(1)] * 3) == [Decimal("0.02"), Decimal("0.02"), Decimal("0.01")]


@given(LINES, DELIVERIES, SALES)
def test_a_quote_adds_up_to_the_cent_by_line_and_by_rate(lines, delivery, sale):
    quote = Quote(lines, "EUR", sale, delivery)
    by_line = sum(line.gross for line in quote.lines) + quote.delivery.gross
    assert quote.total.gross == by_line == quote.total.net + quote.total.vat
    assert sum((part.amounts for part in quote.parts), Amounts()) == quote.total
    assert sum((part.amounts for part in quote.parts if not part.rate), Amounts()).vat == 0


@given(LINES, DELIVERIES, SALES)
def test_no_line_has_vat_without_a_rate_and_each_has_its_category(lines, delivery, sale):
    quote = Quote(lines, "EUR", sale, delivery)
    for vat in [*(line.vat for line in quote.lines), quote.delivery_vat]:
        assert (vat.category == VatCategory.STANDARD) == (vat.rate > 0)
        assert bool(vat.country) == (vat.category in {VatCategory.STANDARD, VatCategory.ZERO_RATED})


@given(LINES, DELIVERIES, HOMES)
def test_who_pays_no_vat_pays_exactly_what_is_left_without_it(lines, delivery, rates):
    for line in lines:
        line.product.is_service = False
    at_home = Quote(lines, "EUR", Sale(rates, rates.home), delivery)
    abroad = Quote(lines, "EUR", Sale(rates, "US"), delivery)
    assert abroad.total == Amounts(at_home.total.net, Decimal(0), at_home.total.net)


@given(LINES, DELIVERIES)
def test_delivery_is_free_from_its_amount_on(lines, delivery):
    quote = Quote(lines, "EUR", Sale(Rates("NL", {}), "NL"), delivery)
    is_free = delivery.free_from is not None and quote.price >= delivery.free_from
    assert quote.delivery.gross == (0 if is_free else delivery.price)


def test_half_a_cent_is_rounded_away_from_zero():
    assert [rounded(Decimal(amount)) for amount in ("0.005", "0.015", "-0.005")] == [
        Decimal("0.01"),
        Decimal("0.02"),
        Decimal("-0.01"),
    ]


def test_an_invoice_of_two_rates_lists_the_higher_one_first():
    prices = [(Decimal("10.90"), standard("9.0")), *[(Decimal("33.00"), standard("21.0"))] * 2]
    parts = [
        Part(vat.category, vat.country, vat.rate, amounts)
        for (_price, vat), amounts in zip(prices, taxed(prices), strict=True)
    ]
    listed = [(part.rate, str(part.amounts.net), str(part.amounts.vat)) for part in by_rate(parts)]
    assert listed == [(Decimal(21), "54.55", "11.45"), (Decimal(9), "10.00", "0.90")]


@pytest.mark.parametrize("change", [{"price": Decimal("2.00")}, {"tax_class": "reduced"}])
def test_what_is_agreed_to_changes_with_price_and_rate(change):
    product, sale = Product(pk=1, price=Decimal("1.00")), Sale(Rates("NL", {}), "NL")
    before = Quote([QuoteLine(product, 1)], "EUR", sale).fingerprint
    for name, value in change.items():
        setattr(product, name, value)
    assert Quote([QuoteLine(product, 1)], "EUR", sale).fingerprint != before
