"""The database keeps the staff log as it was written, whoever asks, and lets go of what is past the floor."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shopadmin.checks import staff_log_is_kept
from shopadmin.models import StaffLogEntry, StoreSettings
from shopadmin.staff_log import triggers
from shopadmin.staff_log.retention import forget_old_entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
TABLE = triggers.TABLE


@pytest.fixture
def entry():
    StaffLogEntry.objects.create(act="looked", actor=1, whom=2)
    return StaffLogEntry.objects.get()


def refused(do):
    with pytest.raises(IntegrityError, match=triggers.REFUSED), transaction.atomic():
        do()
    return True


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def written(days):
    """An entry of so many days ago, as no trigger lets one be written."""
    triggers.TRIGGERS.drop()
    StaffLogEntry.objects.bulk_create([StaffLogEntry(act="looked", at=timezone.now() - timedelta(days=days))])
    triggers.TRIGGERS.install()


def test_nothing_changes_or_takes_an_entry(entry):
    entry.actor = 3
    assert refused(entry.save)
    assert refused(lambda: StaffLogEntry.objects.update(whom=None))
    assert refused(entry.delete)
    assert refused(lambda: execute(f"DELETE FROM {TABLE}"))
    again = "ON CONFLICT (id) DO UPDATE SET whom = 7"
    sql = (
        f"INSERT INTO {TABLE} (id, at, act, page, detail, address) VALUES (%s, CURRENT_TIMESTAMP, 'x', '', '{{}}', '')"
    )
    assert refused(lambda: execute(f"{sql} {again}", entry.pk))
    assert list(StaffLogEntry.objects.values_list("actor", "whom")) == [(1, 2)]


def test_nor_what_only_one_database_knows(entry):
    if connection.vendor == "postgresql":
        assert refused(lambda: execute(f"TRUNCATE {TABLE}"))
    else:
        values = f"VALUES ({entry.pk}, CURRENT_TIMESTAMP, 'x', '', '{{}}', '')"
        assert refused(lambda: execute(f"REPLACE INTO {TABLE} (id, at, act, page, detail, address) {values}"))


def test_no_entry_is_dated_back():
    long_ago = timezone.now() - timedelta(days=400)
    if connection.vendor == "postgresql":
        StaffLogEntry.objects.bulk_create([StaffLogEntry(act="looked", at=long_ago)])
        assert timezone.now() - StaffLogEntry.objects.get().at < timedelta(minutes=1)
    else:
        assert refused(lambda: StaffLogEntry.objects.bulk_create([StaffLogEntry(act="looked", at=long_ago)]))


def test_housekeeping_lets_go_of_what_is_past_the_term():
    for days in (10, 200, 366):
        written(days)
    forget_old_entries()
    assert StaffLogEntry.objects.count() == 2
    StoreSettings.objects.update(staff_log_days=0)  # past the form: the floor stands in the trigger
    forget_old_entries()
    assert StaffLogEntry.objects.count() == 1
    assert refused(lambda: StaffLogEntry.objects.all().delete())


def test_the_check_says_when_nothing_keeps_it():
    assert staff_log_is_kept() == []
    triggers.TRIGGERS.drop()
    assert [error.id for error in staff_log_is_kept()] == ["shopadmin.E009"]
    triggers.TRIGGERS.install()
    assert staff_log_is_kept() == []
