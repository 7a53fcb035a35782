"""At the edge of every country's term, in every time zone: what goes is what the rule says, and a dry run agrees."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.privacy.retention import TERMS
from orders.models import Document, Order
from orders.retention.term import order_kept_until
from tests.factories import CustomerFactory, OrderFactory
from tests.orders.retention.old_orders import run

pytestmark = pytest.mark.django_db
ZONES = ["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "UTC"]
A_SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)
# How far from midnight: the last and the first second of a day, and days around them.
AROUND = st.sampled_from([-2 * A_DAY, -A_DAY, -A_SECOND, timedelta(0), A_SECOND, A_DAY])
DAYS = st.builds(date, st.integers(2011, 2021), st.just(1), st.just(1)) | st.sampled_from(
    [date(2012, 2, 29), date(2016, 2, 29), date(2019, 3, 1), date(2020, 12, 31)]
)
MOMENTS = st.tuples(DAYS, AROUND)
ORDERS = st.fixed_dictionaries(
    {"placed": MOMENTS, "event": st.none() | MOMENTS, "payment": st.none() | MOMENTS},
    optional={"documents": st.lists(MOMENTS, min_size=1, max_size=2), "state": st.sampled_from(["open", "cancelled"])},
)


@contextmanager
def forgotten_afterwards():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def moment(day, away, zone):
    return (datetime.combine(day, time.min, ZoneInfo(zone)) + away).astimezone(UTC)


def make(customer, facts, zone):
    """An order with what happened to it, as rows."""
    at = {name: moment(*facts[name], zone) for name in ("placed", "event", "payment") if facts[name]}
    order = OrderFactory(customer=customer, placed_at=at["placed"], state=facts.get("state", "completed"))
    if "event" in at:
        order.events.create(kind="completed", at=at["event"])
    if "payment" in at:
        order.payments.create(amount=Decimal("37.95"), at=at["payment"])
    invoice = None
    for issued in facts.get("documents", []):
        invoice = issue(order, moment(*issued, zone), invoice)


def issue(order, at, invoice):
    """An invoice, or the credit note of one."""
    kind = "credit_note" if invoice else "invoice"
    known = {"language": "nl", "total": order.total, "content": {}, "size": 0, "path": f"{kind}-{order.number}.pdf"}
    return Document.objects.create(
        order=order, kind=kind, credits=invoice, number=f"{kind[0]}{order.number}", issued_at=at, **known
    )


@settings(max_examples=60)
@given(
    country=st.sampled_from([*TERMS, "PT"]),
    zone=st.sampled_from(ZONES),
    orders=st.lists(ORDERS, min_size=1, max_size=3),
    away=AROUND,
)
def test_what_goes_is_what_the_rule_says(store, country, zone, orders, away):
    store.country, store.time_zone = country, zone
    with forgotten_afterwards(), timezone.override(zone):
        store.save()
        customer = CustomerFactory()
        for facts in orders:
            make(customer, facts, zone)
        kept = {order: order_kept_until(order, store) for order in Order.objects.with_last_records()}
        now = moment(date(min(kept.values()).year + 1, 1, 1), away, zone)
        past = {order for order, until in kept.items() if until < timezone.localdate(now) and not order.is_open}
        would = run("--dry-run", at=now)
        did = run(at=now)
        assert did == would.replace("Would purge:", "Purged:").replace(" Nothing was changed.", "")
        assert set(Order.objects.exclude(anonymised_at=None)) == past
        assert set(Document.objects.values_list("order", flat=True)).isdisjoint(order.pk for order in past)


@settings(max_examples=30)
@given(country=st.sampled_from([*TERMS, "PT"]), zone=st.sampled_from(ZONES), issued=MOMENTS)
def test_an_invoice_goes_the_day_after_its_last(store, country, zone, issued):
    store.country, store.time_zone = country, zone
    with forgotten_afterwards(), timezone.override(zone):
        store.save()
        make(CustomerFactory(), {"placed": issued, "event": None, "payment": None, "documents": [issued]}, zone)
        until = order_kept_until(Order.objects.with_last_records().get(), store)
        midnight = moment(until + A_DAY, timedelta(0), zone)
        run(at=midnight - A_SECOND)
        assert Document.objects.count() == 1
        run(at=midnight)
        assert Document.objects.count() == 0
