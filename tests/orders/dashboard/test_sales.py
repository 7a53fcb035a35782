"""Sales at a glance, on the dashboard: a range of days that one chooses, beside the range before."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from orders.dashboard.sales_range import SalesRange
from orders.models import DailySales
from tests.factories import CustomerFactory, OrderFactory
from tests.shown_page import html_of, text_of, texts

URL = "/backoffice/"
MAY = f"{URL}?sales_from=2026-05-01&sales_to=2026-05-31"


def sold(total: str, at: datetime, **customer):
    return OrderFactory(total=Decimal(total), placed_at=at, customer=CustomerFactory(created_at=at, **customer))


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def table(client, url: str, title: str) -> list[list[str]]:
    """What the table below a chart says, row by row."""
    [body] = html_of(client.get(url)).xpath("//figure[figcaption/h3=$title]//tbody", title=title)
    return [[text_of(cell) for cell in row] for row in body.iterchildren("tr")]


def totals(client, url: str) -> dict[str, str]:
    pairs = html_of(client.get(url)).xpath("//*[@id='sales']//dl[@class='figures']/div")
    return {text_of(pair[0]): text_of(pair[1]) for pair in pairs}


def this_week(client) -> list[str]:
    return [
        text_of(value) for value in html_of(client.get(URL)).xpath("//aside//section[header/h2='This week so far']//dd")
    ]


def test_this_week_is_added_up_without_what_was_cancelled(as_mara):
    sold("10.00", timezone.now())
    sold("5.01", timezone.now(), registered=True)
    OrderFactory(total=Decimal("99.00"), state="cancelled")
    assert this_week(as_mara) == ["€15.01", "2", "€7.51", "3"]
    assert table(as_mara, URL, "New customers")[-1][1:] == ["1", "2", "0"]


def test_without_a_choice_there_are_twelve_weeks(as_mara):
    sold("40.00", timezone.now() - timedelta(weeks=2))
    sold("77.00", timezone.now() - timedelta(weeks=50))
    weeks = [row[1:] for row in table(as_mara, URL, "Revenue and orders")]
    none = ["€0.00 before: €0.00", "0 before: 0"]
    assert weeks == [none] * 9 + [["€40.00 before: €0.00", "1 before: 0"], none, none]
    columns = html_of(as_mara.get(URL)).xpath("//svg[title/@id='sales-title']/g")
    assert [len(column.xpath("rect")) for column in columns] == [0] * 9 + [2, 0, 0]


def test_a_range_is_shown_beside_the_one_before(as_mara):
    sold("100.00", on(5, 31))
    sold("30.00", on(5, 1), registered=True)
    sold("20.00", on(4, 2))
    sold("7.00", on(3, 31))
    assert totals(as_mara, f"{MAY}&by=month") == {
        "Revenue": "€130.00 before: €20.00",
        "Orders": "2 before: 1",
        "Average order": "€65.00 before: €20.00",
        "New customers": "2 before: 1",
    }
    assert table(as_mara, f"{MAY}&by=month", "Revenue and orders") == [
        ["May 2026", "€130.00 before: €20.00", "2 before: 1"]
    ]
    assert table(as_mara, f"{MAY}&by=month", "New customers") == [["May 2026", "1", "1", "1"]]


@pytest.mark.parametrize(
    ("by", "bars", "before"),
    [("day", 31, "31 Mar 2026 to 30 Apr 2026"), ("week", 5, "27 Mar 2026 to 26 Apr 2026"),
     ("month", 1, "1 Apr 2026 to 30 Apr 2026")],
)  # fmt: skip
def test_it_is_summed_by_day_week_or_month(as_mara, by, bars, before):
    sold("10.00", on(5, 31))
    rows = table(as_mara, f"{MAY}&by={by}", "Revenue and orders")
    assert (len(rows), rows[-1][1]) == (bars, "€10.00 before: €0.00")
    assert f"Compared with {before}" in text_of(html_of(as_mara.get(f"{MAY}&by={by}")))


@pytest.mark.parametrize(
    ("first", "last", "by", "before"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "month", (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 31), date(2026, 3, 30), "month", (date(2025, 10, 31), date(2025, 12, 30))),
        (date(2026, 1, 1), date(2026, 12, 31), "month", (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 9, 7), date(2026, 11, 29), "week", (date(2026, 6, 15), date(2026, 9, 6))),
        (date(2026, 11, 29), date(2026, 11, 29), "day", (date(2026, 11, 28), date(2026, 11, 28))),
    ],
)
def test_the_range_before_has_as_many_periods(first, last, by, before):
    chosen = SalesRange(first, last, by)
    assert (chosen.before.first, chosen.before.last) == before
    assert len(chosen.spans) == len(chosen.before.spans)


def test_the_ranges_at_hand_lead_to_what_they_say(as_mara):
    links = html_of(as_mara.get(URL)).xpath("//*[@id='sales']//details//li/a")
    found = [(text_of(link), len(table(as_mara, link.get("href"), "Revenue and orders"))) for link in links]
    assert found == [("Last 30 days", 30), ("Last 12 weeks", 12), ("Last 12 months", 12)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sales_from=2026-05-31&sales_to=2026-05-01", "Until: The end of the range must come after the start."),
        ("sales_from=2020-01-01&sales_to=2026-05-01&by=day", "Until: Charts show up to 100 bars: choose fewer"),
        ("sales_from=yesterday", "From: Enter a valid date."),
        ("by=year", "Grouped by: Select a valid choice. year is not one of the available choices."),
    ],
)
def test_what_cannot_be_shown_is_said_and_kept(as_mara, query, words):
    page = as_mara.get(f"{URL}?{query}")
    [notice] = texts(page, "notice")
    assert words in notice
    shown = html_of(page).xpath("//*[@id='sales']//details[@open]//input/@value")
    assert shown[0] == (QueryDict(query).get("sales_from") or "")
    assert len(table(as_mara, f"{URL}?{query}", "Revenue and orders")) == 12


def test_the_form_holds_the_range_that_is_shown(as_mara):
    page = html_of(as_mara.get(f"{MAY}&by=day"))
    assert page.xpath("//*[@id='sales']//input/@value") == ["2026-05-01", "2026-05-31"]
    assert page.xpath("//*[@id='sales']//option[@selected]/@value") == ["day"]


def test_customers_are_counted_in_whole_numbers(as_mara):
    CustomerFactory.create_batch(7)
    labels = html_of(as_mara.get(URL)).xpath("//svg[title/@id='customers-title']/text[@x='100%']/text()")
    assert labels == ["0", "5", "10", "15"]


def test_drawings_have_points_in_every_language(as_mara):
    OrderFactory(total=Decimal("33.33"))
    as_mara.cookies["language"] = "de"
    page = as_mara.get(URL).content.decode()
    assert not [part for part in page.split("<rect ")[1:] if "," in part.partition("/>")[0]]


def test_a_day_of_a_thousand_orders_costs_what_an_empty_one_costs(as_mara, django_assert_max_num_queries):
    row = {"day": timezone.localdate(), "time_zone": "Europe/Amsterdam", "registered": 0, "guests": 0}
    DailySales.objects.bulk_create(DailySales(**row, revenue=1, orders=1) for _number in range(1_000))
    with django_assert_max_num_queries(8):
        assert totals(as_mara, URL)["Revenue"] == "€1,000.00 before: €0.00"
