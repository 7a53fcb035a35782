"""The sums that the dashboard shows are those of orders and customers, however these were written."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from customers.merging.merge import MergeError, merge
from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from orders.checkout.totals import rounded
from orders.customer_hooks.totals import SPENT, recount_customer_of
from orders.dashboard import sales_triggers
from orders.dashboard.sales_count import count_anew, differences, keep_daily_sales
from orders.handling.cancellation import cancel
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.models import DailySales, Order
from shopadmin.models import StoreSettings
from tests.factories import CustomerFactory, OrderFactory

# Late in the evening of UTC it is the next day in Amsterdam, and still the afternoon in New York.
EVENING = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def kept() -> dict:
    """The sums by day, as the dashboard reads them; days of which nothing is left do not count."""
    days = {str(day): (rounded(revenue), *counts) for day, revenue, *counts in DailySales.objects.by_day()}
    return {day: sums for day, sums in days.items() if any(sums)}


def added_up(time_zone) -> dict:
    """The same from orders and customers, by plain queries."""
    orders = Order.objects.exclude(state__in=Order.OVER).annotate(day=TruncDate("placed_at", tzinfo=time_zone))
    shoppers = Customer.objects.shoppers().annotate(day=TruncDate("created_at", tzinfo=time_zone))
    registered = Q(registered_at__isnull=False)
    sales = orders.values_list("day").annotate(revenue=Sum(SPENT), many=Count("pk")).order_by()
    people = shoppers.values_list("day").annotate(
        registered=Count("pk", filter=registered), guests=Count("pk", filter=~registered)
    )
    sold, met = ({day: sums for day, *sums in rows} for rows in (sales, people.order_by()))
    found = {day: (*sold.get(day, (0, 0)), *met.get(day, (0, 0))) for day in sold | met}
    return {str(day): (rounded(Decimal(revenue)), *counts) for day, (revenue, *counts) in found.items()}


# --- What can happen to a shop; each of these finds its own order or customer


def place(dice):
    at = EVENING + timedelta(hours=dice.randint(-40, 40))
    OrderFactory(placed_at=at, customer=CustomerFactory(created_at=at, registered=dice.random() < 0.3))


def import_many(dice):
    kept = {"language": "nl", "erased_at": EVENING, "placed_at": EVENING, "total": Decimal("19.99")}
    Order.objects.bulk_create(Order(number=f"I{dice.random()}"[:20], **kept) for _number in range(3))
    Customer.objects.bulk_create([CustomerFactory.build(created_at=EVENING) for _number in range(3)])


def pay(dice):
    if left := (order := an_order(dice)).outstanding:
        enter_payment(order, amount=dice.choice([left, min(left, Decimal("12.34"))]))


def pay_back(dice):
    if (order := an_order(dice)).paid:
        refund(order, amount=min(order.paid, Decimal("9.99")))


def call_off(dice):
    if (order := an_order(dice)).can_be_cancelled:
        cancel(order)


def change_many(dice):
    orders = Order.objects.filter(number__endswith=dice.randint(0, 9))
    orders.update(placed_at=EVENING - timedelta(days=1), total=Decimal("50.05"), state=dice.choice(Order.State.values))


def register(dice):
    Customer.objects.filter(registered_at=None, pk=a_customer(dice).pk).update(registered_at=EVENING)


def hire(dice):
    Customer.objects.filter(pk=a_customer(dice).pk, orders_count=0).update(is_staff=True, role="support")


def erase_somebody(dice):
    customer = a_customer(dice)
    if not customer.is_staff:
        erase(customer, by=ActorKind.SHOPPER, notify=False)


def merge_two(dice):
    try:
        merge(a_customer(dice), a_customer(dice), choices={}, by=None)
    except MergeError:
        pass


def delete_some(dice):
    Order.objects.filter(number__endswith=dice.randint(0, 9)).delete()


def recount(dice):
    recount_customer_of(an_order(dice))


def an_order(dice) -> Order:
    return dice.choice(Order.objects.exclude(state="cancelled") or [OrderFactory(placed_at=EVENING)])


def a_customer(dice) -> Customer:
    return dice.choice(Customer.objects.filter(merged_into=None) or [CustomerFactory(created_at=EVENING)])


EVENTS = [place, import_many, pay, pay_back, call_off, change_many, register, hire, erase_somebody, merge_two,
          delete_some, recount, lambda dice: keep_daily_sales()]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_they_are_those_of_a_plain_sum_whatever_happens(shop_time, django_capture_on_commit_callbacks, seed):
    dice = random.Random(seed)
    for _number in range(3):
        place(dice)
    for _number in range(25):
        dice.choice(EVENTS)(dice)
        assert kept() == added_up(None)
    assert list(differences()) == []


@pytest.mark.parametrize("event", EVENTS[:-1])
def test_each_thing_that_happens_changes_them_or_the_plain_sum_neither(shop_time, event):
    dice = random.Random(1)
    for _number in range(6):
        place(dice)
    event(dice)
    assert kept() == added_up(None)


def test_an_order_late_in_the_evening_is_of_the_shops_day(shop_time):
    OrderFactory(placed_at=EVENING, customer=CustomerFactory(created_at=EVENING))
    assert kept() == {"2026-03-02": (Decimal("37.95"), 1, 0, 1)}


def test_a_shop_that_changes_its_time_zone_has_other_days_once_the_worker_has_kept_house(store):
    OrderFactory(placed_at=EVENING, customer=CustomerFactory(created_at=EVENING, registered=True))
    StoreSettings.objects.update(time_zone="America/New_York")
    OrderFactory(placed_at=EVENING, customer=Customer.objects.get())
    assert set(kept()) == {"2026-03-02", "2026-03-01"}
    keep_daily_sales()
    assert kept() == {"2026-03-01": (Decimal("75.90"), 2, 1, 0)}


def test_payments_add_no_rows_since_they_change_no_sum(store):
    order = OrderFactory()
    before = DailySales.objects.count()
    enter_payment(order, amount=order.total)
    assert DailySales.objects.count() == before


def test_the_worker_makes_them_one_row_a_day(shop_time):
    for days in (0, 0, 1):
        at = EVENING + timedelta(days=days)
        OrderFactory(placed_at=at, customer=CustomerFactory(created_at=at))
    before = kept()
    assert DailySales.objects.count() == 6
    keep_daily_sales()
    assert (DailySales.objects.count(), kept()) == (2, before)


def test_they_are_counted_when_migrate_finds_a_shop_without(shop_time):
    OrderFactory(placed_at=EVENING, customer=CustomerFactory(created_at=EVENING))
    with connection.cursor() as cursor:
        on = " ON orders_order" if connection.vendor == "postgresql" else ""
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if on else "SELECT 1")
        cursor.execute(f"DROP TRIGGER orders_order_sales_insert{on}")
    OrderFactory(placed_at=EVENING, customer=Customer.objects.get())
    assert kept() == {"2026-03-02": (Decimal("37.95"), 1, 0, 1)}
    found = [message.id for message in run_checks(include_deployment_checks=True, databases=["default"])]
    assert "orders.E002" in found
    call_command("migrate", verbosity=0)
    assert sales_triggers.TRIGGERS.missing() == set()
    assert kept() == {"2026-03-02": (Decimal("75.90"), 2, 0, 1)}


def test_counting_anew_twice_counts_once(shop_time):
    OrderFactory(placed_at=EVENING, customer=CustomerFactory(created_at=EVENING))
    count_anew()
    count_anew()
    assert kept() == added_up(None)
    assert DailySales.objects.count() == 1
