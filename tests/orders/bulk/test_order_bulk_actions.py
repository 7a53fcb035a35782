"""What each bulk action does, to which orders, and which it leaves alone."""

from decimal import Decimal
from unittest.mock import Mock
from uuid import uuid4

import pytest

from customers.models import Customer
from customers.privacy.erasure.erasure import erase
from orders.bulk import run as bulk_run
from orders.documents import issue
from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.models import Document, Order, OrderBulkAction, Payment, Shipment
from orders.withdrawal.notices import receive
from shopadmin.models import Mail
from shopadmin.roles import Role
from shopadmin.worker.task_runner import Interrupted
from tests.factories import OrderFactory
from tests.orders.bulk.order_bulk_actions import confirm, do, outcome, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(store):
    return [OrderFactory(number=f"W{number}") for number in (1, 2, 3)]


def pay(order: Order, amount: str = "37.95") -> None:
    enter_payment(order, amount=Decimal(amount))


def test_what_is_left_to_pay_is_recorded_of_each(as_mara, mara, orders):
    pay(orders[0])
    pay(orders[1], "10.00")
    action = do(as_mara, "payment", *orders, payment_method="on_pickup")
    assert (outcome(action), reasons(action)) == (("done", 2, 1), {"W1": "nothing_due"})
    entered = Payment.objects.filter(method="on_pickup").order_by("pk")
    assert [(payment.order.number, payment.amount, payment.by) for payment in entered] == [
        ("W2", Decimal("27.95"), mara),
        ("W3", Decimal("37.95"), mara),
    ]
    assert set(Order.objects.values_list("payment_state", flat=True)) == {"paid"}


def test_each_is_paid_as_it_says_unless_a_method_is_chosen(as_mara, orders):
    Order.objects.filter(number="W2").update(payment_method="invoice")
    do(as_mara, "payment", *orders[:2], payment_method="")
    assert sorted(Payment.objects.values_list("method", flat=True)) == ["bank_transfer", "invoice"]


def test_all_that_is_left_is_shipped_with_the_numbers_typed(as_mara, orders):
    for order in orders:
        pay(order)
    number = {f"tracking-{orders[1].pk}": "3SABC1"}
    action = do(as_mara, "ship", *orders, carrier="dhl", **number)
    assert outcome(action) == ("done", 3, 0)
    parcels = Shipment.objects.order_by("order__number").values_list("order__number", "carrier", "tracking_number")
    assert list(parcels) == [("W1", "dhl", ""), ("W2", "dhl", "3SABC1"), ("W3", "dhl", "")]
    assert set(Order.objects.values_list("state", "shipping_state")) == {("completed", "shipped")}
    assert Mail.objects.filter(name="shipment_sent").count() == 3
    assert action.tracking_numbers == {}


def test_what_is_picked_up_has_no_carrier(as_mara, orders):
    pay(orders[0])
    Order.objects.update(is_pickup=True)
    do(as_mara, "ship", orders[0], carrier="dhl")
    assert Shipment.objects.get().carrier == "other"


def test_what_is_not_to_be_shipped_is_left_alone(as_mara, orders):
    unpaid, shipped, withdrawn = orders
    cancelled = OrderFactory(number="W4", state="cancelled")
    on_account = OrderFactory(number="W5", payment_method="invoice")
    Order.objects.filter(pk=shipped.pk).update(shipping_state="shipped")
    pay(withdrawn)
    receive({"key": str(uuid4()), "name": "Ines", "order_number": "W3", "email": withdrawn.email}, language="en")
    action = do(as_mara, "ship", *orders, cancelled, on_account, carrier="dhl")
    assert outcome(action) == ("done", 1, 4)
    assert reasons(action) == {"W1": "unpaid", "W2": "shipped", "W3": "withdrawal", "W4": "over"}
    assert Shipment.objects.get().order == on_account


def test_what_was_paid_back_in_full_is_not_shipped(as_mara, orders):
    for order in orders[:2]:
        pay(order)
    refund(orders[0], amount=orders[0].total)
    assert reasons(do(as_mara, "ship", *orders[:2], carrier="dhl")) == {"W1": "refunded"}


def test_invoices_are_issued_once_each(as_mara, orders):
    issue_invoice(orders[0])
    Order.objects.filter(number="W2").update(state="cancelled")
    action = do(as_mara, "invoice", *orders)
    assert (outcome(action), reasons(action)) == (("done", 1, 2), {"W1": "invoiced", "W2": "over"})
    assert list(Document.objects.values_list("order__number", flat=True)) == ["W1", "W3"]


def test_an_invoice_credited_in_full_makes_room_for_another(as_mara, orders):
    issue.issue_credit_note(issue_invoice(orders[0]))
    assert outcome(do(as_mara, "invoice", orders[0])) == ("done", 1, 0)
    partly = issue_invoice(orders[1])
    issue.issue_credit_note(partly, amount=Decimal("1.00"))
    assert reasons(do(as_mara, "invoice", orders[1], orders[0], orders[2])) == {"W1": "invoiced", "W2": "invoiced"}


def test_without_a_tax_number_nothing_is_issued(as_mara, orders, monkeypatch):
    action = confirm(as_mara, "invoice", *orders)
    monkeypatch.setattr("orders.documents.issue.lacks_number", lambda store: True)
    bulk_run.run(action)
    assert (action.state, Document.objects.exists()) == ("failed", False)
    assert action.error.startswith("Enter the shop's VAT number")


def test_a_task_that_runs_twice_pays_once(as_mara, orders):
    action = confirm(as_mara, "payment", *orders)
    bulk_run.run(action)
    OrderBulkAction.objects.update(state="running", last_id=0, done=0)
    bulk_run.run(OrderBulkAction.objects.get())
    assert Payment.objects.count() == 3
    assert reasons(OrderBulkAction.objects.get()) == dict.fromkeys(["W1", "W2", "W3"], "nothing_due")


def test_what_was_paid_meanwhile_is_not_paid_again(as_mara, orders):
    action = confirm(as_mara, "payment", *orders)
    pay(orders[1])
    bulk_run.run(action)
    assert (outcome(action), reasons(action)) == (("done", 2, 1), {"W2": "nothing_due"})
    assert Payment.objects.count() == 3


def test_one_that_is_interrupted_goes_on_where_it_was(as_mara, orders, monkeypatch):
    action = confirm(as_mara, "payment", *orders)
    monkeypatch.setattr("shopadmin.bulk.run.between_batches", Mock(side_effect=[Interrupted, None, None]))
    with pytest.raises(Interrupted):
        bulk_run.run(action)
    assert (outcome(OrderBulkAction.objects.get()), Payment.objects.count()) == (("running", 1, 0), 1)
    bulk_run.run(OrderBulkAction.objects.get())
    assert (outcome(OrderBulkAction.objects.get()), Payment.objects.count()) == (("done", 3, 0), 3)


def test_one_that_is_refused_or_fails_does_not_keep_the_others(as_mara, orders, monkeypatch, caplog):
    def fail(action, order):
        if order == orders[0]:
            raise bulk_run.OrderError("No.")
        return 1 / 0 if order == orders[1] else pay(order)

    monkeypatch.setitem(bulk_run.VERBS, "payment", fail)
    action = do(as_mara, "payment", *orders)
    assert (outcome(action), reasons(action)) == (("done", 1, 2), {"W1": "refused", "W2": "error"})
    assert f"Order {orders[1].pk}: ZeroDivisionError" in caplog.text


def test_a_view_that_the_action_empties_is_done_whole(as_mara, orders, monkeypatch):
    monkeypatch.setattr("orders.bulk.selection.READ_AHEAD", 2)
    action = do(as_mara, "payment", view="todo=pay&q=stacking")
    assert (outcome(action), action.query) == (("done", 3, 0), "todo=pay")


def test_an_order_that_comes_after_it_was_asked_for_is_not_meant(as_mara, orders):
    action = confirm(as_mara, "payment", view="")
    OrderFactory(number="W4")
    bulk_run.run(action)
    assert outcome(action) == ("done", 3, 0)
    assert Order.objects.get(number="W4").payment_state == "unpaid"


@pytest.mark.parametrize("lost", [{"role": Role.SUPPORT}, {"is_staff": False, "role": ""}, {"access": "blocked"}])
def test_whoever_lost_the_right_meanwhile_does_nothing_more(as_mara, mara, orders, lost):
    action = confirm(as_mara, "payment", *orders)
    Customer.objects.filter(pk=mara.pk).update(**lost)
    bulk_run.run(OrderBulkAction.objects.get(pk=action.pk))
    action.refresh_from_db()
    assert (outcome(action), Payment.objects.exists()) == (("failed", 0, 0), False)
    assert action.error == "The person who started this no longer has permission."


def test_one_that_waits_and_looks_for_somebody_erased_is_stopped(as_mara, ines, orders):
    searches = {"q=meulen&payment=unpaid": "payment=unpaid", "q=utrecht": "q=utrecht"}
    for query in searches:
        OrderBulkAction.objects.create(kind="payment", query=query)
    erase(ines, by="merchant", notify=False)
    assert list(OrderBulkAction.objects.order_by("pk").values_list("query", "state")) == [
        ("payment=unpaid", "stopped"),
        ("q=utrecht", "waiting"),
    ]
