"""`manage.py recount_customers`: what differs is named, and mended."""

from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from customers.models import Customer, HistoryEntry
from orders.models import Order
from tests.factories import AddressFactory, CustomerFactory, OrderFactory

pytestmark = pytest.mark.django_db
LAST = datetime(2026, 3, 2, 10, tzinfo=UTC)
KEPT = ("orders_count", "spent", "last_order_at", "order_numbers", "country", "search_text")


@pytest.fixture
def ada(db):
    """Two orders, one of them cancelled, and an address, of which her row knows nothing yet."""
    ada = CustomerFactory(first_name="Ada", last_name="Adema", mobile="+31612345678")
    AddressFactory(customer=ada)
    OrderFactory(customer=ada, number="W2", placed_at=LAST, state=Order.State.CANCELLED)
    OrderFactory(customer=ada, number="W1", placed_at="2026-01-02T10:00Z")
    Customer.objects.update(orders_count=9, spent=1, last_order_at=None, order_numbers="", country="DE", search_text="")
    return ada


def recount(**options):
    out = StringIO()
    call_command("recount_customers", stdout=out, **options)
    return out.getvalue().splitlines()


def kept(customer):
    return Customer.objects.values_list(*KEPT).get(pk=customer.pk)


def test_what_differs_is_mended_and_named(ada):
    line, closing = recount()
    assert line == (
        f"#{ada.pk}: orders_count is 9 instead of 2; spent is 1.00 instead of 37.95; "
        f"last_order_at is - instead of {LAST}; "
        "order_numbers is - instead of W1 W2; country is DE instead of NL; search_text"
    )
    assert closing == (
        "1 of 1 customer differed and was corrected: orders_count 1, spent 1, last_order_at 1, order_numbers 1, "
        "country 1, search_text 1."
    )
    text = Customer.objects.get().known_for_the_list()["search_text"]
    assert kept(ada) == (2, Decimal("37.95"), LAST, "W1 W2", "NL", text)
    assert recount() == ["1 customer is correct."]


def test_checking_exits_with_an_error_and_changes_nothing(ada):
    before = kept(ada)
    with pytest.raises(CommandError, match="1 of 1 customer differs: orders_count 1, spent 1"):
        recount(check=True)
    assert kept(ada) == before


def test_what_the_verbs_and_forms_keep_is_right(ada, ines, gus):
    recount()
    OrderFactory(customer=ines)
    from orders.customer_hooks.totals import recount as recount_one

    recount_one(ines)
    ines.refresh_from_db()
    ines.first_name = "Inés"
    ines.save()
    assert recount(check=True) == ["3 customers are correct."]


def test_numbers_in_another_order_are_no_difference(ada):
    recount()
    text = kept(ada)[-1].replace("w1 w2", "w2 w1").replace("~Qw1~Qw2", "~Qw2~Qw1")
    Customer.objects.update(order_numbers="W2 W1", search_text=text)
    assert recount(check=True) == ["1 customer is correct."]


def test_checking_agrees_with_what_was_mended_and_saved_since(ada):
    """Whichever address was made or changed first."""
    ada.addresses.all().delete()
    shipping = AddressFactory(customer=ada, kind="shipping", city="Zeist", postcode="3701 AA")
    AddressFactory(customer=ada)
    recount()
    ada.refresh_from_db()
    ada.first_name = "Adah"
    ada.save()
    shipping.save()  # PostgreSQL now keeps it behind the other one,
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_address")  # and reads so small a table from end to end
    ada.save()
    assert recount(check=True) == ["1 customer is correct."]


def test_mending_writes_no_history(ada):
    before = HistoryEntry.objects.count()
    recount()
    assert HistoryEntry.objects.count() == before
