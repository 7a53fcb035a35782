"""The QR code that fills in a bank transfer: the European Payments Council's, for euros."""

from decimal import Decimal

import segno
from django.utils.safestring import mark_safe
from segno.helpers import make_epc_qr

from orders.checkout.payment_methods import BY_TRANSFER
from orders.documents.standing import standing_invoice
from orders.models import Document, Order
from shopadmin.models import StoreSettings


def qr_of_document(content: dict) -> str:
    """As SVG, for what is left to pay of an invoice by bank transfer; else empty."""
    seller, payment = content["seller"], content["payment"]
    is_open = content["kind"] == Document.Kind.INVOICE and payment["method"] in BY_TRANSFER
    if not is_open or not content["paper"].get("bank") or content["currency"] != "EUR":
        return ""
    code = _code(seller["name"], seller["iban"], seller["bic"], Decimal(payment["open"]), content["number"])
    return code.svg_inline(border=4) if code else ""


def qr_of_order(order: Order) -> str:
    """As SVG for a page, for what is left to pay of an order; empty where it is not paid by bank transfer in euros."""
    store, invoice = StoreSettings.current(), standing_invoice(order)
    if order.payment_method not in BY_TRANSFER or order.currency != "EUR" or not order.asks_for_payment:
        return ""
    reference = invoice.number if invoice else order.number
    code = _code(store.name, store.iban, store.bic, order.outstanding, reference)
    if code is None:
        return ""
    return mark_safe(code.svg_inline(border=3, omitsize=True, light="#fff", svgclass=None, lineclass=None))


def _code(name: str, iban: str, bic: str, amount: Decimal, reference: str) -> segno.QRCode | None:
    """None where there is no account, or the standard does not take what would be in it."""
    if not iban or not amount:
        return None
    try:
        return make_epc_qr(name[:70], "".join(iban.split()), amount, text=reference, bic=bic or None, encoding="utf-8")
    except ValueError:
        return None
