"""Taking VAT off an order that was charged because the buyer's VAT number was still being checked."""

from django.db import transaction
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.checkout.totals import taxed, total_of
from orders.customer_hooks.totals import recount_customer_of
from orders.documents import issue
from orders.editing.changes import Change
from orders.editing.edited import addresses_of
from orders.handling import payment_status
from orders.handling.errors import OrderError
from orders.models import Order, OrderLine, TaxClass, VatCategory, VatCheck
from orders.vat.checks import check_of
from orders.vat.sale import sale_to
from orders.vat.taxed_order import OF_LINE, tax_line, tax_order
from orders.vat.treatment import LineVat, Sale
from shopadmin.models import StoreSettings


def check_of_order(order: Order) -> VatCheck | None:
    """What is known of the VAT number that an order was placed with."""
    return check_of(order.vat_number, _country(order))


def can_take_off(order: Order, check: VatCheck) -> bool:
    """Whether VAT can be taken off: the number is valid, the law then asks for none, and nothing was invoiced."""
    was_charged = any(line.vat_category == VatCategory.STANDARD for line in order.lines.all())
    return check.is_valid and order.is_open and was_charged and not order.documents.all() and _differs(order)


@transaction.atomic
def take_off(order: Order, *, by: Customer) -> None:
    """Tax an order as if the VAT number had been valid when it was placed, and email the shopper the new total.

    OrderError where that is not possible (any more), such as once it was invoiced.
    """
    order.lock()
    check = check_of_order(order)
    if check is None or not can_take_off(order, check):
        raise OrderError(gettext("The VAT of this order cannot be taken off any more"))
    sale, lines, was, vat_was = _sale(order), list(order.lines.all()), order.total, order.total_vat
    was_paid = order.payment_state == order.PaymentState.PAID
    treatments = [*(_vat(sale, line) for line in lines), _vat_of_delivery(sale, order)]
    prices = [*(line.gross for line in lines), order.delivery_gross]
    *amounts, of_delivery = taxed(list(zip(prices, treatments, strict=True)))
    for line, vat, part in zip(lines, treatments, amounts, strict=False):
        tax_line(line, vat, part)
        line.save(update_fields=OF_LINE)
    tax_order(order, treatments[-1], of_delivery, total_of(amounts))
    order.keep_vat_check(check)
    order.save()
    payment_status.refresh(order)
    recount_customer_of(order)
    order.log("vat", by=by, amount=str(was - order.total))
    changes = [Change("vat", str(vat_was), str(order.total_vat)), Change("total", str(was), str(order.total))]
    mails.tell_of_edit(order, changes, is_sent_elsewhere=False)
    if not was_paid and order.payment_state == order.PaymentState.PAID:
        issue.issue_when(StoreSettings.InvoiceWhen.PAID, order)


def _differs(order: Order) -> bool:
    sale = _sale(order)
    return any(not _vat(sale, line).is_charged for line in order.lines.all())


def _sale(order: Order) -> Sale:
    """What sale it is with the VAT number found valid."""
    return sale_to(addresses_of(order), is_pickup=order.is_pickup, proven_number=order.vat_number)


def _country(order: Order) -> str:
    return str(order.billing_address.country) if order.billing_address else ""


def _vat(sale: Sale, line: OrderLine) -> LineVat:
    """How a line is to be taxed; of a product that is gone, the price contained what was charged."""
    tax_class = line.product.tax_class if line.product else ""
    vat = sale.vat_on(tax_class, is_service=line.is_service)
    if vat.is_charged:
        return LineVat(VatCategory(line.vat_category), line.vat_country, line.vat_rate, line.vat_rate)
    return vat if line.product else vat._replace(rate_in_price=line.vat_rate)


def _vat_of_delivery(sale: Sale, order: Order) -> LineVat:
    vat, rate = sale.vat_on(TaxClass.STANDARD, is_service=order.is_of_services), order.delivery_vat_rate
    if vat.is_charged:
        return LineVat(VatCategory(order.delivery_vat_category), order.delivery_vat_country, rate, rate)
    was_at_home = order.delivery_vat_country in ("", sale.rates.home)
    return vat._replace(rate_in_price=rate) if was_at_home else vat
