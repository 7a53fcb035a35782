"""`manage.py import_orders`: several rows of one order, and what its lines come to."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.models import Order
from tests.factories import ProductFactory
from tests.orders.importing.imports import left_out, refused, take_in, take_in_rows, totals
from tests.shown_page import row_names

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TWO_WAYS = (
    "The totals in these rows could be for the order or for each row. Add a column with the price of each line, or "
    "enter the total in the first row only."
)
OTHER_ROW = "Another row of this order was rejected."


def lines_of(number: str) -> list[tuple[str, int, str]]:
    """Name, quantity and amount of each line of an order."""
    found = Order.objects.get(number=number).lines.values_list("name", "quantity", "gross")
    return [(name, quantity, str(gross)) for name, quantity, gross in found]


def adds_up(number: str) -> bool:
    order = Order.objects.get(number=number)
    lines = list(order.lines.all())
    gross = sum(line.gross for line in lines) + order.delivery_gross
    return (
        order.total == gross == order.total_net + order.total_vat and order.items_gross == gross - order.delivery_gross
    )


def test_rows_with_totals_of_their_own_are_added_up(tmp_path, store):
    take_in_rows(
        tmp_path, "1001,a@k.example,2024-05-17,10.00,Vaas", "1001,a@k.example,2024-05-17,14.95,Kom", more="item"
    )
    assert (totals(), lines_of("1001")) == (
        {"1001": Decimal("24.95")}, [("Vaas", 1, "10.00"), ("Kom", 1, "14.95")]
    )  # fmt: skip


def test_the_lines_of_shopify_stand_below_their_order(tmp_path, store):
    header = "Name,Email,Financial Status,Total,Shipping,Created at,Lineitem quantity,Lineitem name,Lineitem price"
    rows = [
        "#1001,a@k.example,paid,50.95,4.95,2024-05-17 09:30:00 +0200,2,Mug,16.50",
        "#1001,a@k.example,,,,2024-05-17 09:30:00 +0200,1,Bowl,13.00",
        "#1002,b@k.example,paid,9.95,0.00,2024-05-17 10:30:00 +0200,1,Vase,9.95",
    ]
    take_in(tmp_path, "\n".join([header, *rows, ""]))
    assert totals() == {"1001": Decimal("50.95"), "1002": Decimal("9.95")}
    assert lines_of("1001") == [("Mug", 2, "33.00"), ("Bowl", 1, "13.00")]
    assert (Order.objects.get(number="1001").delivery_gross, adds_up("1001")) == (Decimal("4.95"), True)


def test_a_total_that_every_row_repeats_counts_once(tmp_path, store):
    rows = ["1,a@k.example,2024-05-17,24.95,Vaas,10", "1,a@k.example,2024-05-17,24.95,Kom,14.95"]
    take_in_rows(tmp_path, *rows, more="item,unit_price")
    assert (totals(), adds_up("1")) == ({"1": Decimal("24.95")}, True)


def test_totals_that_are_those_of_the_lines_are_added_up(tmp_path, store):
    rows = ["1,a@k.example,2024-05-17,10,Vaas,10", "1,a@k.example,2024-05-17,10,Kom,10"]
    take_in_rows(tmp_path, *rows, more="item,unit_price")
    assert totals() == {"1": Decimal("20.00")}


def test_a_row_without_an_order_of_its_own_goes_on_with_the_one_above(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,24.95,Vaas,10", ",,,,Kom,14.95", more="item,unit_price")
    assert lines_of("1") == [("Vaas", 1, "10.00"), ("Kom", 1, "14.95")]


@pytest.mark.parametrize(("price", "extra"), [("12", ("Discount", 1, "-4.00")), ("8", ("Other charges", 1, "4.00"))])
def test_what_the_lines_leave_of_the_total_is_a_line_of_its_own(tmp_path, store, price, extra):
    take_in_rows(
        tmp_path, f"1,a@k.example,2024-05-17,20.00,Vaas,{price},2,21", more="item,unit_price,quantity,vat_rate"
    )
    assert (lines_of("1"), adds_up("1")) == ([("Vaas", 2, f"{int(price) * 2}.00"), extra], True)


def test_lines_without_prices_keep_their_names(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,24.95,Vaas", "1,a@k.example,2024-05-17,,Kom", more="item")
    assert lines_of("1") == [("Vaas", 1, "0.00"), ("Kom", 1, "0.00"), ("Price of all items", 1, "24.95")]


@pytest.mark.parametrize(
    "rows",
    [
        ("1,a@k.example,2024-05-17,24.95,Vaas", "1,a@k.example,2024-05-17,24.95,Kom"),
        ("1,a@k.example,2024-05-17,24.95,", "1,a@k.example,2024-05-17,24.95,Kom"),
    ],
)
def test_totals_that_can_be_read_in_two_ways_are_refused(tmp_path, store, rows):
    take_in_rows(tmp_path, *rows, more="item")
    assert (totals(), refused(tmp_path)) == ({}, [("2", "total", TWO_WAYS), ("3", "total", OTHER_ROW)])


def test_rows_that_do_not_fit_each_other_are_refused(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,Vaas", "1,b@k.example,2024-05-17,5,Kom", more="item")
    reason = "The rows of this order have different values here."
    assert refused(tmp_path) == [("2", "email", OTHER_ROW), ("3", "email", reason)]


def test_one_bad_row_never_halves_an_order(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,Vaas", "1,a@k.example,2024-05-17,much,Kom", more="item")
    reason = "Enter an amount, such as 148.50."
    assert (totals(), refused(tmp_path)) == ({}, [("2", "total", OTHER_ROW), ("3", "total", reason)])


def test_rows_of_an_order_that_stand_apart_are_refused(tmp_path, store):
    rows = ["1,a@k.example,2024-05-17,10,Vaas", "2,b@k.example,2024-05-17,5,Kom", "1,a@k.example,2024-05-17,7,Kan"]
    take_in_rows(tmp_path, *rows, more="item")
    reason = "The rows of this order are not next to each other. Sort the file by order number."
    assert (totals(), refused(tmp_path)) == (
        {"2": Decimal("5.00")}, [("2", "number", reason), ("4", "number", reason)]
    )  # fmt: skip


def test_the_same_row_twice_is_one_order_whatever_the_case_of_its_number(tmp_path, store):
    said = take_in_rows(tmp_path, "sw10001,a@k.example,2024-05-17,10", "SW10001,a@k.example,2024-05-17,10")
    assert said.startswith("Imported: 1 new order, 0 already in the shop, 0 rejected.")
    assert totals() == {"sw10001": Decimal("10.00")}
    assert left_out(tmp_path) == [("3", "number", "This row repeats the one above and is counted once.")]


@pytest.mark.parametrize("quantity", ["1.5", "0", "-1", "many"])
def test_a_quantity_that_is_none_is_left_out_and_said(tmp_path, store, quantity):
    take_in_rows(tmp_path, f"1,a@k.example,2024-05-17,10,Vaas,3,{quantity}", more="item,unit_price,quantity")
    assert lines_of("1") == [("Vaas", 1, "10.00")]
    reason = "Cell skipped: Enter a whole number of 1 or more."
    assert left_out(tmp_path) == [("2", "quantity", reason)]


def test_columns_that_are_not_taken_in_are_named(tmp_path, store, capsys):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,3,SAVE", more="Loyalty points,Discount Code")
    from orders.importing.intake import examine

    assert examine(tmp_path / "orders.csv").ignored == ["Loyalty points", "Discount Code"]


def test_a_line_is_of_the_product_that_has_its_sku_whatever_its_case(as_mara, tmp_path, store):
    mug = ProductFactory(sku="VV-118", stock=3)
    rows = ["1001,a@k.example,2024-05-17,10.00,vv-118", "1002,b@k.example,2024-05-17,14.95,VV-11"]
    take_in_rows(tmp_path, *rows, more="sku")
    assert [Order.objects.get(number=number).lines.get().product for number in ("1001", "1002")] == [mug, None]
    mug.refresh_from_db()
    assert mug.stock == 3
    assert row_names(as_mara.get("/backoffice/orders/?product=VV-118")) == ["1001"]


def test_of_products_alike_it_is_the_one_that_is_written_so_or_none(tmp_path, store):
    upper, lower = ProductFactory(sku="MUG"), ProductFactory(sku="mug")
    rows = [f"{number},a@k.example,2024-05-17,10.00,{sku}" for number, sku in ((1, "MUG"), (2, "mug"), (3, "Mug"))]
    take_in_rows(tmp_path, *rows, more="sku")
    found = Order.objects.order_by("number").values_list("lines__product", flat=True)
    assert list(found) == [upper.pk, lower.pk, None]


def test_products_are_looked_up_once_for_many_orders(tmp_path, store):
    ProductFactory(sku="A")
    rows = [f"{number},a{number}@k.example,2024-05-17,10.00,A" for number in range(20)]
    with CaptureQueriesContext(connection) as queries:
        take_in_rows(tmp_path, *rows, more="sku")
    assert sum('FROM "orders_product"' in query["sql"] for query in queries) == 1
