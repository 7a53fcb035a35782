"""Discounts are shared out to the cent, and take no price below zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.checkout.discounts import Discount, Discounts
from orders.checkout.quote import Quote, QuoteLine
from orders.checkout.totals import Amounts
from orders.models import DeliveryMethod, Product, TaxClass
from orders.vat.rates import Rates
from orders.vat.treatment import Sale

PRICES = st.integers(0, 99_999).map(lambda cents: Decimal(cents) / 100)
PERCENT = st.integers(0, 1_000).map(lambda tenths: Decimal(tenths) / 10)
ANY_DISCOUNT = st.builds(Discount, amount=PRICES) | st.builds(Discount, percent=PERCENT)
CARTS = st.lists(st.tuples(PRICES, st.integers(1, 20), st.sampled_from(TaxClass.values)), min_size=1, max_size=8)
SALES = st.sampled_from([Sale(Rates("NL", {}), place) for place in ("NL", "US")])


def lines_of(cart) -> list[QuoteLine]:
    return [
        QuoteLine(Product(pk=pk, price=price, tax_class=tax_class), quantity)
        for pk, (price, quantity, tax_class) in enumerate(cart)
    ]


@given(CARTS, st.dictionaries(st.integers(0, 7), ANY_DISCOUNT), ANY_DISCOUNT)
def test_shares_add_up_and_no_line_goes_below_zero(cart, on_lines, on_order):
    own = Discounts(on_lines).taken_off(lines_of(cart))
    lines = Discounts(on_lines, on_order).taken_off(lines_of(cart))
    assert sum(line.price for line in own) - sum(line.price for line in lines) == on_order.of(
        sum(line.price for line in own)
    )
    assert min(line.price for line in lines) >= 0 <= min(line.discount for line in lines)


@given(CARTS, ANY_DISCOUNT, SALES)
def test_a_discounted_quote_adds_up_by_line_and_by_rate(cart, on_order, sale):
    quote = Quote(Discounts({}, on_order).taken_off(lines_of(cart)), "EUR", sale, DeliveryMethod(price=Decimal("4.95")))
    assert sum(line.gross for line in quote.lines) + quote.delivery.gross == quote.total.gross
    assert sum((part.amounts for part in quote.parts), Amounts()) == quote.total
    assert min(line.amounts.net for line in quote.lines) >= 0


@pytest.mark.parametrize(("typed", "off"), [(Discount(percent=Decimal(15)), "4.95"), (Discount(Decimal(40)), "33.00")])
def test_a_discount_is_rounded_to_the_cent_and_never_more_than_the_price(typed, off):
    assert typed.of(Decimal("33.00")) == Decimal(off)
