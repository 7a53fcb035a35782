"""Changing an order of which nothing was shipped or invoiced: all of it or nothing, under its lock."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from customers.models import Customer
from orders import mails
from orders.documents import issue
from orders.editing.changes import facts_of, without_former_customer
from orders.editing.edited import Edited, Wanted, addresses_of, lacks_delivery
from orders.editing.ownership import hand_over, lock_people, recount
from orders.editing.repricing import Priced
from orders.handling import payment_status
from orders.handling.errors import OrderError
from orders.models import Order, OrderAddress, OrderLine, Product
from orders.models.order import new_token
from orders.resending.readdressing import readdress
from orders.vat.checks import ask_for
from orders.vat.taxed_order import OF_LINE, tax_line, tax_order
from shopadmin.models import StoreSettings


class NotAsReviewed(Exception):
    """The order, or what the edit would come to, is no longer what the review showed."""


@transaction.atomic
def edit(order: Order, wanted: Wanted, *, agreed: str = "", by: Customer | None = None, key: str = "") -> Edited:
    """Change an order as wanted and email its shopper; nothing is written where nothing changes.

    The same `key` (of a form) counts once. `agreed` is the fingerprint of what the review showed; NotAsReviewed where
    it is another by now. OrderError where the order cannot be edited any more, or not like this.
    """
    order.lock()
    if key and was_made(order, key):
        return Edited.of(order, Wanted())
    refuse_unless_editable(order)
    _lock_products(order, wanted)
    lock_people(order, wanted.contact.get("email", order.email))
    edited = Edited.of(order, wanted)
    if agreed and edited.fingerprint != agreed:
        raise NotAsReviewed
    refuse_impossible(edited)
    if edited.changes:
        before, tells_shopper = _before(edited), edited.concerns_shopper
        _move_stock(edited.more_of)
        _write(edited, by=by)
        changes = without_former_customer(edited.changes, order) if before.left_by(order) else edited.changes
        order.log("edited", by=by, **facts_of(changes), key=key)
        _tell(edited, before, tells_shopper=tells_shopper, by=by)
        if not before.was_paid and order.payment_state == Order.PaymentState.PAID:
            issue.issue_when(StoreSettings.InvoiceWhen.PAID, order)
    return edited


class Before(NamedTuple):
    """What is known of an order before the edit and needed after it: customer, email address, token, and two facts."""

    customer: Customer | None
    email: str
    token: str
    was_paid: bool
    is_sent_elsewhere: bool

    def left_by(self, order: Order) -> Customer | None:
        """The customer whose order it was and no longer is."""
        return self.customer if self.customer and self.customer.pk != order.customer_id else None


def _before(edited: Edited) -> Before:
    order = edited.order
    was_paid = order.payment_state == Order.PaymentState.PAID
    return Before(order.customer, order.email, order.token, was_paid, edited.is_sent_elsewhere)


def _tell(edited: Edited, before: Before, *, tells_shopper: bool, by: Customer | None) -> None:
    """Email the shopper: about the changes, or, at a new email address, the confirmation of the order as it is now."""
    order, sent = edited.order, set[str]()
    if edited.has_new_email:
        sent = readdress(order, old=before.email, token=before.token, left=before.left_by(order), by=by)
    if edited.has_new_email and "order_placed" not in sent:
        mails.confirm_again(order)
    elif tells_shopper:
        mails.tell_of_edit(order, edited.changes, is_sent_elsewhere=before.is_sent_elsewhere)


def was_made(order: Order, key: str) -> bool:
    """Whether the form with this key has been saved already."""
    return order.events.filter(kind="edited", facts__key=key).exists()


def have_number_checked(order: Order, wanted: Wanted) -> None:
    """Have a VAT number that was entered checked in the background."""
    number, billing = wanted.contact.get("vat_number", ""), (wanted.addresses or addresses_of(order)).get("billing")
    if number != order.vat_number and billing:
        ask_for(number, billing["country"])


def refuse_unless_editable(order: Order) -> None:
    """Raise OrderError, with the reason, where an order cannot be changed any more."""
    if not order.is_open:
        raise OrderError(gettext("Only open orders can be edited"))
    if not order.can_be_cancelled:
        raise OrderError(gettext("Part of this order has left the shop, so it can no longer be edited"))
    if order.documents.exists():
        raise OrderError(gettext("This order has been invoiced, so it can no longer be edited"))


def refuse_impossible(edited: Edited) -> None:
    """Raise OrderError, with the reason, where this edit is not possible: nothing left on it, or no stock for it."""
    if not edited.lines:
        raise OrderError(gettext("Leave at least 1 item on the order, or cancel it"))
    if edited.has_goods and lacks_delivery(edited.order) and not edited.wanted.delivery:
        raise OrderError(gettext("Choose a delivery method"))
    changed = {line.line.pk for line in edited.lines if line.line and line.quantity != line.line.quantity}
    changed |= {line.pk for line in edited.removed} | edited.discounted_lines
    for line in edited.order.lines.filter(pk__in=changed, withdrawn__gt=0):
        words = gettext("The customer withdrew from %(product)s, so its quantity and discount can no longer be changed")
        raise OrderError(words % {"product": line.name})
    for line in edited.order.lines.filter(pk__in=changed, refund_lines__isnull=False):
        words = gettext("%(product)s was refunded, so its quantity and discount can no longer be changed")
        raise OrderError(words % {"product": line.name})
    for product in _counted(edited.more_of):
        _refuse_sold_out(product, edited.more_of[product.pk])


def _refuse_sold_out(product: Product, more: int) -> None:
    left = product.stock or 0
    if more > left:
        words = ngettext(
            "Only %(count)s more of %(product)s is in stock", "Only %(count)s more of %(product)s are in stock", left
        )
        sold_out = gettext("%(product)s is sold out, so no more can be added")
        raise OrderError((words if left else sold_out) % {"count": left, "product": product})


def _counted(more: Mapping[int, int]) -> QuerySet[Product]:
    return Product.objects.filter(pk__in=[pk for pk, number in more.items() if number], stock__isnull=False)


def _lock_products(order: Order, wanted: Wanted) -> None:
    """Lock the products that are added, or of which the order will have more or fewer."""
    lines = [line.pk for line in order.lines.all() if wanted.quantities.get(line.pk, line.quantity) != line.quantity]
    changed = OrderLine.objects.filter(pk__in=lines).values("product")
    Product.objects.filter(Q(pk__in=wanted.added) | Q(pk__in=changed)).lock()


def _move_stock(more: Mapping[int, int]) -> None:
    """Take additional pieces out of stock, and put back what the order no longer has; the products are locked."""
    for product in _counted(more):
        _refuse_sold_out(product, more[product.pk])
        Product.objects.filter(pk=product.pk).update(stock=F("stock") - more[product.pk])


def _write(edited: Edited, *, by: Customer | None) -> None:
    order, wanted, customer = edited.order, edited.wanted, edited.order.customer
    _write_lines(edited)
    _write_addresses(edited)
    if edited.has_new_vat_number:
        _take_vat_number(edited)
    for name, value in wanted.contact.items():
        setattr(order, name, value)
    delivery = edited.delivery
    order.delivery_method_id = delivery.method_id
    order.delivery_name, order.is_pickup = delivery.name, delivery.is_pickup
    if not order.is_pickup:
        order.ready_at = None
    if wanted.payment_method and wanted.payment_method != order.payment_method:
        _pay_by(order, wanted.payment_method)
    tax_order(order, edited.delivery.vat, edited.sums.delivery, edited.sums.items)
    if edited.has_new_email:
        order.token = new_token()  # whoever had the old mailbox does not see the order any more
        _hand_over(edited, by=by)
    order.save()
    payment_status.refresh(order)
    recount(order, left=customer)


def _hand_over(edited: Edited, *, by: Customer | None) -> None:
    try:
        with transaction.atomic():
            hand_over(edited.order, edited.ownership, by=by)
    except IntegrityError as taken:
        raise NotAsReviewed from taken


def _write_lines(edited: Edited) -> None:
    OrderLine.objects.filter(pk__in=[line.pk for line in edited.removed]).delete()
    priced = list(zip(edited.lines, edited.sums.lines, strict=True))
    rows = [_row(edited.order, line) for line, _amounts in priced]
    for row, (line, amounts) in zip(rows, priced, strict=True):
        if not line.is_as_ordered:
            row.quantity, row.unit_gross = line.quantity, line.unit_price
            row.discount, row.order_discount = line.discount, line.share
            tax_line(row, line.vat, amounts)
        row.net, row.vat, row.gross = amounts.net, amounts.vat, amounts.gross
    OrderLine.objects.bulk_update([row for row in rows if row.pk], [*OF_LINE, "quantity"])
    OrderLine.objects.bulk_create([row for row in rows if not row.pk])


def _row(order: Order, line: Priced) -> OrderLine:
    """The row of a line, or a new one for a product that is added."""
    if line.line or line.product is None:
        return line.line or OrderLine(order=order)
    product = line.product
    return OrderLine(
        order=order,
        product=product,
        name=product.in_language("name", order.language),
        sku=product.sku,
        picture=product.picture,
        withdrawal_excepted=product.withdrawal_excepted,
        is_service=product.is_service,
    )


def _write_addresses(edited: Edited) -> None:
    """Replace the addresses where they changed; the caller saves the order, which derives fields from them."""
    order, now = edited.order, addresses_of(edited.order)
    if edited.addresses == now:
        return
    OrderAddress.objects.filter(order=order).delete()
    OrderAddress.objects.bulk_create(
        [OrderAddress(order=order, kind=kind, **address) for kind, address in edited.addresses.items()]
    )


def _take_vat_number(edited: Edited) -> None:
    """Keep the proof that the new VAT number is valid; without one the number is checked, and VAT is charged."""
    order, check = edited.order, edited.vat_check
    order.vat_checked_at, order.vat_consultation = None, ""
    if check and check.is_valid:
        order.keep_vat_check(check)
    else:
        have_number_checked(order, edited.wanted)


def _pay_by(order: Order, method: str) -> None:
    """Change the payment method; in advance the order is due within the term from today, else with its invoice."""
    order.payment_method, order.pay_by = method, None
    if order.is_paid_in_advance:
        payment_status.set_term(order, timezone.localdate(), StoreSettings.current().payment_days)
