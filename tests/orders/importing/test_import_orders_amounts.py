"""`manage.py import_orders`: amounts and currencies as each locale and program writes them."""

from decimal import Decimal

import pytest

from tests.orders.importing.imports import refused, take_in, take_in_rows, totals

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NO_AMOUNT = "Enter an amount, such as 148.50."
TWO_WAYS = "The amount could be in thousands or in cents. Write it with 2 decimals."
IN_DOLLARS = "The currency is USD, but the shop uses EUR. Convert the amount first."


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("12.345.678,90", "12345678.90"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1\u2009234.56", "1234.56"),
        ("1’234.50", "1234.50"),
        ("1.234.567", "1234567.00"),
        ("€ 12,50", "12.50"),
        ("12,50 €", "12.50"),
        ("€12.50", "12.50"),
        ("12,50\u00a0EUR", "12.50"),
        ("EUR 12.50", "12.50"),
        ("12,50 euro", "12.50"),
        ("12.5000", "12.50"),
        ("45.123456", "45.12"),
        ("1234.500", "1234.50"),
        ("0.500", "0.50"),
        ("12,-", "12.00"),
        ("12", "12.00"),
        ("0", "0.00"),
    ],
)
def test_an_amount_is_read_as_its_locale_writes_it(tmp_path, store, written, amount):
    take_in_rows(tmp_path, f"1;a@k.example;2024-05-17;{written}", sep=";")
    assert totals() == {"1": Decimal(amount)}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1.234", TWO_WAYS),
        ("12,500", TWO_WAYS),
        ("much", NO_AMOUNT),
        ("1.234.56", NO_AMOUNT),
        ("1,23,456.78", NO_AMOUNT),
        ("12..5", NO_AMOUNT),
        ("1e5", NO_AMOUNT),
        ("-12.50", "The amount cannot be negative."),
        ("(12.50)", "The amount cannot be negative."),
        ("USD 12.50", IN_DOLLARS),
        ("$12.50", IN_DOLLARS.replace("USD", "$")),
        ("999999999999.99", "The amount can be at most 99999999.99."),
    ],
)
def test_what_is_no_plain_amount_is_refused_with_the_reason(tmp_path, store, written, reason):
    take_in_rows(tmp_path, f"1;a@k.example;2024-05-17;{written}", sep=";")
    assert (totals(), refused(tmp_path)) == ({}, [("2", "total", reason)])


@pytest.mark.parametrize("written", ["EUR", "eur", "€", "Euro", ""])
def test_the_currency_of_the_shop_is_taken(tmp_path, store, written):
    take_in_rows(tmp_path, f"1,a@k.example,2024-05-17,10,{written}", more="currency")
    assert totals() == {"1": Decimal("10.00")}


@pytest.mark.parametrize("title", ["currency", "Order currency", "Valuta", "Währung"])
def test_another_currency_is_refused_with_the_reason(tmp_path, store, title):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,USD", more=title)
    assert (totals(), refused(tmp_path)) == ({}, [("2", title, IN_DOLLARS)])


def test_a_dollar_shop_takes_dollars(tmp_path, store):
    store.currency = "USD"
    store.save()
    take_in_rows(tmp_path, '1,a@k.example,2024-05-17,"$1,234.50",USD', more="currency")
    assert totals() == {"1": Decimal("1234.50")}


def test_a_file_whose_first_line_names_the_separator_is_read_below_it(tmp_path, store):
    take_in(tmp_path, "sep=;\r\nnumber;email;placed_at;total\r\n1;a@k.example;2024-05-17;10\r\n")
    assert totals() == {"1": Decimal("10.00")}
