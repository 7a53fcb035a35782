from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from shopadmin.rendering import formats

NOON = datetime(2026, 11, 19, 11, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "€1,284.60"), ("nl", "€\xa01.284,60"), ("de", "1.284,60\xa0€"), ("xx", "€1,284.60")],
)
def test_money_is_written_as_the_language_writes_it(language, written):
    with translation.override(language):
        assert formats.money(Decimal("1284.6"), "EUR") == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "19 Nov 2026, 11:05"), ("nl", "19 nov 2026, 11:05"), ("de", "19.11.2026, 11:05")],
)
def test_a_moment_has_its_date_and_no_seconds(language, written):
    with translation.override(language):
        assert formats.moment(NOON) == written


@pytest.mark.parametrize(
    ("octets", "written"), [(200 * 1024**2, "200 MB"), (1_600_000, "1,5 MB"), (48 * 1024, "48 KB"), (3, "1 KB")]
)
def test_the_size_of_a_file_has_no_decimals_for_nothing(octets, written):
    with translation.override("nl"):
        assert formats.file_size(octets) == written.replace(" ", "\N{NO-BREAK SPACE}")


def test_times_are_those_of_the_active_zone():
    with timezone.override("Europe/Amsterdam"):
        assert formats.clock(NOON) == "12:05"
        assert formats.day(datetime(2026, 11, 19, 23, 30, tzinfo=UTC)) == "20 Nov 2026"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Thursday, 19 November 2020"),
        ("nl", "donderdag 19 november 2020"),
        ("de", "Donnerstag, 19. November 2020"),
    ],
)
def test_a_heading_of_another_year_names_it(language, written):
    with translation.override(language):
        assert formats.weekday(date(2020, 11, 19)) == written


def test_a_heading_of_this_year_leaves_the_year_out():
    day = timezone.localdate().replace(month=1, day=1)
    if timezone.localdate().month == 1:
        day = day.replace(month=12)
    assert str(day.year) not in formats.weekday(day)


def test_today_and_yesterday_are_called_so():
    today = timezone.localdate()
    assert [formats.weekday(today - timedelta(days=days)) for days in (0, 1)] == ["Today", "Yesterday"]
    assert [formats.ago(today - timedelta(days=days)) for days in (0, 1, 6)] == ["today", "yesterday", "6 days ago"]


def test_what_is_older_than_a_week_has_its_date():
    assert formats.ago(date(2020, 11, 12)) == "12 Nov 2020"


def test_rates_and_numbers():
    assert (formats.percent(Decimal("5.50")), formats.percent(21)) == ("5.5%", "21%")
    assert formats.number(10000) == "10,000"


def test_nothing_is_written_for_nothing():
    dates = ("day", "long_day", "weekday", "month", "moment", "clock", "ago", "number", "percent")
    assert {getattr(formats, name)(None) for name in dates} | {formats.money(None, "EUR")} == {""}
