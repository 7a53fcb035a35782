"""What orders do when something happens elsewhere, and the mails that orders cause."""

from customers.signals import customer_erased
from orders import mails, signals
from orders.customer_hooks import erasure
from orders.documents import issue
from orders.models import Document, Order, Payment, Shipment, WithdrawalNotice
from shopadmin.models import StoreSettings


def connect() -> None:
    """Called once, when the app is ready."""
    customer_erased.connect(let_orders_go, dispatch_uid="let_orders_go")
    for signal, receivers in CAUSES:
        for receiver in receivers:
            signal.connect(receiver, dispatch_uid=receiver.__name__)


def let_orders_go(sender: type, *, customer_id: int, email: str, aliases: list[str], **kwargs) -> None:
    erasure.let_go(customer_id, emails=[email, *aliases])


def tell_of_order(sender: type, *, order: Order, wants_account: bool = False, **kwargs) -> None:
    mails.tell_of_order(order, offers_account=not wants_account)


def tell_of_shipment(sender: type, *, shipment: Shipment, **kwargs) -> None:
    mails.tell_of_shipment(shipment)


def tell_of_document(sender: type, *, document: Document, **kwargs) -> None:
    mails.tell_of_document(document)


def tell_of_cancellation(sender: type, *, order: Order, **kwargs) -> None:
    mails.tell_of_cancellation(order)


def tell_of_withdrawal(sender: type, *, signal: object, notice: WithdrawalNotice, **said: bool) -> None:
    mails.tell_of_withdrawal(notice, **said)


def tell_of_accepted_withdrawal(sender: type, *, order: Order, **kwargs) -> None:
    mails.tell_of_accepted_withdrawal(order)


def tell_of_refund(sender: type, *, payment: Payment, **kwargs) -> None:
    if payment.is_refund:
        mails.tell_of_refund(payment)


def invoice_what_is_paid(sender: type, *, payment: Payment, **kwargs) -> None:
    if payment.order.payment_state == Order.PaymentState.PAID and not payment.is_refund:
        issue.issue_when(StoreSettings.InvoiceWhen.PAID, payment.order)


def invoice_what_is_shipped(sender: type, *, shipment: Shipment, **kwargs) -> None:
    if shipment.order.shipping_state == Order.ShippingState.SHIPPED:
        issue.issue_when(StoreSettings.InvoiceWhen.SHIPPED, shipment.order)


CAUSES = [
    (signals.order_placed, [tell_of_order]),
    (signals.shipment_sent, [tell_of_shipment, invoice_what_is_shipped]),
    (signals.payment_entered, [tell_of_refund, invoice_what_is_paid]),
    (signals.document_issued, [tell_of_document]),
    (signals.order_cancelled, [tell_of_cancellation]),
    (signals.withdrawal_received, [tell_of_withdrawal]),
    (signals.order_withdrawn, [tell_of_accepted_withdrawal]),
]
