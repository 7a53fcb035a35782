"""How long the law keeps what was invoiced."""

from datetime import date

import pytest

from customers.privacy.retention import kept_until, retention_years

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("country", "years"),
    [("NL", 7), ("DE", 8), ("AT", 7), ("BE", 10), ("FR", 10), ("GB", 6), ("US", 7), ("PT", 10)],
)
def test_each_country_has_its_years(store, country, years):
    store.country = country
    assert retention_years(store) == years


def test_they_count_from_the_end_of_the_year_of_the_document(store):
    assert kept_until(date(2026, 1, 1), store) == kept_until(date(2026, 12, 31), store) == date(2033, 12, 31)


@pytest.mark.parametrize("years", [0, 12])
def test_the_shops_own_figure_goes_first(store, years):
    store.retention_years = years
    assert kept_until(date(2026, 5, 1), store) == date(2026 + years, 12, 31)
