"""How long the law keeps what a shop writes down."""

from datetime import date

import pytest

from customers.privacy.retention import Record, first_day_kept, kept_until, retention_years

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("country", "documents", "orders"),
    [
        ("NL", 7, 7),
        ("DE", 8, 6),
        ("AT", 7, 7),
        ("BE", 10, 10),
        ("FR", 10, 10),
        ("GB", 6, 6),
        ("US", 7, 7),
        ("PT", 10, 10),
    ],
)
def test_each_country_has_its_years_for_each_kind_of_record(store, country, documents, orders):
    store.country = country
    assert (retention_years(store, Record.DOCUMENT), retention_years(store, Record.ORDER)) == (documents, orders)


def test_they_count_from_the_end_of_the_year_of_the_record(store):
    first, last = (kept_until(date(2026, *day), store, Record.DOCUMENT) for day in ((1, 1), (12, 31)))
    assert first == last == date(2033, 12, 31)


@pytest.mark.parametrize("years", [0, 12])
def test_the_shops_own_figure_goes_first_for_its_kind_alone(store, years):
    store.country, store.retention_years = "DE", years
    assert kept_until(date(2026, 5, 1), store, Record.DOCUMENT) == date(2026 + years, 12, 31)
    assert kept_until(date(2026, 5, 1), store, Record.ORDER) == date(2032, 12, 31)


@pytest.mark.parametrize("today", [date(2034, 1, 1), date(2034, 12, 31)])
def test_what_may_go_is_what_is_no_longer_kept(store, today):
    assert first_day_kept(today, store, Record.DOCUMENT) == date(2027, 1, 1)
    assert kept_until(date(2026, 12, 31), store, Record.DOCUMENT) < today
    assert kept_until(date(2027, 1, 1), store, Record.DOCUMENT) >= today
