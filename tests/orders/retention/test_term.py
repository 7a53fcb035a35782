"""An order and its documents are kept together, until the last of them may go."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from orders.models import Order
from orders.retention.term import order_kept_until
from tests.factories import OrderFactory
from tests.orders.retention.old_orders import issue, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def german(store):
    """A shop in a country whose law tells documents and orders apart."""
    store.country, store.time_zone = "DE", "Europe/Berlin"
    store.save()
    return store


@pytest.fixture
def order(german):
    return OrderFactory(state="completed", placed_at=noon(2018))


def until(order, store):
    return order_kept_until(Order.objects.with_last_records().get(pk=order.pk), store)


def test_an_order_that_came_to_nothing_is_a_letter(order, german):
    assert until(order, german) == date(2024, 12, 31)


def test_what_last_happened_to_it_counts(order, german):
    order.events.create(kind="cancelled", at=noon(2019))
    assert until(order, german) == date(2025, 12, 31)


def test_one_with_a_document_stays_as_long_as_the_document(order, german):
    issue(order, "2018-1", noon(2018))
    assert until(order, german) == date(2026, 12, 31)


def test_one_that_was_paid_is_in_the_accounts_too(order, german):
    order.payments.create(amount=Decimal("37.95"), at=noon(2018))
    assert until(order, german) == date(2026, 12, 31)


def test_a_credit_note_keeps_its_invoice_and_the_order(order, german):
    invoice = issue(order, "2018-1", noon(2018))
    issue(order, "C2020-1", noon(2020), kind="credit_note", credits=invoice)
    assert until(order, german) == date(2028, 12, 31)


def test_the_longer_of_two_periods_counts(order, german):
    german.order_retention_years = 20
    issue(order, "2018-1", noon(2019))
    assert until(order, german) == date(2038, 12, 31)


def test_the_year_ends_when_it_ends_in_the_shop(order, german, shop_time):
    new_year = datetime(2018, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    order.events.create(kind="cancelled", at=new_year)
    assert until(order, german) == date(2025, 12, 31)
