"""Where the payment of an order stands, worked out from payments, refunds and credit notes."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from customers.models import Customer
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.standing import standing_invoice
from orders.handling import payment_status
from orders.handling.cancellation import cancel
from orders.handling.errors import OrderError
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.models import Order
from orders.withdrawal.acceptance import accept_withdrawal
from tests.factories import OrderFactory

pytestmark = pytest.mark.usefixtures("shop_time")

TOTAL, PART = Decimal("37.95"), Decimal("10.00")
DEEDS = {
    "pay": lambda order: enter_payment(order, amount=TOTAL),
    "pay a part": lambda order: enter_payment(order, amount=PART),
    "refund": lambda order: refund(order, amount=order.paid),
    "refund a part": lambda order: refund(order, amount=Decimal("5.00")),
    "invoice": lambda order: issue_invoice(order),
    "credit": lambda order: issue_credit_note(standing_invoice(order)),
    "cancel": cancel,
    "withdraw": accept_withdrawal,
}
CASES = [
    ("", "Unpaid", "37.95"),
    ("pay a part", "Partly paid", "27.95"),
    ("pay", "Paid", "0"),
    ("pay, refund a part", "Partly refunded", "0"),
    ("pay, refund", "Refunded", "0"),
    ("pay a part, refund a part", "Partly refunded", "0"),
    ("pay, refund, pay", "Paid", "0"),
    ("cancel", "No payment due", "0"),
    ("withdraw", "No payment due", "0"),
    ("pay a part, cancel", "Paid", "0"),
    ("pay, cancel, refund", "Refunded", "0"),
    ("pay, withdraw, refund a part", "Partly refunded", "0"),
    ("invoice", "Unpaid", "37.95"),
    ("invoice, credit", "No payment due", "0"),
    ("invoice, credit, invoice", "Unpaid", "37.95"),
    ("pay, invoice, credit", "Paid", "0"),
    ("pay, invoice, credit, refund", "Refunded", "0"),
]


@pytest.fixture
def order(store, ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


def do(order: Order, deeds: str) -> Order:
    for deed in filter(None, deeds.split(", ")):
        DEEDS[deed](order)
    return Order.objects.get(pk=order.pk)


@pytest.mark.parametrize(("deeds", "status", "outstanding"), CASES)
def test_the_status_follows_from_what_happened(order, deeds, status, outstanding):
    found = do(order, deeds)
    assert (found.get_payment_state_display(), found.outstanding) == (status, Decimal(outstanding))


@pytest.mark.parametrize(("deeds", "status", "outstanding"), CASES)
def test_orders_of_before_are_brought_up_to_date(order, deeds, status, outstanding):
    do(order, deeds)
    Order.objects.update(payment_state="unpaid", refunded=0, credited=0)
    migration = import_module("orders.migrations.0008_work_out_payments")
    migration.add_up_refunds_and_credit_notes(apps, None)
    migration.work_out_statuses(apps, None)
    found = Order.objects.get()
    assert (found.get_payment_state_display(), found.outstanding) == (status, Decimal(outstanding))


def test_terms_of_before_are_brought_up_to_date(order, ines):
    invoiced = OrderFactory(customer=ines, payment_method="invoice")
    issue_invoice(invoiced)
    OrderFactory(customer=ines, payment_method="invoice")
    Order.objects.update(pay_by=None)
    import_module("orders.migrations.0008_work_out_payments").set_terms(apps, None)
    fortnight = timezone.localdate() + timedelta(days=14)
    assert list(Order.objects.order_by("pk").values_list("pay_by", flat=True)) == [fortnight, fortnight, None]


def test_amounts_spent_of_before_are_brought_up_to_date(order, ines):
    OrderFactory(customer=ines, total=Decimal("0.10"))
    do(order, "pay, refund a part")
    Customer.objects.update(spent=99)
    import_module("orders.migrations.0008_work_out_payments").take_refunds_off_what_was_spent(apps, None)
    assert Customer.objects.get(pk=ines.pk).spent == Decimal("33.05")


def test_an_order_without_charge_has_nothing_to_be_paid(store, ines):
    order = Order(customer=ines, payment_method="bank_transfer")
    payment_status.begin(order)
    assert order.payment_state == "no_payment_due"


def test_an_order_without_charge_waits_to_be_sent(order):
    Order.objects.update(total=0, payment_state="no_payment_due")
    assert list(Order.objects.to_ship()) == [order]


def test_what_was_refunded_in_part_still_waits_to_be_sent(order):
    do(order, "pay, refund a part")
    assert list(Order.objects.to_ship()) == [order]


@pytest.mark.parametrize("method", ["invoice", "on_pickup"])
@pytest.mark.parametrize("happened", ["", "pay a part"])
def test_what_is_paid_once_it_is_there_waits_to_be_sent(order, method, happened):
    Order.objects.update(payment_method=method)
    do(order, happened)
    assert list(Order.objects.to_ship()) == [order]


@pytest.mark.parametrize("method", ["bank_transfer", "test_provider", "paypal"])
def test_what_is_paid_in_advance_waits_for_the_money(order, method):
    Order.objects.update(payment_method=method)
    assert not Order.objects.to_ship().exists()


def test_a_credited_order_that_nobody_paid_waits_for_nothing(order):
    do(order, "invoice, credit")
    assert not Order.objects.to_ship().exists()
    assert not Order.objects.unpaid().exists()


def test_a_credited_order_takes_no_payment(order):
    order = do(order, "invoice, credit")
    with pytest.raises(OrderError, match="Nothing left to pay on this order"):
        enter_payment(order, amount=PART)


def test_a_sent_order_is_completed_when_its_invoice_is_credited(order):
    ship(order, quantities={line: line.unsent for line in order.lines.all()}, carrier="postnl")
    assert do(order, "invoice, credit").state == "completed"


def test_a_completed_order_that_is_invoiced_again_is_unpaid(order):
    ship(order, quantities={line: line.unsent for line in order.lines.all()}, carrier="postnl")
    do(order, "invoice, credit, invoice")
    assert list(Order.objects.unpaid()) == [order]


@pytest.mark.parametrize("deeds", ["invoice", "invoice, pay a part"])
def test_it_is_overdue_once_the_term_of_its_invoice_is_over(order, deeds):
    order = do(order, deeds)
    assert (order.pay_by, order.is_overdue) == (timezone.localdate() + timedelta(days=14), False)
    Order.objects.update(pay_by=timezone.localdate() - timedelta(days=1))
    assert list(Order.objects.overdue()) == [order]
    assert Order.objects.get().is_overdue


@pytest.mark.parametrize("deeds", ["invoice, pay", "invoice, credit", "invoice, cancel"])
def test_what_nobody_has_to_pay_is_not_overdue(order, deeds):
    do(order, deeds)
    Order.objects.update(pay_by=date(2020, 1, 1))
    assert not Order.objects.overdue().exists()
    assert not Order.objects.get().is_overdue


@pytest.mark.parametrize(
    ("deeds", "spent"),
    [
        ("pay, refund a part", "32.95"),
        ("pay, refund", "0"),
        ("pay, refund, pay", "37.95"),
        ("pay a part, refund a part", "32.95"),
        ("pay, cancel, refund", "0"),
    ],
)
def test_refunds_are_taken_off_what_a_customer_spent(order, ines, deeds, spent):
    do(order, deeds)
    assert Customer.objects.get(pk=ines.pk).spent == Decimal(spent)
