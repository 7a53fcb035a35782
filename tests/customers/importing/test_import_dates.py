"""Days and moments as programs and people write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from customers.models import Customer
from tests.import_files import left_out, take_in, the_only_one

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = date(1984, 3, 31)
DAYS = [
    "1984-03-31", "31-03-1984", "31.03.1984", "31. 3. 1984", "1984/03/31", "1984. 03. 31.", "19840331", "31/03/1984",
    "03/31/1984", "31 maart 1984", "31. März 1984", "31 mrt 1984", "March 31, 1984", "31 mars 1984",
    "31 de marzo de 1984",
    "31-Mar-84", "31-03-84", "Sat, 31 Mar 1984", "zaterdag 31 maart 1984", "30772", "1984-03-31 00:00:00",
    "31-03-1984 0:00", "1984-03-31T00:00:00.000Z",
]  # fmt: skip
NONE = ["0/0/00", "00/00/0000", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "0", "-", "1900-01-00"]
MOMENTS = [
    "2023-12-31 09:30", "2023/12/31 09:30", "31-12-2023 9:30", "31.12.2023 09:30 Uhr", "12/31/2023 9:30 AM",
    "December 31, 2023 9:30 am", "31 december 2023 om 09:30", "31/12/2023 09h30", "2023-12-31T09:30:00+01:00",
    "2023-12-31T08:30:00Z", "2023-12-31 08:30:00 UTC", "2023-12-31 08:30:00 +0000", "2023-12-31T08:30:00.000Z",
    "45291.3958333", "1704011400", "Sun, 31 Dec 2023 09:30:00 +0100",
]  # fmt: skip


@pytest.mark.parametrize("cell", DAYS)
def test_a_day_is_read_however_it_is_written(tmp_path, store, cell):
    assert the_only_one(tmp_path, f"email;birthday\na@k.example;{cell}\n").birth_date == DAY


@pytest.mark.parametrize("cell", NONE)
def test_no_day_is_none_and_costs_nobody(tmp_path, store, cell):
    assert the_only_one(tmp_path, f"email;birthday\na@k.example;{cell}\n").birth_date is None


@pytest.mark.parametrize("cell", ["03/04/1984", "31-03-24", "31-02-1984", "2999-01-01", "Easter", "1984"])
def test_a_day_that_can_be_read_in_two_ways_or_none_is_left_out(tmp_path, store, cell):
    take_in(tmp_path, f"email;birthday\na@k.example;{cell}\n")
    assert (Customer.objects.get().birth_date, len(left_out(tmp_path))) == (None, 1)


@pytest.mark.parametrize(("telling", "day"), [("31/03/1990", date(1984, 4, 3)), ("3/31/1990", date(1984, 3, 4))])
def test_a_column_with_slashes_is_read_as_one_of_its_rows_tells(tmp_path, store, telling, day):
    take_in(tmp_path, f"email;birthday\na@k.example;03/04/1984\nb@k.example;{telling}\n")
    assert (Customer.objects.get(email="a@k.example").birth_date, left_out(tmp_path)) == (day, [])


@pytest.mark.parametrize("cell", MOMENTS)
def test_a_moment_is_read_however_it_is_written(tmp_path, store, cell):
    found = the_only_one(tmp_path, f'email;created\na@k.example;"{cell}"\n').created_at
    assert found.replace(second=0) == datetime(2023, 12, 31, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_a_zone_in_the_title_counts(tmp_path, store):
    found = the_only_one(tmp_path, "email;Created (UTC)\na@k.example;2023-12-31 08:30\n").created_at
    assert found == datetime(2023, 12, 31, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
