"""Guests go some days after their last order is done, where the settings say so; nobody else does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from customers.models import Customer, Erasure, PrivacyRequest
from orders.models import Order, WithdrawalNotice
from orders.retention.guests import due_guests
from shopadmin.models import Mail
from tests.factories import CustomerFactory
from tests.orders.retention.old_orders import finished, it_is, noon, run

pytestmark = pytest.mark.django_db
DONE, DAYS = noon(2026), 90
DUE = DONE + timedelta(days=DAYS)
NOTHING_ELSE = "0 invoices and 0 credit notes deleted, 0 orders anonymised"


@pytest.fixture
def gus(gus, store):
    """A guest whose only order was done on a day of 2026, in a shop that erases guests after ninety days."""
    store.erase_guests_after_days = DAYS
    store.save()
    Customer.objects.update(created_at=DONE, origin="order")
    finished(gus, DONE, number="W1")
    return gus


def erased(*, at=DUE):
    """How many a purge erases; a dry run says the same."""
    would, did = run("--dry-run", at=at), run(at=at)
    assert did == would.replace("Would purge:", "Purged:").replace(" Nothing was changed.", "")
    return int(did.split(", ")[-1].split()[0])


def test_a_guest_goes_on_the_day_and_not_before(gus):
    assert erased(at=DUE - timedelta(days=1)) == 0
    assert run(at=DUE) == f"Purged: {NOTHING_ELSE}, 1 guest erased."
    assert not Customer.objects.filter(pk=gus.pk).exists()


def test_the_day_begins_at_midnight_in_the_shop(gus):
    Order.objects.update(placed_at=datetime(2026, 6, 1, 21, 59, tzinfo=UTC))
    last_second = datetime(2026, 8, 29, 21, 59, 59, tzinfo=UTC)  # Amsterdam is two hours ahead
    assert erased(at=last_second) == 0
    assert erased(at=last_second + timedelta(seconds=1)) == 1


def test_it_is_an_erasure_like_any_other_and_nobody_is_mailed(gus):
    run(at=DUE)
    order = Order.objects.get()
    assert (order.number, order.customer, order.email, order.anonymised_at) == ("W1", None, "", None)
    assert (Erasure.objects.get().customer_number, Erasure.objects.get().by) == (gus.pk, "command")
    assert not Mail.objects.exists()


def test_without_the_setting_guests_are_kept(gus, store):
    store.erase_guests_after_days = None
    store.save()
    assert erased(at=noon(2032)) == 0


def test_a_guest_without_any_order_is_not_touched(gus):
    Order.objects.all().delete()
    for origin in ("merchant", "import"):
        Customer.objects.filter(pk=gus.pk).update(origin=origin)
        assert erased() == 0


def test_one_whose_orders_are_anonymised_by_now_goes_too(gus):
    Order.objects.update(customer=None, erased_at=DONE, anonymised_at=DONE)
    assert erased() == 1


@pytest.mark.parametrize(
    "state",
    [
        {"registered_at": DONE},
        {"is_staff": True, "role": "support", "orders_count": 1},
        {"access": "awaiting"},
        {"access": "refused"},
        {"access": "blocked"},
        {"marketing_consent": True},
        {"restricted_at": DONE},
    ],
    ids=lambda state: next(iter(state)),
)
def test_who_is_more_than_a_guest_stays(gus, state):
    Customer.objects.filter(pk=gus.pk).update(**state)
    assert erased() == 0


LATELY = DUE - timedelta(days=1)


@pytest.mark.parametrize(
    "happens",
    [
        lambda gus: finished(gus, DONE, state="open"),
        lambda gus: finished(gus, LATELY),
        lambda gus: gus.orders.get().events.create(kind="shipment", at=LATELY),
        lambda gus: gus.orders.get().payments.create(amount=1, at=LATELY),
        lambda gus: gus.dated_notes.create(text="Phoned about the mugs", at=LATELY),
        lambda gus: PrivacyRequest.objects.create(customer=gus, kind="access"),
        lambda gus: WithdrawalNotice.objects.create(order=gus.orders.get(), email=gus.email, language="nl", at=DONE),
    ],
    ids=["open order", "new order", "event", "payment", "note", "request", "withdrawal"],
)
def test_who_is_not_done_with_stays(gus, happens):
    happens(gus)
    assert erased() == 0
    assert Customer.objects.filter(pk=gus.pk).exists()


def test_an_old_note_holds_nobody_back(gus):
    gus.dated_notes.create(text="Phoned about the mugs", at=DONE)
    assert erased() == 1


def test_many_go_batch_by_batch_and_others_stay(gus, otto, monkeypatch):
    monkeypatch.setattr("orders.retention.guests.BATCH", 2)
    for _guest in range(4):
        finished(CustomerFactory(), DONE)
    finished(otto, DONE)
    assert erased() == 5
    assert list(Customer.objects.values_list("pk", flat=True)) == [otto.pk]


@pytest.mark.parametrize("guests", [1, 3])
def test_finding_them_takes_one_query(gus, guests, django_assert_num_queries):
    for _guest in range(guests - 1):
        finished(CustomerFactory(), DONE)
    with timezone.override("Europe/Amsterdam"), it_is(DUE):
        due = due_guests()
        with django_assert_num_queries(1):
            assert len(due) == guests
