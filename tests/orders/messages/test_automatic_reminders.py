"""Payment reminders that the worker sends by itself, some days after the term is over."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from orders.messages.reminders import remind, remind_overdue
from orders.models import Order, OrderEvent
from shopadmin.models import Mail, StoreSettings
from shopadmin.worker import housekeeping
from tests.factories import OrderFactory
from tests.shown_page import errors, filled

SETTINGS = "/backoffice/settings/payment/"


@pytest.fixture
def after_five_days(store) -> None:
    StoreSettings.objects.update(reminder_days=5)


def due(days_ago: int, **facts) -> Order:
    return OrderFactory(pay_by=timezone.localdate() - timedelta(days=days_ago), **facts)


def reminded() -> set[str]:
    return set(OrderEvent.objects.filter(kind="reminder").values_list("order__number", flat=True))


def test_none_go_out_until_the_settings_say_when(store, as_mara):
    due(5)
    housekeeping.keep_house()
    assert reminded() == set()
    form = filled(as_mara.get(SETTINGS), "settings-form")
    assert form["reminder_days"] == ""
    as_mara.post(SETTINGS, form | {"reminder_days": "5"})
    housekeeping.keep_house()
    assert len(reminded()) == 1


@pytest.mark.any_database
@pytest.mark.parametrize("days", ["0", "91", "-1", "soon"])
def test_a_number_of_days_that_makes_no_sense_is_refused(as_mara, days):
    response = as_mara.post(SETTINGS, filled(as_mara.get(SETTINGS), "settings-form") | {"reminder_days": days})
    assert list(errors(response)) == ["reminder_days"]


def test_what_is_overdue_for_so_long_is_reminded_of_once_in_its_language(after_five_days):
    due(5, number="W1", language="de")
    due(4, number="W2")
    due(12, number="W3")
    due(13, number="W4")  # longer ago than is caught up with
    for _hour in range(2):
        remind_overdue()
    assert reminded() == {"W1", "W3"}
    assert sorted(Mail.objects.values_list("name", "language")) == [
        ("payment_reminder", "de"),
        ("payment_reminder", "nl"),
    ]


def test_whoever_owes_nothing_withdrew_or_was_reminded_is_left_alone(after_five_days, mara):
    due(5, payment_state="paid")
    due(5, state="cancelled")
    due(5, withdrawal_at=timezone.now())
    due(5, withdrawal_waits=True)
    due(5, email="")
    due(5, customer__restricted_at=timezone.now())
    by_hand = due(5, number="W1")
    remind(by_hand, by=mara)
    remind_overdue()
    assert reminded() == {"W1"}
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_reminder_once(after_five_days):
    for number in range(3):
        due(5 + number)
    threads = [Thread(target=_work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Mail.objects.count() == 3


def _work() -> None:
    try:
        remind_overdue()
    finally:
        connection.close()
