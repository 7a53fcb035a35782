from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orders.documents.downloads import download
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.refusals import tried
from orders.handling.restriction import sees_person
from orders.models import Document, Order
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_invoices(request: HttpRequest, number: str) -> HttpResponse:
    """Issue the invoice of an order, after asking."""
    order = get_object_or_404(Order, number=number)
    errors = []
    if request.method == "POST":
        invoice, errors = tried(issue_invoice, order, by=request.user)
        if invoice:
            messages.success(request, _("Invoice %s issued") % invoice.number)
            return redirect(order)
    standing = order.documents.standing_invoices().first()
    return render(request, "orders/documents/invoice.jinja", _context(order, errors, standing=standing))


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_credit_notes(request: HttpRequest, number: str) -> HttpResponse:
    """Take back the invoice of an order that stands, after asking."""
    order = get_object_or_404(Order, number=number)
    standing, errors = order.documents.standing_invoices().first(), []
    if request.method == "POST" and standing:
        note, errors = tried(issue_credit_note, standing, by=request.user)
        if note:
            messages.success(request, _("Credit note %s issued") % note.number)
            return redirect(order)
    return render(request, "orders/documents/credit_note.jinja", _context(order, errors, standing=standing))


@staff_required()
@require_safe
def backoffice_document(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """An invoice or credit note as it was issued; of a restricted order for some only, since it names a person."""
    found = get_object_or_404(Document.objects.select_related("order"), order__number=number, number=document)
    if not sees_person(request.user, found.order):
        raise PermissionDenied
    return download(found)


def _context(order: Order, errors: list, *, standing: Document | None) -> dict:
    return {
        "section": "orders",
        "order": order,
        "errors": errors,
        "has_errors": bool(errors),
        "standing": standing,
        "cancel_url": order.get_absolute_url(),
    }
