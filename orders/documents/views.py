from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.models import Customer
from orders.documents import issue
from orders.documents.credit import left_to_credit
from orders.documents.credit_note_form import CreditNoteForm
from orders.documents.downloads import SYNTAXES, download, download_xml
from orders.documents.e_invoice.description import can_describe
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.standing import standing_invoice
from orders.handling.errors import result_or_errors, succeeds
from orders.handling.listing import order_url
from orders.handling.person_on_order import sees_person
from orders.models import Document, Order
from shopadmin.access import staff_required
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_invoices(request: HttpRequest, number: str) -> HttpResponse:
    """Issue the invoice of an order, after asking."""
    order = get_object_or_404(Order, number=number)
    errors = []
    if request.method == "POST":
        invoice, errors = result_or_errors(issue_invoice, order, by=request.user)
        if invoice:
            messages.success(request, _("Invoice %s issued") % invoice.number)
            return redirect(order_url(request, order))
    standing = standing_invoice(order)
    context = _context(request, order, errors, standing=standing)
    context["lacks_number"] = issue.lacks_number(StoreSettings.current())
    return render(request, "orders/documents/invoice.jinja", context)


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_credit_notes(request: HttpRequest, number: str) -> HttpResponse:
    """Take back lines or an amount of the invoice that stands; all that is left of it unless one says so."""
    order = get_object_or_404(Order, number=number)
    standing = standing_invoice(order)
    if standing is None:
        return render(request, "orders/documents/no_credit_note.jinja", _context(request, order, [], standing=None))
    form = CreditNoteForm.of(standing, request.POST or None)
    if form.is_valid() and succeeds(form, None, lambda: _credit(standing, form, request.user)):
        messages.success(request, _("Credit note issued"))
        return redirect(order_url(request, order))
    context = {"section": "orders", "order": order, "form": form, "standing": standing}
    return render(request, "orders/documents/credit_note.jinja", context | {"left": left_to_credit(standing)})


def _credit(invoice: Document, form: CreditNoteForm, by: Customer) -> None:
    kept = {name: form.cleaned_data[name] for name in ("remark", "key")}
    issue_credit_note(invoice, **form.what, **kept, by=by)


@staff_required()
@require_safe
def backoffice_document(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """An invoice or credit note as it was issued; of somebody erased for some only, since it names them."""
    found = get_object_or_404(Document.objects.select_related("order"), order__number=number, number=document)
    if not sees_person(request.user, found.order):
        raise PermissionDenied
    return download(found)


@staff_required()
@require_safe
def document_xml(request: HttpRequest, number: str, document: str, syntax: str) -> HttpResponse:
    """An invoice or credit note for programs (CII or UBL); of somebody erased for some only."""
    found = get_object_or_404(Document.objects.select_related("order"), order__number=number, number=document)
    if not sees_person(request.user, found.order):
        raise PermissionDenied
    if syntax not in SYNTAXES or not can_describe(found.content):
        raise Http404
    return download_xml(found, syntax)


def _context(request: HttpRequest, order: Order, errors: list, *, standing: Document | None) -> dict:
    return {
        "section": "orders",
        "order": order,
        "errors": errors,
        "has_errors": bool(errors),
        "standing": standing,
        "cancel_url": order_url(request, order),
    }
