"""Sums add up to the cent, whatever the prices, quantities and rates."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.checkout.quote import Quote, QuoteLine
from orders.checkout.totals import Amounts, by_rate, line_amounts, rounded, total_of
from orders.models import DeliveryMethod, Product

PRICES = st.decimals("0.00", "99999.99", places=2)
RATES = st.sampled_from([Decimal(rate) for rate in ("0.0", "5.5", "7.0", "9.0", "19.0", "21.0", "27.0")])
QUANTITIES = st.integers(1, 99)
PRODUCTS = st.builds(Product, price=PRICES, vat_rate=RATES)
LINES = st.lists(st.builds(QuoteLine, PRODUCTS, QUANTITIES), min_size=1, max_size=20)
DELIVERIES = st.builds(DeliveryMethod, price=PRICES, vat_rate=RATES, free_from=st.none() | PRICES)


@given(PRICES, QUANTITIES, RATES)
def test_net_and_vat_of_a_line_make_its_gross(price, quantity, rate):
    amounts = line_amounts(price, quantity, rate)
    assert amounts.net + amounts.vat == amounts.gross == price * quantity
    assert all(amount == rounded(amount) and amount >= 0 for amount in (amounts.net, amounts.vat))


@given(PRICES, RATES)
def test_vat_is_the_rate_of_the_net_amount_but_for_the_cent_it_is_rounded_by(price, rate):
    amounts = Amounts.of_gross(price, rate)
    assert abs(amounts.net * rate / 100 - amounts.vat) <= Decimal("0.01")


@given(LINES, DELIVERIES)
def test_a_quote_adds_up_to_the_cent_by_line_and_by_rate(lines, delivery):
    quote = Quote(tuple(lines), "EUR", delivery)
    by_line = sum(line.gross for line in lines) + quote.delivery.gross
    rates = [amounts for _rate, amounts in quote.vat_by_rate]
    assert quote.total.gross == by_line == quote.total.net + quote.total.vat
    assert sum(rates, Amounts()) == quote.total


@given(LINES, DELIVERIES)
def test_delivery_is_free_from_its_amount_on(lines, delivery):
    quote = Quote(tuple(lines), "EUR", delivery)
    is_free = delivery.free_from is not None and quote.items.gross >= delivery.free_from
    assert quote.delivery.gross == (0 if is_free else delivery.price)


def test_half_a_cent_is_rounded_away_from_zero():
    assert [rounded(Decimal(amount)) for amount in ("0.005", "0.015", "-0.005")] == [
        Decimal("0.01"),
        Decimal("0.02"),
        Decimal("-0.01"),
    ]


def test_an_invoice_of_two_rates_lists_the_higher_one_first():
    parts = [(Decimal(9), line_amounts(Decimal("10.90"), 1, Decimal(9)))]
    parts += [(Decimal(21), line_amounts(Decimal("16.50"), 2, Decimal(21)))] * 2
    listed = [(rate, str(amounts.net), str(amounts.vat)) for rate, amounts in by_rate(parts)]
    assert listed == [(Decimal(21), "54.54", "11.46"), (Decimal(9), "10.00", "0.90")]
    assert total_of(parts).gross == Decimal("76.90")


@pytest.mark.parametrize("change", [{"price": Decimal("2.00")}, {"vat_rate": Decimal("9.0")}])
def test_what_is_agreed_to_changes_with_price_and_rate(change):
    product = Product(pk=1, price=Decimal("1.00"), vat_rate=Decimal("21.0"))
    before = Quote((QuoteLine(product, 1),), "EUR").fingerprint
    for name, value in change.items():
        setattr(product, name, value)
    assert Quote((QuoteLine(product, 1),), "EUR").fingerprint != before
