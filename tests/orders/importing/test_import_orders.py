"""`manage.py import_orders`: the history that customers bring with them."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Customer
from orders.documents.numbering import next_order_number
from orders.models import Order, OrderImport
from shopadmin.models import Mail

NUMBER_REASON = "An order number has up to 20 letters, digits and - . _, including at least 1 digit."
pytestmark = pytest.mark.django_db
HEADER = (
    "number,email,placed_at,total,vat_rate,first_name,last_name,state,paid,"
    "billing_country,billing_street,billing_postcode,billing_city\n"
)
FILE = (
    f"{HEADER}20001,New@Post.example,2024-05-17 09:30,121.00,21,Nia,Nieuw,completed,yes,NL,Meir 7,3511 AW,Utrecht\n"
    '#20002,ines@vandermeulen.example,17-05-2025,"48,50",21,Agnes,Anders,cancelled,no,,,,\n'
)


def take_in(folder, content: str, *options: str) -> str:
    path, said = folder / "orders.csv", io.StringIO()
    path.write_text(content)
    call_command("import_orders", str(path), *options, stdout=said)
    return said.getvalue().split(" See ")[0].strip()


def refused(folder) -> list[tuple[str, str, str]]:
    with (folder / "orders.csv.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        return [tuple(row[:3]) for row in list(csv.reader(file))[1:]]


def test_an_order_of_somebody_unknown_makes_a_guest(tmp_path, store):
    assert take_in(tmp_path, FILE) == "Imported: 2 new orders, 0 already in the shop, 0 rejected."
    nia = Customer.objects.get(email="new@post.example")
    assert (nia.is_registered, nia.origin, nia.orders_count, nia.spent) == (False, "order", 1, Decimal("121.00"))
    assert str(nia.billing_address) == "Meir 7, 3511 AW Utrecht, Netherlands"
    assert f"{nia.created_at:%Y-%m-%d}" == "2024-05-17"


def test_the_order_adds_up(tmp_path, store):
    take_in(tmp_path, FILE)
    order = Order.objects.get(number="20001")
    assert (order.total_net, order.total_vat, order.total, order.paid) == tuple(
        map(Decimal, ("100.00", "21.00", "121.00", "121.00"))
    )
    assert (order.state, order.payment_state, order.shipping_state, order.channel) == (
        "completed",
        "paid",
        "shipped",
        "import",
    )


def test_an_order_of_somebody_known_joins_them_and_changes_nothing_else(tmp_path, store, ines):
    take_in(tmp_path, FILE)
    ines.refresh_from_db()
    assert (ines.first_name, ines.orders_count, ines.spent) == ("Ines", 1, 0)
    assert list(ines.orders.values_list("number", "state")) == [("20002", "cancelled")]


def test_a_second_time_changes_nothing(tmp_path, store):
    take_in(tmp_path, FILE)
    assert take_in(tmp_path, FILE) == "Imported: 0 new orders, 2 already in the shop, 0 rejected."
    assert Order.objects.count() == 2
    call_command("recount_customers", "--check", stdout=io.StringIO())


def test_nobody_is_mailed(tmp_path, store):
    take_in(tmp_path, FILE)
    assert Mail.objects.count() == 0


def test_the_numbering_of_the_shop_never_moves(tmp_path, store):
    assert next_order_number("W", first=10_741) == "W10741"
    take_in(tmp_path, "number,email,placed_at,total\n100000616,a@k.example,2024-05-17,10\n")
    assert next_order_number("W", first=10_001) == "W10742"


def test_the_shop_never_draws_a_number_that_came_in(tmp_path, store):
    take_in(tmp_path, FILE)
    assert [next_order_number("", first=20_001) for _ in range(2)] == ["20003", "20004"]


def test_a_dry_run_writes_nothing(tmp_path, store):
    said = take_in(tmp_path, FILE, "--dry-run")
    assert said == "Imported (dry run, nothing was saved): 2 new orders, 0 already in the shop, 0 rejected."
    assert (Order.objects.count(), Customer.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("x,a@b.example,2024-05-17,1.00", "number", NUMBER_REASON),
        ("1,a@,2024-05-17,1.00", "email", "Enter a valid email address."),
        ("1,a@b.example,soon,1.00", "placed_at", "Enter a date such as 1984-03-31 or 31-03-1984."),
        ("1,a@b.example,2024-05-17,much", "total", "Enter an amount, such as 148.50."),
        ("1,a@b.example,2024-05-17,", "total", "This is required."),
        ("1,a@b.example,2024-05-17,1.00,x", "number", "The row has 5 cells, but the header has 4."),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_taken(tmp_path, store, row, column, reason):
    said = take_in(tmp_path, f"number,email,placed_at,total\n{row}\n2,b@post.example,2024-05-17,9.95\n")
    assert said == "Imported: 1 new order, 0 already in the shop, 1 rejected."
    assert refused(tmp_path) == [("2", column, reason)]


def test_a_number_of_another_customers_order_is_refused(tmp_path, store):
    take_in(tmp_path, FILE)
    take_in(tmp_path, FILE.replace("New@", "other@"))
    assert refused(tmp_path) == [
        ("2", "number", "This order number is already used for an order from another email address.")
    ]


def test_columns_that_are_missing_are_named(tmp_path, store):
    with pytest.raises(CommandError, match="Required columns are missing: number, placed_at, total$"):
        take_in(tmp_path, "email,name\na@b.example,Bo\n")


def test_hints_in_brackets_behind_a_title_are_passed_over(tmp_path, store):
    titles = "Order number (required);E-mail;Date (dd-mm-yyyy, UTC);Total (EUR, incl. VAT)"
    take_in(tmp_path, f"{titles}\n1;a@b.example;17-05-2024 22:30;12,50\n")
    order = Order.objects.get()
    assert (order.number, order.total, order.placed_at.isoformat()) == (
        "1", Decimal("12.50"), "2024-05-17T22:30:00+00:00",
    )  # fmt: skip


@pytest.mark.parametrize("written", ["USD", "$"])
def test_amounts_in_another_currency_are_said_to_be_why_they_are_missing(tmp_path, store, written):
    why = f"“Total ({written})” is in {written}, but the shop uses EUR. Convert the amounts first."
    with pytest.raises(CommandError, match=re.escape(f"Required columns are missing: total. {why}")):
        take_in(tmp_path, f"number,email,placed_at,Total ({written})\n1,a@b.example,2024-05-17,10\n")


@pytest.mark.parametrize("hint", ["tax", "excl. VAT", "shipping", "net"])
def test_a_hint_that_makes_it_another_column_is_none(tmp_path, store, hint):
    with pytest.raises(CommandError, match="Required columns are missing: total$"):
        take_in(tmp_path, f"number,email,placed_at,Total ({hint})\n1,a@b.example,2024-05-17,10\n")


@pytest.mark.parametrize("total", ["1.234,56", "1,234.56", "1 234,56", "1234.56"])
def test_thousands_are_read_as_any_language_writes_them(tmp_path, store, total):
    take_in(tmp_path, f'number,email,placed_at,total\n1,a@b.example,2024-05-17,"{total}"\n')
    assert Order.objects.get().total == Decimal("1234.56")


def test_what_could_be_a_thousand_times_too_much_is_refused(tmp_path, store):
    take_in(tmp_path, "number,email,placed_at,total\n1,a@b.example,2024-05-17,1.234\n")
    reason = "The amount could be in thousands or in cents. Write it with 2 decimals."
    assert refused(tmp_path) == [("2", "total", reason)]


def test_an_unpaid_order_that_was_cancelled_has_nothing_to_be_paid(tmp_path, store):
    take_in(tmp_path, FILE)
    assert Order.objects.get(number="20002").payment_state == "no_payment_due"


def test_what_was_stopped_half_way_goes_on_from_there(tmp_path, store, monkeypatch):
    monkeypatch.setattr("orders.importing.intake.BATCH", {"postgresql": 1, "sqlite": 1})
    with monkeypatch.context() as stopping:
        stopping.setattr(OrderImport, "is_asked_to_stop", lambda job: True)
        assert take_in(tmp_path, FILE) == "Stopped before the end: 1 new order, 0 already in the shop, 0 rejected."
    assert take_in(tmp_path, FILE) == "Imported: 2 new orders, 0 already in the shop, 0 rejected."
    assert Order.objects.count() == 2


def test_thirty_orders_take_hardly_more_statements_than_three(tmp_path, store):
    counts = []
    for start, stop in ((1, 2), (10, 13), (100, 130)):
        rows = [f"{n},p{n}@k.example,2024-05-17,10,Naam,Straat 1" for n in range(start, stop)]
        with CaptureQueriesContext(connection) as queries:
            take_in(tmp_path, "\n".join(["number,email,placed_at,total,last_name,billing_street", *rows, ""]))
        counts.append(len(queries))
    assert counts[2] <= counts[1] + 2
