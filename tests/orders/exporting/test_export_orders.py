"""Orders as a CSV file: by `manage.py export_orders` and in bulk, and the way back through an import."""

import csv
import io
import stat
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Customer, Tag
from customers.privacy.erasure.erasure import erase
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.exporting import csv_file
from orders.exporting.csv_file import HEADER
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.importing.columns import FACTS, recognise
from orders.models import Order, OrderBulkAction
from tests.factories import OrderFactory
from tests.orders.bulk.order_bulk_actions import BULK, chosen, look, outcome, reasons
from tests.orders.importing.imports import take_in
from tests.shown_page import form_with, sent_by


@pytest.fixture
def order(ines) -> Order:
    order = OrderFactory(customer=ines, number="W1", order_note="=1+1", company_name="Café, “Ines”")
    order.lines.create(
        name="Vase", sku="VV-2", quantity=1, unit_gross=4, vat_category="Z", vat_rate=0, net=4, vat=0, gross=4
    )
    Order.objects.update(items_gross=37, total="41.95")
    order.order_tags.create(tag=Tag.objects.named("urgent"))
    return order


def rows_of(content: bytes, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator))


def export(*words: str) -> None:
    call_command("export_orders", *words)


def exported(client, *picked: Order, **answers: str):
    """The response with the file, once the page before it was confirmed."""
    page = client.post(BULK, chosen("export", *picked))
    return client.post(BULK, sent_by(form_with(page, "confirmed")) | chosen("export", *picked) | answers)


def test_each_line_of_an_order_is_a_row_with_all_that_the_order_has(store, order, tmp_path, capsys):
    export(str(tmp_path / "orders.csv"))
    mug, vase = rows_of((tmp_path / "orders.csv").read_bytes())
    assert [row["number"] for row in (mug, vase)] == ["W1", "W1"]
    facts = ("item", "sku", "quantity", "unit_price", "line_total", "line_shipped", "vat_rate")
    assert [mug[name] for name in facts] == ["Stacking mug", "VV-118", "2", "16.50", "33.00", "no", "21.0"]
    facts = ("total", "paid", "shipped", "tags", "company_name", "order_note", "billing_city", "shipping_city")
    assert [vase[name] for name in facts] == [
        "41.95", "unpaid", "not_shipped", "urgent", "Café, “Ines”", "'=1+1", "Utrecht", "",
    ]  # fmt: skip
    assert stat.S_IMODE((tmp_path / "orders.csv").stat().st_mode) == 0o600
    assert capsys.readouterr().err == f"Exported 1 order to {tmp_path / 'orders.csv'}.\n"


def test_what_was_credited_shipped_and_issued_stands_on_each_row(store, order, capsysbinary):
    mug = order.lines.get(sku="VV-118")
    for carrier, number in (("dhl", "JVGL1"), ("postnl", "3S1")):
        ship(order, quantities={mug: 1}, carrier=carrier, tracking_number=number)
    invoice = issue_invoice(order)
    note = issue_credit_note(invoice, amount=Decimal("16.50"))
    Order.objects.update(pay_by="2026-06-14")
    export()
    row = rows_of(capsysbinary.readouterr().out)[1]
    assert {name: row[name] for name in ("carriers", "tracking_numbers", "pay_by", "amount_credited")} == {
        "carriers": "DHL, PostNL", "tracking_numbers": "JVGL1, 3S1", "pay_by": "2026-06-14", "amount_credited": "16.50",
    }  # fmt: skip
    assert (row["invoice_numbers"], row["credit_note_numbers"]) == (invoice.number, note.number)


def test_it_takes_as_many_queries_with_three_orders_as_with_one(store, order, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        list(csv_file.export(Order.objects.all()))
    OrderFactory.create_batch(2)
    with django_assert_num_queries(len(one)):
        list(csv_file.export(Order.objects.all()))


def test_every_column_is_imported_or_said_to_be_left_out(store):
    fields = recognise(HEADER)
    unused = [title for title, field in zip(HEADER, fields, strict=True) if not field]
    assert unused == [column.name for column in FACTS]
    assert [title for title, field in zip(HEADER, fields, strict=True) if field not in ("", title)] == []


def test_semicolons_come_with_a_byte_order_mark_and_a_decimal_comma(store, order, capsysbinary):
    export("--separator", "semicolon")
    content = capsysbinary.readouterr().out
    assert content.startswith(b"\xef\xbb\xbfnumber;")
    assert rows_of(content, ";")[0]["total"] == "41,95"


def test_it_takes_the_filters_of_the_list(store, order, capsysbinary):
    enter_payment(OrderFactory(number="W2"), amount=Decimal("37.95"))
    export("--payment", "paid")
    assert {row["number"] for row in rows_of(capsysbinary.readouterr().out)} == {"W2"}
    with pytest.raises(CommandError, match="--placed-from: Enter a valid date."):
        export("--placed-from", "soon")


def test_what_was_exported_is_imported_as_it_was_and_changes_nothing_there(store, order, tmp_path, capsysbinary):
    Order.objects.update(order_note="Ring twice.")
    before = Order.objects.values("number", "total", "email", "order_note", "payment_state", "state").get()
    export()
    content = capsysbinary.readouterr().out
    assert "0 new orders, 1 already in the shop" in take_in(tmp_path, content)
    Order.objects.all().delete()
    assert "1 new order" in take_in(tmp_path, content + b"\n")
    again = Order.objects.get()
    assert {name: getattr(again, name) for name in before} == before
    assert list(again.lines.values_list("name", "quantity").order_by("name")) == [("Stacking mug", 2), ("Vase", 1)]


def test_whoever_was_erased_or_restricted_is_left_out(store, order, ines, gus, otto, capsysbinary):
    OrderFactory(customer=gus, number="W2")
    OrderFactory(customer=otto, number="W3")
    erase(ines, by="shopper", notify=False)
    Customer.objects.filter(pk=gus.pk).update(restricted_at="2026-11-01T10:00Z")
    export()
    assert {row["number"] for row in rows_of(capsysbinary.readouterr().out)} == {"W3"}


def test_more_orders_than_a_batch_are_written_once_each(store, ines, monkeypatch, capsysbinary):
    monkeypatch.setattr("orders.exporting.csv_file.BATCH", 2)
    numbers = [OrderFactory(customer=ines, number=f"W{n}").number for n in range(5)]
    export()
    assert [row["number"] for row in rows_of(capsysbinary.readouterr().out)] == numbers


@pytest.mark.parametrize("who", ["sam", "rosa"])
def test_who_may_not_export_downloads_nothing(client, request, order, who):
    client.force_login(request.getfixturevalue(who))
    assert client.post(BULK, chosen("export", order)).status_code == 403
    assert "Export" not in client.get("/backoffice/orders/").content.decode()


def test_a_selection_is_downloaded_and_those_left_out_are_named(as_mara, order, gus):
    restricted, other = OrderFactory(customer=gus, number="W2"), OrderFactory(number="W3-not-picked")
    Customer.objects.filter(pk=gus.pk).update(restricted_at="2026-11-01T10:00Z")
    assert "<strong>1 order</strong> will be downloaded" in look(as_mara, "export", order, restricted)
    response = exported(as_mara, order, restricted, separator="tab")
    assert response["Content-Disposition"].startswith('attachment; filename="orders-')
    assert {row["number"] for row in rows_of(response.getvalue(), "\t")} == {order.number}
    action = OrderBulkAction.objects.get()
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {"W2": "restricted"})
    assert other.number not in as_mara.get(action.get_absolute_url()).content.decode()
