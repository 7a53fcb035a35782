"""The kinds of email about orders, with an example of each: an order of the shop's newest products, by nobody."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from customers.models import Customer
from orders.checkout.amounts import rows_of_order
from orders.checkout.payment_methods import METHODS, label_of
from orders.checkout.quote import Quote, QuoteLine
from orders.documents.agreed_texts import agreed_texts
from orders.editing.changes import Change, in_words
from orders.models import (
    DeliveryMethod,
    Document,
    Order,
    OrderAddress,
    OrderLine,
    OrderMessage,
    Product,
    Shipment,
    WithdrawalNotice,
)
from orders.vat.treatment import Sale
from shopadmin.mail.kinds import About, Kind, example_link
from shopadmin.models import StoreSettings

NUMBER = "10023"
PLACE = {"country": "NL", "street": "Voorbeeldstraat", "house_number": "1", "postcode": "1234 AB", "city": "Utrecht"}


def example_order(**values) -> Order:
    """Return an order that is nowhere saved."""
    language = get_language() or "en"
    quote = _quote()
    order = Order(
        pk=0, number=NUMBER, channel=Order.Channel.SIGNED_IN, payment_method="bank_transfer", language=language,
        email="robin@example.com", first_name="Robin", last_name="Vermeer",
        pay_by=timezone.localdate() + timedelta(days=StoreSettings.current().payment_days),
        **quote.for_order(language) | values,
    )  # fmt: skip
    order.customer = Customer(pk=0, registered_at=timezone.now())
    lines = [OrderLine(order=order, **line.for_order(language)) for line in quote.lines]
    # Where Django looks first for the rows below one that is not saved.
    order._prefetched_objects_cache = {"lines": lines, "addresses": [OrderAddress(kind="billing", **PLACE)]}
    return order


def _quote() -> Quote:
    products = list(Product.objects.on_sale().order_by("-created_at", "-pk")[:2])
    products = products or [Product(name=_("Example product"), price=Decimal("24.50"))]
    delivery = DeliveryMethod(name=_("Parcel delivery"), price=Decimal("4.95"))
    lines = tuple(QuoteLine(product, quantity) for quantity, product in enumerate(products, start=1))
    store = StoreSettings.current()
    return Quote(lines, store.currency, Sale.at_home(store), delivery)


def _to_shopper(order: Order | None = None, **values) -> dict:
    order = order or example_order()
    return {"first_name": order.first_name, "order": order, "url": example_link(), **values}


def _placed() -> dict:
    order = example_order()
    how_to_pay = partial(METHODS["bank_transfer"].how_to_pay, order, None)
    values = {"amounts": partial(rows_of_order, order), "legal_texts": partial(agreed_texts, order, is_new=True)}
    return _to_shopper(order, order_url=example_link(), how_to_pay=how_to_pay, **values)


def _edited() -> dict:
    order = example_order()
    changes = [Change("line", "1", str(line.quantity + 1), line.name) for line in order.lines.all()[:1]]
    how_to_pay = partial(METHODS["bank_transfer"].how_to_pay, order, None)
    values = {"changes": partial(in_words, changes, order), "is_sent_elsewhere": True, "to_refund": 0}
    return _to_shopper(order, amounts=partial(rows_of_order, order), how_to_pay=how_to_pay, **values)


def _shipment() -> dict:
    order = example_order()
    shipment = Shipment(order=order, carrier="postnl", tracking_number="3SEXAMPLE")
    return _to_shopper(order, shipment=shipment, lines=order.lines.all())


def _ready() -> dict:
    order = example_order(is_pickup=True, ready_at=timezone.now())
    order.payment_method, order.pay_by = "on_pickup", None
    how_to_pay = partial(METHODS["on_pickup"].how_to_pay, order, None)
    return _to_shopper(order, lines=order.lines.all(), how_to_pay=how_to_pay)


def _document(kind: Document.Kind, **values) -> dict:
    order = example_order()
    year = timezone.localdate().year
    document = Document(order=order, kind=kind, number=f"{year}-00012", total=order.total, currency=order.currency)
    document.credits = Document(number=f"{year}-00011") if kind == Document.Kind.CREDIT_NOTE else None
    how_to_pay = partial(METHODS["bank_transfer"].how_to_pay, order, document)
    return _to_shopper(order, document=document, amounts=partial(rows_of_order, order), how_to_pay=how_to_pay)


def _paid() -> dict:
    order = example_order()
    order.paid = order.total
    return _to_shopper(order)


def _refund() -> dict:
    order = example_order()
    return _to_shopper(order, amount=order.total, document=None)


def _notice() -> dict:
    order = example_order()
    notice = WithdrawalNotice(
        name=order.get_full_name(), order_number=order.number, email=order.email, order=order, at=timezone.now()
    )
    return _to_shopper(order, notice=notice, lines=order.lines.all())


def _withdrawn() -> dict:
    order = example_order(state=Order.State.WITHDRAWN)
    return _to_shopper(order, lines=order.lines.all(), to_return=True, to_refund=order.total)


def _message() -> dict:
    order = example_order()
    text = _("The blue mug will be back in stock on Friday. Shall we wait for it or send the rest today?")
    return _to_shopper(order, message=OrderMessage(order=order, text=text))


def _reminder() -> dict:
    order = example_order()
    order.pay_by = timezone.localdate() - timedelta(days=7)
    how_to_pay = partial(METHODS["bank_transfer"].how_to_pay, order, None)
    return _to_shopper(order, invoice=None, how_to_pay=how_to_pay, has_code=True)


KINDS = [
    Kind(
        "order_placed", About.ORDERS, gettext_lazy("Order placed"),
        gettext_lazy("When a customer has placed an order."), _placed,
    ),
    Kind(
        "shipment_sent", About.ORDERS, gettext_lazy("Shipment sent"),
        gettext_lazy("When you ship items of an order."), _shipment,
    ),
    Kind(
        "order_ready", About.ORDERS, gettext_lazy("Ready for pick-up"),
        gettext_lazy("When you say that an order can be picked up."), _ready,
    ),
    Kind(
        "invoice_issued", About.ORDERS, gettext_lazy("Invoice"),
        gettext_lazy("When an invoice is created; the PDF is attached."), partial(_document, Document.Kind.INVOICE),
    ),
    Kind(
        "credit_note_issued", About.ORDERS, gettext_lazy("Credit note"),
        gettext_lazy("When you create a credit note; the PDF is attached."),
        partial(_document, Document.Kind.CREDIT_NOTE),
    ),
    Kind(
        "order_edited", About.ORDERS, gettext_lazy("Order changed"),
        gettext_lazy("When you change the items, the price or the delivery of an order."), _edited,
    ),
    Kind(
        "payment_reminder", About.ORDERS, gettext_lazy("Payment reminder"),
        gettext_lazy("When you send one, or automatically after the payment was due, if the settings say so."),
        _reminder,
    ),
    Kind(
        "order_message", About.ORDERS, gettext_lazy("Message about an order"),
        gettext_lazy("When you write to the customer from the page of an order."), _message,
    ),
    Kind(
        "order_cancelled", About.ORDERS, gettext_lazy("Order cancelled"),
        gettext_lazy("When an order is cancelled."), _paid,
    ),
    Kind(
        "order_refunded", About.ORDERS, gettext_lazy("Refund"), gettext_lazy("When you record a refund."), _refund,
    ),
    Kind(
        "withdrawal_received", About.ORDERS, gettext_lazy("Withdrawal received"),
        gettext_lazy("When a customer withdraws from the contract: the receipt that the law requires."), _notice,
    ),
    Kind(
        "order_withdrawn", About.ORDERS, gettext_lazy("Withdrawal accepted"),
        gettext_lazy("When you accept a withdrawal."), _withdrawn,
    ),
    Kind(
        "order_placed_merchant", About.SHOP, gettext_lazy("New order"),
        gettext_lazy("When a customer has placed an order."),
        lambda: _to_shopper(method=partial(label_of, "bank_transfer")),
    ),
    Kind(
        "order_cancelled_merchant", About.SHOP, gettext_lazy("Order cancelled"),
        gettext_lazy("When an order is cancelled."), _paid,
    ),
    Kind(
        "order_refunded_merchant", About.SHOP, gettext_lazy("Refund"),
        gettext_lazy("When a refund is recorded."), _refund,
    ),
    Kind(
        "withdrawal_received_merchant", About.SHOP, gettext_lazy("Withdrawal from an order"),
        gettext_lazy("When a customer withdraws from the contract."), _notice,
    ),
    Kind(
        "withdrawal_unmatched_merchant", About.SHOP, gettext_lazy("Withdrawal without an order"),
        gettext_lazy("When someone withdraws from an order that you do not have."), _to_shopper,
    ),
]  # fmt: skip
