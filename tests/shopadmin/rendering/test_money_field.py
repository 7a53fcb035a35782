"""Amounts as people type them, and as fields show them."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from shopadmin.rendering.money_field import MoneyField, RateField, amount_of


class Purse(forms.Form):
    amount = MoneyField()
    rate = RateField(required=False, max_digits=4, decimal_places=1)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1234.50", "1234.50"), ("1234,50", "1234.50"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50"),
        ("1 234,50", "1234.50"), ("1\u00a0234,50", "1234.50"), ("1\u202f234,50", "1234.50"), ("1’234.50", "1234.50"),
        ("1.234.567,89", "1234567.89"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1 234", "1234"),
        ("12", "12"), ("12,5", "12.5"), (" 12.50 ", "12.50"), ("€ 12,50", "12.50"), ("12,50 €", "12.50"),
        ("12,-", "12"), ("0.05", "0.05"), ("-3,20", "-3.20"), ("1.234,5", "1234.5"),
    ],
)  # fmt: skip
def test_every_language_is_understood(typed, amount):
    assert amount_of(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "ten", "1e5", "NaN", "Infinity", "12.5.0", "1.23.456", "1,23,456", "1.2,3.4", "٣", "1..5"]
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match=".*"):
        amount_of(typed)


@pytest.mark.parametrize("typed", ["12.345", "1,234", "0.125", "1234.567", "1.234,567"])
def test_what_could_be_too_much_is_refused(typed):
    assert not Purse({"amount": typed}).is_valid()


@pytest.mark.parametrize(("language", "written"), [("en", "1,234.00"), ("nl", "1.234,00"), ("de", "1.234,00")])
@pytest.mark.parametrize("typed", ["1.234", "1,234"])
def test_what_can_be_read_in_two_ways_is_asked_back(typed, language, written):
    with translation.override(language):
        form = Purse({"amount": typed})
        [message] = form.errors["amount"]
    assert written in message
    assert Purse({"amount": written}).is_valid()


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1,234.50"), ("nl", "1.234,50"), ("de", "1.234,50"), ("fr", "1\u202f234,50")]
)
def test_a_field_shows_an_amount_in_the_form_of_the_language(language, shown):
    with translation.override(language):
        control = str(Purse(initial={"amount": Decimal("1234.5")})["amount"])
    assert f'value="{shown}"' in control
    assert amount_of(shown) == Decimal("1234.50")


def test_what_was_typed_stays_as_it_was_typed():
    assert 'value="1.23.4"' in str(Purse({"amount": "1.23.4"})["amount"])


@pytest.mark.parametrize(("language", "shown"), [("en", "5.5"), ("de", "5,5")])
def test_rates_follow_the_language_too(language, shown):
    with translation.override(language):
        assert f'value="{shown}"' in str(Purse(initial={"rate": Decimal("5.5")})["rate"])
    assert Purse({"amount": "1", "rate": shown}).is_valid()
