"""Discounts that an edit adds, changes and takes off: on a line, on what is added, and on the order."""

from decimal import Decimal

import pytest

from orders.checkout.discounts import Discount
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.payments import enter_payment
from orders.handling.refunds import RefundedLine, refund
from orders.models import Order
from shopadmin.models import Mail, StoreSettings
from tests.factories import ProductFactory
from tests.orders.editing.edits import URL, change, order_of_mugs, review, save
from tests.shown_page import error_summary, errors, facts, filled, html_of, table_rows, text_of, value_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def order(ines) -> Order:
    """Two mugs of 16.50, and a delivery of 4.95."""
    return order_of_mugs(ines)


@pytest.fixture
def off(order) -> str:
    """The name of the field that says what is taken off the mugs."""
    return f"line-discount-{order.lines.get().pk}"


@pytest.fixture
def mugs(order) -> str:
    return f"quantity-{order.lines.get().pk}"


def lines(order: Order) -> list[list[str]]:
    """Price, discount, the order's share of it and what each line comes to."""
    rows = order.lines.values_list("unit_gross", "discount", "order_discount", "gross")
    return [[str(amount) for amount in row] for row in rows]


def total(order: Order) -> str:
    order.refresh_from_db()
    return str(order.total)


def test_a_discount_on_a_line_shows_in_the_review_and_is_taken_off(as_mara, order, off):
    page = review(as_mara, **{off: "10%"})
    assert table_rows(page)[0] == ["Stacking mug", "2", "€33.00", "€29.70"]
    assert ["Discount", "€0.00", "-€3.30"] in table_rows(page)
    assert facts(page)["Discount, Stacking mug"] == "was €0.00 is now €3.30"
    save(as_mara, page)
    assert (lines(order), total(order)) == ([["16.50", "3.30", "0.00", "29.70"]], "34.65")
    assert value_of(as_mara.get(URL), off) == "3.30"


def test_one_on_the_order_is_spread_over_what_was_ordered_and_what_is_added(as_mara, order):
    vase = ProductFactory(name="Vase", price="20.00")
    change(as_mara, **{f"add-{vase.pk}": "1", f"discount-{vase.pk}": "2,00", "order_discount": "5.10"})
    assert lines(order) == [["16.50", "3.30", "3.30", "29.70"], ["20.00", "3.80", "1.80", "16.20"]]
    assert total(order) == "50.85"
    assert value_of(as_mara.get(URL), "order_discount") == "5.10"


def test_each_is_changed_and_taken_off_by_itself(as_mara, order, off):
    change(as_mara, **{off: "3.00", "order_discount": "2.00"})
    assert lines(order) == [["16.50", "5.00", "2.00", "28.00"]]
    change(as_mara, order_discount="1.00")
    assert lines(order) == [["16.50", "4.00", "1.00", "29.00"]]
    change(as_mara, **{off: ""})
    assert lines(order) == [["16.50", "1.00", "1.00", "32.00"]]
    change(as_mara, order_discount="0")
    assert (lines(order), total(order)) == ([["16.50", "0.00", "0.00", "33.00"]], "37.95")


def test_with_more_pieces_a_line_keeps_its_discount_on_each_and_the_order_its_sum(as_mara, order, off, mugs):
    change(as_mara, **{off: "3.00", "order_discount": "2.00"})
    change(as_mara, **{mugs: "4"})
    assert lines(order) == [["16.50", "8.00", "2.00", "58.00"]]


def test_a_form_that_leaves_discounts_alone_changes_none(as_mara, order, off):
    change(as_mara, **{off: "33.33%", "order_discount": "1.99"})
    before = lines(order)
    change(as_mara, phone="+31302310000")
    assert lines(order) == before
    assert [row[0] for row in order.events.first().facts["person"]] == ["phone"]
    assert "order" not in order.events.first().facts


def test_vat_goes_by_the_rate_of_each_line(as_mara, order):
    book = ProductFactory(name="Book", price="10.90", tax_class="reduced")
    change(as_mara, **{f"add-{book.pk}": "1", "order_discount": "50%"})
    assert [str(row) for row in order.lines.values_list("vat", flat=True)] == ["2.86", "0.45"]
    assert total(order) == "26.90"


@pytest.mark.parametrize("typed", ["33.01", "101%", "half", "-1"])
@pytest.mark.parametrize("on_order", [True, False])
def test_what_cannot_be_is_answered_at_its_field_and_kept(as_mara, order, off, typed, on_order):
    field = "order_discount" if on_order else off
    page = review(as_mara, **{field: typed})
    assert list(errors(page)) == [field]
    assert value_of(page, field) == typed
    assert total(order) == "37.95"


def test_a_discount_that_was_left_alone_and_is_too_much_by_now_is_named(as_mara, order, mugs):
    change(as_mara, order_discount="20.00")
    page = review(as_mara, **{mugs: "1"})
    assert errors(page) == {"order_discount": "The discount cannot be more than the price, €16.50"}


def test_all_of_it_may_be_taken_off(as_mara, order, off):
    change(as_mara, **{off: "100%"})
    assert (lines(order), total(order)) == ([["16.50", "33.00", "0.00", "0.00"]], "4.95")


def test_who_is_charged_no_vat_is_taken_off_the_price_without_it(as_mara, order, off):
    """A Swiss address: of 10.00 off, VAT included, 8.26 are left."""
    abroad = {"billing__country": "CH", "billing__postcode": "8001", "billing__city": "Zürich"}
    change(as_mara, **abroad, **{off: "6.00", "order_discount": "4.00"})
    assert lines(order) == [["13.64", "8.26", "3.31", "19.01"]]
    assert [value_of(as_mara.get(URL), name) for name in (off, "order_discount")] == ["6.00", "4.00"]
    change(as_mara, order_discount="")
    assert lines(order) == [["13.64", "4.96", "0.00", "22.31"]]


def test_a_line_that_was_refunded_keeps_its_discount(as_mara, order, off):
    enter_payment(order, amount=Decimal("37.95"))
    refund(order, lines={0: RefundedLine(1)})
    refused = "Stacking mug was refunded, so its quantity and discount can no longer be changed"
    assert error_summary(review(as_mara, **{off: "1.00"})) == [refused]
    assert error_summary(review(as_mara, order_discount="1.00")) == [refused]


def test_the_shopper_is_told_and_the_timeline_keeps_it(as_mara, order, off):
    change(as_mara, **{off: "3.00", "order_discount": "10%"})
    text = " ".join(Mail.objects.get(name="order_edited").text.replace("\xa0", " ").split())
    assert "Korting, Stacking mug: € 0,00 → € 3,00" in text
    assert "Korting op de bestelling: € 0,00 → € 3,00" in text
    page = as_mara.get("/backoffice/orders/W10479/")
    assert facts(page)["Discount on the order"] == "was €0.00is now €3.00"


def test_what_another_took_off_meanwhile_is_filled_in_in_the_form_of_the_editors_language(as_mara, order, off, sam):
    as_mara.cookies["language"] = "nl"
    pages = [review(as_mara, **{off: "4,00"}), review(as_mara, first_name="Inez")]
    edit(order, Wanted(discounts={order.lines.get().pk: Discount(Decimal("2.50"))}), by=sam)
    both, untouched = (save(as_mara, page) for page in pages)
    notice = text_of(html_of(both).xpath("//*[contains(@class, 'is-warn')]")[0])
    assert "Korting, Stacking mug: nu 2,50, jij vulde 4,00 in" in notice
    assert (filled(both, "order-form")[off], filled(untouched, "order-form")[off]) == ("4,00", "2,50")


def test_an_order_given_for_nothing_is_paid_and_invoiced_where_the_settings_say_so(as_mara, order):
    StoreSettings.objects.update(invoice_when="paid")
    enter_payment(order, amount=Decimal("20.00"))
    change(as_mara, order_discount="17.95")
    order.refresh_from_db()
    assert (order.payment_state, str(order.documents.get().total)) == ("paid", "20.00")
