"""Invoices and credit notes: numbered without gaps, frozen once issued, and made into a PDF once.

The law wants both numbers without gaps and papers that never change (art. 226 and 233 of the VAT directive,
2006/112/EC). So the number is drawn last; the row holds all that the paper shows, and is set in type once it is
committed (`files.py`): whoever issues the next one waits for no typesetting.
"""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from customers.models import Customer
from orders import mails
from orders.documents.content import content_of, paper_of, terms_of
from orders.documents.credit import credited
from orders.documents.files import make_on_commit
from orders.documents.numbering import next_document_number
from orders.documents.remaining_lines import LinePart
from orders.documents.standing import standing_invoice
from orders.handling import payment_status
from orders.handling.completion import complete
from orders.handling.errors import OrderError
from orders.models import Document, Order
from shopadmin.models import StoreSettings

CANNOT_SHOW = gettext_noop("Some characters cannot be shown here (%s). The attached XML file contains them.")


@transaction.atomic
def issue_invoice(order: Order, *, by: Customer | None = None) -> Document:
    """Issue the invoice of an order, and email it.

    OrderError while another one stands, for an order that is over or erased, and where the shop has no tax number.
    """
    order.lock()
    if order.is_over:
        raise OrderError(gettext("A cancelled or withdrawn order cannot be invoiced"))
    if not order.can_be_invoiced:
        raise OrderError(gettext("The personal data on this order was erased, so it cannot be invoiced"))
    if lacks_number(StoreSettings.current()):
        raise OrderError(gettext("Enter the shop's VAT number or tax number in the settings before you issue invoices"))
    if standing_invoice(order):
        raise OrderError(gettext("This order already has an invoice"))
    language = StoreSettings.current().spoken_to(order.language)
    with translation.override(language):
        content = content_of(order)
    invoice = _issue(order, Document.Kind.INVOICE, content=content, language=language, by=by)
    mails.tell_of_document(invoice)
    return invoice


@transaction.atomic
def issue_credit_note(
    invoice: Document,
    *,
    lines: Mapping[int, LinePart] | None = None,
    amount: Decimal | None = None,
    remark: str = "",
    by: Customer | None = None,
    key: UUID | None = None,
) -> Document:
    """Credit lines (by position) or an amount of an invoice, else all that remains of it, and email the credit note.

    The same `key` (of a form) counts once. OrderError for more than remains.
    """
    order = invoice.order
    order.lock()
    if issued := key and order.documents.filter(key=key).first():
        return issued
    note = credit(invoice, lines=lines, amount=amount, remark=remark, by=by, key=key)
    mails.tell_of_document(note)
    if order.is_done:
        complete(order, by=by)
    return note


def credit(
    invoice: Document,
    *,
    lines: Mapping[int, LinePart] | None = None,
    amount: Decimal | None = None,
    remark: str = "",
    refunded_by: str = "",
    by: Customer | None = None,
    key: UUID | None = None,
) -> Document:
    """Issue a credit note, for a caller that holds the order's lock and emails it.

    `refunded_by`: the method by which the money goes back at once; without one the amount stays open.
    """
    if standing_invoice(invoice.order) != invoice:
        raise OrderError(gettext("Only invoices that are not credited in full can be credited"))
    content = credited(invoice, lines=lines, amount=amount, remark=remark)
    left_open = "0.00" if refunded_by else content["totals"]["gross"]
    content["payment"] = {"method": refunded_by or invoice.content["payment"]["method"], "open": left_open, "days": 0}
    return _issue(
        invoice.order,
        Document.Kind.CREDIT_NOTE,
        content=content,
        language=invoice.language,
        by=by,
        credits=invoice,
        key=key,
    )


def issue_when(moment: StoreSettings.InvoiceWhen, order: Order) -> None:
    """Issue the first invoice of an order, if the settings want it at this moment and it is possible."""
    store = StoreSettings.current()
    is_possible = order.can_be_invoiced and not lacks_number(store)
    if store.invoice_when == moment and is_possible and not order.documents.exists():
        issue_invoice(order)


def lacks_number(store: StoreSettings) -> bool:
    """Whether the shop has no number for its taxes, without which the law lets nobody issue an invoice (art. 226)."""
    return not (store.vat_number or store.tax_number)


def _issue(
    order: Order,
    kind: Document.Kind,
    *,
    content: dict,
    language: str,
    by: Customer | None,
    credits: Document | None = None,
    key: UUID | None = None,
) -> Document:
    now, store = timezone.now(), StoreSettings.current()
    series = store.invoice_prefix if kind == Document.Kind.INVOICE else store.credit_note_prefix
    with translation.override(language), timezone.override(store.time_zone):
        today = timezone.localdate(now)
        number = next_document_number(series, today.year)
        content = {**content, "kind": kind.value, "number": number, "issued": today.isoformat()}
        content["payment"] |= terms_of(content)
        content["paper"] = {"lang": language, **paper_of(content), "cannot_show": gettext(CANNOT_SHOW)}
    document = Document.objects.create(
        order=order,
        kind=kind,
        number=number,
        credits=credits,
        issued_at=now,
        by=by,
        language=language,
        total=Decimal(content["totals"]["gross"]),
        currency=content["currency"],
        content=content,
        key=key,
    )
    make_on_commit(document)
    if document.is_invoice:
        payment_status.set_term(order, today, content["payment"]["days"])
    payment_status.refresh(order)
    order.log(kind.value, by=by, number=number)
    return document
