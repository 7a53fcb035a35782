"""Entering refunds: by line or amount, with what comes back into stock and the credit note."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.documents.issue import issue_credit_note, issue_invoice
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.cancellation import cancel
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Document, Order, Payment, RefundLine
from shopadmin.models import Mail, StoreSettings
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.shown_page import error_summary, errors, filled, html_of, text_of, value_of

pytestmark = pytest.mark.any_database
ORDER = "/backoffice/orders/W10479/"
REFUNDS, CREDIT_NOTES = f"{ORDER}refunds/", f"{ORDER}credit-notes/"


@pytest.fixture
def order(ines, store) -> Order:
    order = OrderFactory(customer=ines, number="W10479")
    order.lines.update(product=ProductFactory(stock=5))
    enter_payment(order, amount=Decimal("37.95"))
    return order


def send(client, url: str, **typed):
    return client.post(url, filled(client.get(url), "order-form", **typed))


def test_a_line_is_refunded_with_its_credit_note_in_one_act(as_mara, mara, order):
    invoice = issue_invoice(order)
    Mail.objects.all().delete()
    assert send(as_mara, REFUNDS, by="lines", quantity__0="1")["Location"] == ORDER
    [refund, note] = Payment.objects.filter(amount__lt=0).get(), Document.objects.get(kind="credit_note")
    assert (refund.amount, note.total, note.credits, note.by) == (Decimal("-16.50"), Decimal("16.50"), invoice, mara)
    [mail, _news] = Mail.objects.order_by("id")
    assert (mail.name, mail.attachments) == ("order_refunded", [note.attachment])


def test_money_goes_back_by_bank_transfer_and_not_in_advance(as_mara, order):
    issue_invoice(order)
    ways = html_of(as_mara.get(REFUNDS)).xpath("//select[@name='method']/option")
    assert [text_of(way) for way in ways] == ["Bank transfer", "In the shop, in cash or by card"]
    send(as_mara, REFUNDS, by="amount", amount="10.00")
    note = Document.objects.get(kind="credit_note")
    assert note.content["paper"]["notes"][-1] == "We hebben dit bedrag terugbetaald: Bankoverschrijving."
    assert "</strong> Bank transfer</p>" in as_mara.get(ORDER).content.decode()


def test_ten_of_all_is_refunded_by_amount_and_credited_by_as_much(as_mara, order):
    issue_invoice(order)
    send(as_mara, REFUNDS, by="amount", amount="10.00")
    order = Order.objects.get()
    assert (order.paid, order.refunded, order.credited) == (Decimal("27.95"), Decimal("10.00"), Decimal("10.00"))
    assert order.payment_state == "partly_refunded"


def test_what_was_refunded_before_is_what_the_credit_note_is_for(as_mara, order):
    send(as_mara, REFUNDS, by="amount", amount="10.00")
    issue_invoice(Order.objects.get())
    assert value_of(as_mara.get(CREDIT_NOTES), "amount") == "10.00"
    send(as_mara, CREDIT_NOTES)
    assert Document.objects.get(kind="credit_note").total == Decimal("10.00")


def test_what_a_credit_note_set_free_is_refunded_without_another(as_mara, order):
    issue_credit_note(issue_invoice(order), amount=Decimal("10.00"))
    page = as_mara.get(REFUNDS)
    sent = filled(page, "order-form")
    assert (sent["by"], sent["amount"], "credit_note" in sent) == ("amount", "10.00", False)
    as_mara.post(REFUNDS, sent)
    assert Document.objects.filter(kind="credit_note").count() == 1


def test_part_of_a_price_is_refunded(as_mara, order):
    send(as_mara, REFUNDS, by="lines", amount__0="3.30")
    part = RefundLine.objects.get()
    assert (part.quantity, part.amount, part.order_line) == (0, Decimal("3.30"), order.lines.get())


def test_the_delivery_is_refunded_as_a_line(as_mara, order):
    send(as_mara, REFUNDS, by="lines", quantity__1="1")
    part = RefundLine.objects.get()
    assert (part.order_line, part.amount) == (None, Decimal("4.95"))


def test_a_delivery_that_was_refunded_and_is_free_by_now_takes_nothing_from_the_items(as_mara, order):
    send(as_mara, REFUNDS, by="lines", quantity__1="1")
    edit(order, Wanted(delivery=DeliveryMethodFactory(price=Decimal("0.00"))))
    send(as_mara, REFUNDS, by="lines", quantity__0="2")
    assert Order.objects.get().refunded == Decimal("37.95")


def test_what_came_back_is_put_in_stock_once(as_mara, order):
    line = order.lines.get()
    ship(order, quantities={line: 2}, carrier="dhl")
    for _refund in range(2):
        send(as_mara, REFUNDS, by="lines", quantity__0="1", restock__0="on")
    line = order.lines.get()
    assert (line.product.stock, line.returnable) == (7, 0)


def test_what_is_refunded_before_it_is_sent_is_not_sent_any_more(as_mara, order):
    send(as_mara, REFUNDS, by="lines", quantity__0="1")
    line = order.lines.get()
    assert (line.product.stock, line.unsent, line.returnable) == (6, 1, 0)
    page = as_mara.get(ORDER)
    assert "1 refunded, not to be shipped" in page.content.decode()
    assert "0 of 1 shipped" in " ".join(page.content.decode().split())


def test_what_is_refunded_may_be_sent_all_the_same(as_mara, order):
    typed = filled(as_mara.get(REFUNDS), "order-form", by="lines", quantity__0="1")
    del typed["restock-0"]
    as_mara.post(REFUNDS, typed)
    assert (order.lines.get().unsent, order.lines.get().product.stock) == (2, 5)


def test_refunding_a_cancelled_order_puts_nothing_in_stock_a_second_time(as_mara, order):
    opened_before = filled(as_mara.get(REFUNDS), "order-form", by="lines", quantity__0="2")
    cancel(order)
    assert "restock-0" not in filled(as_mara.get(REFUNDS), "order-form")
    as_mara.post(REFUNDS, opened_before)
    assert (order.lines.get().product.stock, Order.objects.get().refunded) == (7, Decimal("33.00"))


def test_an_order_is_done_once_the_rest_of_it_is_refunded(as_mara, order):
    StoreSettings.objects.update(invoice_when="shipped")
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl")
    send(as_mara, REFUNDS, by="lines", quantity__0="1", restock__0="on")
    order.refresh_from_db()
    assert (order.state, order.shipping_state, order.payment_state) == ("completed", "shipped", "partly_refunded")
    assert (order.lines.get().product.stock, order.documents.count()) == (6, 1)


def test_a_line_is_refunded_once(as_mara, order):
    send(as_mara, REFUNDS, by="lines", quantity__0="2")
    assert "quantity-0" not in filled(as_mara.get(REFUNDS), "order-form")
    response = as_mara.post(REFUNDS, {"by": "lines", "quantity-0": "1", "method": "bank_transfer"})
    assert error_summary(response) == ["Quantity, Stacking mug: Only 0 left"]
    assert Payment.objects.filter(amount__lt=0).count() == 1


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"quantity__0": "3"}, "quantity-0"), ({"quantity__0": "-1"}, "quantity-0"), ({"quantity__0": "x"}, "quantity-0"),
     ({"amount__0": "ten"}, "amount-0")],
)  # fmt: skip
def test_what_makes_no_sense_is_said_so_and_kept(as_mara, order, typed, wrong):
    response = send(as_mara, REFUNDS, by="lines", **typed)
    assert list(errors(response)) == [wrong]
    assert value_of(response, wrong) == [*typed.values()][0]
    assert not RefundLine.objects.exists()


def test_nothing_chosen_is_said_so(as_mara, order):
    response = send(as_mara, REFUNDS, by="lines")
    assert error_summary(response) == ["Choose at least 1 item or enter an amount"]


def test_more_for_a_line_than_it_cost_is_refused(as_mara, order):
    issue_invoice(order)
    response = send(as_mara, REFUNDS, by="lines", quantity__0="1", amount__0="33.01")
    assert error_summary(response) == ["You can choose up to €33.00 for Stacking mug"]
    assert not Document.objects.filter(kind="credit_note").exists()


def test_the_same_form_sent_twice_credits_once(as_mara, order):
    issue_invoice(order)
    sent = filled(as_mara.get(CREDIT_NOTES), "order-form", quantity__0="1", quantity__1="0")
    assert [as_mara.post(CREDIT_NOTES, sent).status_code for _press in range(2)] == [302, 302]
    assert Document.objects.get(kind="credit_note").total == Decimal("16.50")


def test_one_press_credits_all_that_is_left(as_mara, order):
    invoice = issue_invoice(order)
    send(as_mara, CREDIT_NOTES)
    assert Document.objects.get(kind="credit_note").total == invoice.total


@pytest.mark.parametrize("url", [REFUNDS, CREDIT_NOTES])
def test_the_pages_cost_the_same_with_one_line_and_with_three(as_mara, order, url):
    issue_invoice(order)
    as_mara.get(url)
    with CaptureQueriesContext(connection) as with_one:
        as_mara.get(url)
    for _line in range(2):
        order.lines.create(name="Vase", quantity=1, unit_gross=1, vat_rate=21, net="0.83", vat="0.17", gross=1)
    with CaptureQueriesContext(connection) as with_three:
        as_mara.get(url)
    assert len(with_three) == len(with_one)
