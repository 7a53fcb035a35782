"""Files of orders as nobody should write them: each row is taken rightly, or refused with a reason that helps."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError

from orders.models import Order, OrderLine
from tests.customers.importing.imports import text_of
from tests.orders.importing.imports import HEADER, left_out, refused, take_in, take_in_rows, totals

pytestmark = pytest.mark.django_db
GOOD = "7,a@k.example,2024-05-17,9.50"
TOO_MUCH = "The amount can be at most 99999999.99."
DAMAGED = "Contains unreadable characters; check the file's encoding."
NO_NUMBER = "An order number has up to 20 letters, digits and - . _, including at least 1 digit."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "cp850"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_each_encoding_and_end_of_line_is_read(tmp_path, store, encoding, ends):
    rows = [
        "number;email;placed_at;total;first_name",
        *(f"{n};a{n}@k.example;17.5.2024;9,50;Jörg Müßig-André" for n in (7, 8)),
    ]
    take_in(tmp_path, (ends.join(rows) + ends).encode(encoding))
    assert totals() == {"7": Decimal("9.50"), "8": Decimal("9.50")}
    assert {order.first_name for order in Order.objects.all()} == {"Jörg Müßig-André"}


def test_bytes_of_another_encoding_cost_their_cell_alone(tmp_path, store):
    rows = "".join(f"{n};a{n}@k.example;2024-05-17;9;Jörg Müßig\n" for n in range(9)).encode()
    take_in(tmp_path, b"number;email;placed_at;total;last_name\n" + rows + b"77;z@k.example;2024-05-17;9;M\xfcller\n")
    assert left_out(tmp_path) == [("11", "last_name", f"Cell skipped: {DAMAGED}")]
    assert Order.objects.count() == 10


def test_decimal_commas_between_commas_are_refused_by_the_count_of_cells(tmp_path, store):
    take_in_rows(tmp_path, "7,a@k.example,2024-05-17,9,50", GOOD.replace("7,", "8,", 1))
    assert refused(tmp_path) == [("2", "number", "The row has 5 cells, but the header has 4.")]


def test_dates_in_three_shapes_are_one_day_and_what_is_ambiguous_is_refused(tmp_path, store):
    shapes = ["2024-05-17", "17-05-2024", "17 mei 2024", "05/06/2024"]
    take_in_rows(tmp_path, *(f"{n},a@k.example,{shape},9" for n, shape in enumerate(shapes)))
    assert {order.placed_at.date().isoformat() for order in Order.objects.all()} <= {"2024-05-17", "2024-05-16"}
    reason = "Day and month are ambiguous with slashes. Enter the date as 1984-03-31 or 31-03-1984."
    assert refused(tmp_path) == [("5", "placed_at", reason)]


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-23:59", "2024-02-30", "2024-05-17 25:00", "٣"]
)
def test_a_day_that_nobody_ordered_on_is_refused(tmp_path, store, written):
    take_in_rows(tmp_path, f"7,a@k.example,{written},9")
    [(line, column, reason)] = refused(tmp_path)
    assert (line, column, bool(reason)) == ("2", "placed_at", True)


def test_a_negative_quantity_is_left_out_and_said(tmp_path, store):
    take_in_rows(tmp_path, f"{GOOD},Mug,-2", more="item,quantity")
    assert left_out(tmp_path) == [("2", "quantity", "Cell skipped: Enter a whole number of 1 or more.")]


def test_a_line_above_the_first_order_is_refused(tmp_path, store):
    take_in_rows(tmp_path, ",,,,Mug", f"{GOOD},Bowl", more="item")
    assert refused(tmp_path) == [("2", "number / email / placed_at / total", "This is required.")]
    assert [line.name for line in OrderLine.objects.all()] == ["Bowl"]


def test_a_number_that_comes_again_with_another_address_is_refused_whole(tmp_path, store):
    take_in_rows(tmp_path, GOOD, GOOD.replace("a@", "b@"))
    assert [(line, column) for line, column, _reason in refused(tmp_path)] == [("2", "email"), ("3", "email")]
    assert totals() == {}


def test_a_cell_of_a_hundred_megabytes_costs_its_row_alone(tmp_path, store):
    huge = b"6,a@k.example,2024-05-17," + b"9" * 100_000_000
    take_in(tmp_path, b"\n".join([HEADER.encode(), huge, GOOD.encode(), b""]))
    assert refused(tmp_path) == [("2", "number", "The row is longer than 131072 characters.")]
    assert totals() == {"7": Decimal("9.50")}


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+9", '=HYPERLINK("https://evil.example")'])
def test_a_formula_in_a_text_is_a_text(tmp_path, store, formula):
    quoted = formula.replace('"', '""')
    take_in_rows(tmp_path, f'{GOOD},"{quoted}"', more="item")
    assert OrderLine.objects.get().name == formula


@pytest.mark.parametrize("formula", ["=9+1", "=SUM(A1:A2)", "#REF!"])
def test_a_formula_is_no_amount(tmp_path, store, formula):
    take_in_rows(tmp_path, f"7,a@k.example,2024-05-17,{formula}")
    assert ([row[:2] for row in refused(tmp_path)], totals()) == ([("2", "total")], {})


def test_emojis_are_kept(tmp_path, store):
    take_in_rows(tmp_path, f"{GOOD},Mug 🏺👩🏽‍🎨,🎁-1", more="item,sku")
    line = OrderLine.objects.get()
    assert (line.name.replace("\u200d", ""), line.sku) == ("Mug 🏺👩🏽🎨", "🎁-1")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("7\0,a@k.example,2024-05-17,9,Mug", "number"),
        ("7,a\0@k.example,2024-05-17,9,Mug", "email"),
        ("7,a@k.example,2024-05-17,9\0,Mug", "total"),
    ],
)
def test_a_nul_byte_costs_the_order_where_it_is_needed(tmp_path, store, row, column):
    take_in_rows(tmp_path, row, more="item")
    assert refused(tmp_path) == [("2", column, "Contains an invalid character (NUL byte).")]


def test_a_nul_byte_elsewhere_costs_its_cell(tmp_path, store):
    take_in_rows(tmp_path, f"{GOOD},Mu\0g", more="item")
    assert left_out(tmp_path) == [("2", "item", "Cell skipped: Contains an invalid character (NUL byte).")]


def test_a_nul_byte_in_a_title_costs_nothing(tmp_path, store):
    take_in_rows(tmp_path, f"{GOOD},many", more="quan\0tity")
    assert left_out(tmp_path) == [("2", "quantity", "Cell skipped: Enter a whole number of 1 or more.")]


def test_a_header_that_comes_again_is_called_so(tmp_path, store):
    said = take_in_rows(tmp_path, GOOD, HEADER, GOOD.replace("7,", "8,", 1))
    assert refused(tmp_path) == [("3", "number", "This row repeats the column names.")]
    assert said.startswith("Imported: 2 new orders, 0 already in the shop, 1 rejected.")


@pytest.mark.parametrize("content", [HEADER, f"{HEADER}\n", f"{HEADER}\n\n ,,,\n", f"sep=,\n{HEADER}\n"])
def test_a_header_alone_is_said_by_command_and_page(as_mara, tmp_path, content):
    assert take_in(tmp_path, content) == "Imported: 0 new orders, 0 already in the shop, 0 rejected."
    page = as_mara.post("/backoffice/orders/import/", {"file": SimpleUploadedFile("o.csv", content.encode())})
    assert "The file has no rows below the column names." in text_of(page)


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "sep=;\n", " , ,\n"])
def test_an_empty_file_is_said(tmp_path, store, content):
    with pytest.raises(CommandError) as error:
        take_in(tmp_path, content)
    assert str(error.value)


@pytest.mark.parametrize("written", ["XXX", "BTC", "GBP", "£", "Euronen"])
def test_an_unknown_currency_is_refused(tmp_path, store, written):
    take_in_rows(tmp_path, f"{GOOD},{written}", more="currency")
    reason = f"The currency is {written}, but the shop uses EUR. Convert the amount first."
    assert refused(tmp_path) == [("2", "currency", reason)]


@pytest.mark.parametrize("rate", ["210", "-21", "21.55", "many", "0.21", "0,2"])
def test_a_rate_that_no_country_has_is_left_out_and_said(tmp_path, store, rate):
    take_in_rows(tmp_path, f"7;a@k.example;2024-05-17;9;{rate}", more="vat_rate", sep=";")
    assert left_out(tmp_path) == [("2", "vat_rate", "Cell skipped: Enter a VAT rate, such as 21.")]
    assert Order.objects.get().total_vat == 0


def test_vat_that_does_not_add_up_is_worked_out_anew_and_named_as_left_out(tmp_path, store, capsys):
    take_in_rows(tmp_path, f"{GOOD},21,99.00", more="vat_rate,total_vat")
    order = Order.objects.get()
    assert (order.total_net, order.total_vat, order.total) == (Decimal("7.85"), Decimal("1.65"), Decimal("9.50"))


@pytest.mark.parametrize(
    "rows",
    [
        ["7,a@k.example,2024-05-17,9,Mug,999999,99999999.99,"],  # the line
        ["7,a@k.example,2024-05-17,9,Mug,1,,90000000", ",,,,Bowl,1,,90000000"],  # the lines together
        ["7,a@k.example,2024-05-17,90000000,Mug,1,,", "7,a@k.example,2024-05-17,90000001,Bowl,1,,"],  # the order
    ],
)
def test_what_comes_to_more_than_an_order_can_hold_is_refused(tmp_path, store, rows):
    good = "8,a@k.example,2024-05-17,9,Mug,1,,"
    said = take_in_rows(tmp_path, *rows, good, more="item,quantity,unit_price,line_total")
    assert refused(tmp_path)[0] == ("2", "total", TOO_MUCH)
    assert said.startswith("Imported: 1 new order, ")
