"""Withdrawing from some lines of an order: stated by its shopper, accepted by the shop, and what follows of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from orders.documents.issue import issue_invoice
from orders.documents.remaining_lines import remaining_of_order
from orders.handling.payments import enter_payment
from orders.handling.refunds import RefundedLine, refund
from orders.handling.shipping import ship
from orders.models import Document, Order, OrderLine, Product, WithdrawalLine
from orders.withdrawal.acceptance import Withdrawn, accept_withdrawal
from shopadmin.models import Mail, StoreSettings
from tests.factories import OrderFactory, ProductFactory
from tests.shown_page import error_summary, facts, filled, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/withdrawal/?order=W10479"
ACCEPT = "/backoffice/orders/W10479/withdrawal/"
REFUNDS = "/backoffice/orders/W10479/refunds/"
KEY = "8f0c2a52-3f4a-4a43-9a52-6d2c4f2c3b11"


@pytest.fixture
def order(ines, store) -> Order:
    """Two mugs and a vase: 33.00 and 20.00, with 4.95 for delivery."""
    StoreSettings.objects.update(vat_number="NL004495445B01")
    order = OrderFactory(
        customer=ines, number="W10479", language="de", items_gross=Decimal("53.00"), total=Decimal("57.95"),
        total_net=Decimal("47.89"), total_vat=Decimal("10.06"),
    )  # fmt: skip
    OrderLine.objects.create(
        order=order, name="Vase", quantity=1, unit_gross=Decimal("20.00"), vat_rate=Decimal("21.0"),
        net=Decimal("16.53"), vat=Decimal("3.47"), gross=Decimal("20.00"), product=ProductFactory(stock=0),
    )  # fmt: skip
    return order


def mug(order: Order) -> OrderLine:
    return order.lines.get(name="Stacking mug")


def vase(order: Order) -> OrderLine:
    return order.lines.get(name="Vase")


def state(client: Client, order: Order, **quantities: str):
    """Fill in the form behind the order's link, and confirm."""
    typed = {"name": "Ines", f"quantity-{mug(order).pk}": "2", f"quantity-{vase(order).pk}": "1"}
    changed = {f"quantity-{OrderLine.objects.get(name=name).pk}": typed for name, typed in quantities.items()}
    page = client.post(f"/withdrawal/?order={order.token}", typed | changed)
    if error_summary(page):
        return page
    return client.post("/withdrawal/confirmation/", {"statement": value_of(page, "statement")}, follow=True)


def accept(client: Client, **typed: str):
    form = filled(client.get(ACCEPT), "order-form")
    return client.post(ACCEPT, form | {name.replace("_", "-"): value for name, value in typed.items()})


def stated(order: Order) -> dict[str, int]:
    return dict(WithdrawalLine.objects.filter(notice__order=order).values_list("order_line__name", "quantity"))


def test_everything_is_chosen_unless_the_shopper_changes_it(as_ines, order):
    as_ines.cookies["language"] = "en"
    page = state(as_ines, order)
    assert facts(page)["Items"] == "2 × Stacking mug 1 × Vase"
    assert stated(order) == {"Stacking mug": 2, "Vase": 1}


def test_the_receipt_lists_the_lines_in_the_language_of_its_reader(as_ines, order):
    as_ines.cookies["language"] = "de"
    state(as_ines, order, Vase="0")
    assert stated(order) == {"Stacking mug": 2}
    receipt = Mail.objects.get(name="withdrawal_received")
    assert (receipt.language, "2 × Stacking mug" in receipt.text, "Vase" in receipt.text) == ("de", True, False)
    assert "Sie widerrufen" in receipt.text
    assert "2 × Stacking mug" in Mail.objects.get(name="withdrawal_received_merchant").text


@pytest.mark.parametrize(("quantity", "words"), [("3", "Only 2 left"), ("0", "Choose at least 1 item")])
def test_what_cannot_be_is_refused_before_anything_is_stated(client, order, quantity, words):
    page = state(client, order, **{"Stacking mug": quantity, "Vase": "0"})
    assert words in " ".join(error_summary(page))
    assert not WithdrawalLine.objects.exists()


def test_excepted_lines_are_not_on_offer(as_ines, order):
    OrderLine.objects.filter(name="Vase").update(withdrawal_excepted=True)
    page = as_ines.get(URL).content.decode()
    assert ("Stacking mug" in page, "Vase" in page) == (True, False)


def test_a_guest_chooses_lines_behind_the_unguessable_address(client, order):
    page = client.get(f"/withdrawal/?order={order.token}")
    assert value_of(page, f"quantity-{vase(order).pk}") == "1"


def test_otto_and_strangers_see_no_lines(client, order, otto):
    client.force_login(otto)
    for browser in (client, Client()):
        assert "Stacking mug" not in browser.get(URL).content.decode()


def test_the_shop_is_offered_what_was_stated(as_mara, order):
    state(Client(), order, **{"Stacking mug": "1", "Vase": "0"})
    assert "1 × Stacking mug" in as_mara.get("/backoffice/orders/W10479/").content.decode()
    page = as_mara.get(ACCEPT)
    assert (value_of(page, "quantity-0"), value_of(page, "quantity-1")) == ("1", "0")


def test_a_part_is_credited_and_paid_back_in_one_act(as_mara, order):
    enter_payment(order, amount=order.total)
    invoice = issue_invoice(order)
    accept(as_mara, quantity_0="0", quantity_1="1")
    order.refresh_from_db()
    note = Document.objects.get(credits=invoice)
    assert [(line["name"], line["gross"]) for line in note.content["lines"]] == [("Vase", "20.00")]
    assert (order.state, order.paid, order.due, order.payment_state) == (
        "open", Decimal("37.95"), Decimal("37.95"), "partly_refunded",
    )  # fmt: skip
    [part] = order.payments.get(amount=-20).lines.all()
    assert (part.order_line, part.quantity) == (vase(order), 1)
    assert Mail.objects.get(name="order_refunded").attachments == [note.attachment]
    assert Product.objects.get().stock == 1


def test_with_the_last_piece_the_order_is_withdrawn_and_the_delivery_paid_back(as_mara, order):
    enter_payment(order, amount=order.total)
    issue_invoice(order)
    accept(as_mara, quantity_0="1", quantity_1="1")
    accept(as_mara)
    order.refresh_from_db()
    assert (order.state, order.paid, order.payment_state, order.credited) == ("withdrawn", 0, "refunded", order.total)
    assert [mail.language for mail in Mail.objects.filter(name="order_withdrawn")] == ["de", "de"]


def test_less_is_to_be_paid_and_the_invoice_leaves_out_what_was_withdrawn_from(order):
    accept_withdrawal(order, lines={0: Withdrawn(1)})
    order.refresh_from_db()
    assert (order.outstanding, order.payment_state) == (Decimal("41.45"), "unpaid")
    invoice = issue_invoice(order)
    assert [(line["name"], line["quantity"]) for line in invoice.content["lines"]][:2] == [
        ("Stacking mug", 1), ("Vase", 1),
    ]  # fmt: skip
    assert (invoice.total, order.outstanding) == (Decimal("41.45"), Decimal("41.45"))


def test_a_later_refund_finds_its_line_on_the_shorter_invoice(order):
    accept_withdrawal(order, lines={0: Withdrawn(2)})
    enter_payment(order, amount=order.outstanding)
    invoice = issue_invoice(order)
    accept_withdrawal(order, lines={1: Withdrawn(1)}, refund=True)
    order.refresh_from_db()
    assert (order.state, order.paid, invoice.credit_notes.get().total) == ("withdrawn", 0, Decimal("24.95"))


def test_what_is_not_sent_needs_no_parcel_and_a_paid_order_is_completed(order):
    enter_payment(order, amount=order.total)
    ship(order, quantities={mug(order): 2}, carrier="postnl")
    accept_withdrawal(order, lines={1: Withdrawn(1)}, refund=True)
    order.refresh_from_db()
    assert (order.state, order.shipping_state, vase(order).unsent) == ("completed", "shipped", 0)


def test_what_came_back_is_restocked_once(order):
    ship(order, quantities={vase(order): 1}, carrier="postnl")
    accept_withdrawal(order, lines={1: Withdrawn(1, restock=True)})
    assert (Product.objects.get().stock, vase(order).returnable) == (1, 0)


def test_a_second_press_accepts_nothing_more(as_mara, order):
    form = filled(as_mara.get(ACCEPT), "order-form") | {"quantity-0": "1", "quantity-1": "0"}
    assert [as_mara.post(ACCEPT, form).status_code for _press in range(2)] == [302, 302]
    assert mug(order).withdrawn == 1


def test_more_than_is_left_is_refused_at_its_line(as_mara, order):
    accept_withdrawal(order, lines={0: Withdrawn(1)})
    page = as_mara.post(ACCEPT, {"quantity-0": "2", "quantity-1": "", "key": KEY})
    assert error_summary(page) == ["Quantity, Stacking mug: Only 1 left"]
    assert mug(order).withdrawn == 1


@pytest.mark.parametrize("is_invoiced", [True, False])
def test_what_was_refunded_cannot_be_withdrawn_from_or_refunded_again(as_mara, order, is_invoiced):
    enter_payment(order, amount=order.total)
    if is_invoiced:
        issue_invoice(order)
    refund(order, lines={0: RefundedLine(1)}, credit_note=is_invoiced)
    accept_withdrawal(order, lines={0: Withdrawn(1)})  # the other one
    page = as_mara.post(ACCEPT, {"quantity-0": "1", "quantity-1": "", "key": KEY})
    assert error_summary(page) == ["Quantity, Stacking mug: Only 0 left"]
    page = as_mara.post(REFUNDS, {"by": "lines", "quantity-0": "1", "method": "bank_transfer", "key": KEY})
    assert error_summary(page) == ["Quantity, Stacking mug: Only 0 left"]
    assert f'name="quantity-{mug(order).pk}"' not in Client().get(f"/withdrawal/?order={order.token}").content.decode()


@pytest.mark.parametrize("is_invoiced", [True, False])
def test_what_was_refunded_of_other_items_is_not_set_off_against_a_withdrawal(as_mara, order, is_invoiced):
    enter_payment(order, amount=order.total)
    if is_invoiced:
        issue_invoice(order)
    refund(order, lines={0: RefundedLine(1)})  # without a credit note
    accept(as_mara, quantity_0="1", quantity_1="")
    assert [payment.amount for payment in order.payments.order_by("id")][1:] == [Decimal("-16.50")] * 2


@pytest.mark.parametrize("pays_back", [True, False])
def test_the_shopper_reads_what_is_still_to_be_paid_back(as_mara, order, pays_back):
    enter_payment(order, amount=order.total)
    refund(order, lines={0: RefundedLine(1)})
    accept(as_mara, quantity_0="1", quantity_1="", **({} if pays_back else {"refund": ""}))
    assert ("16,50" in Mail.objects.get(name="order_withdrawn").text) is not pays_back


def test_what_was_refunded_by_amount_may_be_for_what_is_withdrawn(as_mara, order):
    enter_payment(order, amount=order.total)
    refund(order, amount=Decimal("16.50"))
    accept(as_mara, quantity_0="1", quantity_1="")
    order.refresh_from_db()
    assert order.paid == Decimal("41.45")


def test_no_more_goes_back_than_was_paid_for_a_line(as_mara, order):
    enter_payment(order, amount=order.total)
    refund(order, lines={0: RefundedLine(0, Decimal("5.00"))})
    for _mug in range(2):
        accept(as_mara, quantity_0="1", quantity_1="")
    order.refresh_from_db()
    assert order.paid == Decimal("24.95")


def test_the_price_reduction_on_a_line_does_not_outlast_it(order):
    enter_payment(order, amount=order.total)
    refund(order, lines={0: RefundedLine(0, Decimal("5.00"))})
    accept_withdrawal(order, lines={0: Withdrawn(1)})
    assert [(line.quantity, line.gross) for line in remaining_of_order(order)][0] == (1, Decimal("11.50"))
    accept_withdrawal(order, lines={0: Withdrawn(1)})
    assert [(line.quantity, line.gross) for line in remaining_of_order(order)][0] == (0, 0)


def test_what_goes_back_for_a_withdrawal_leaves_the_rest_to_withdraw_from(order):
    enter_payment(order, amount=order.total)
    accept_withdrawal(order, lines={0: Withdrawn(1)})
    refund(order, lines={0: RefundedLine(1)})  # the same one
    accept_withdrawal(order, lines={0: Withdrawn(1)}, refund=True)
    assert (mug(order).withdrawn, order.paid) == (2, Decimal("24.95"))


def test_after_the_answer_the_rest_can_be_withdrawn_from_and_is_to_be_paid(as_ines, order):
    as_ines.cookies["language"] = "en"
    state(as_ines, order, **{"Stacking mug": "0"})
    assert "Amount due" not in as_ines.get("/account/orders/W10479/").content.decode()
    accept_withdrawal(order, lines={1: Withdrawn(1)})
    page = as_ines.get("/account/orders/W10479/").content.decode()
    assert "Amount due: €37.95" in page
    assert 'href="/withdrawal/?order=W10479"' in page
    assert "1 withdrawn" in page


def test_money_that_was_kept_back_can_be_refunded_later(order):
    enter_payment(order, amount=order.total)
    accept_withdrawal(order, lines={1: Withdrawn(1)})
    assert "20,00" in Mail.objects.get(name="order_withdrawn").text
    refund(order, amount=Decimal("20.00"))
    assert (order.paid, order.due) == (Decimal("37.95"), Decimal("37.95"))


def test_the_term_ends_with_the_last_parcel_of_what_is_left(order):
    ship(order, quantities={mug(order): 2}, carrier="postnl")
    order.shipments.update(at=timezone.now() - timedelta(days=30))
    assert order.offers_withdrawal
    accept_withdrawal(order, lines={1: Withdrawn(1)})
    order.refresh_from_db()
    assert not order.offers_withdrawal
