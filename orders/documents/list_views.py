from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from orders.documents.bulk_download import FORMATS, MOST, zip_of
from orders.documents.list_forms import DocumentFilter
from orders.models import Document, Order
from shopadmin.access import has_right, staff_required
from shopadmin.lists.listing import Listing, Sort
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

SORTS = [Sort("newest", gettext_lazy("Newest first"), ("issued_at",))]


@staff_required()
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Every invoice and credit note, newest first."""
    documents = Document.objects.select_related("order").defer("content", "order__search_text")
    listing = Listing(request, documents, DocumentFilter(request.GET), SORTS)
    views = [(_("All"), {}), (_("Invoices"), {"kind": "invoice"}), (_("Credit notes"), {"kind": "credit_note"})]
    context = {
        "section": "orders",
        "listing": listing,
        "views": listing.views(views),
        "formats": FORMATS,
        "most": MOST,
        "may_download": has_right(request.user, Right.EXPORT),
        "sees_restricted": has_right(request.user, Right.RESTRICTED),
    }
    return render(request, "orders/documents/documents.jinja", context)


@staff_required(Right.EXPORT)
@require_GET  # HEAD would write the whole file for nobody
def documents_download(request: HttpRequest, syntax: str) -> FileResponse:
    """The documents of a view of the list as a zip; of erased people for some only, since they name them."""
    if syntax not in FORMATS:
        raise Http404
    view, documents = DocumentFilter(request.GET), Document.objects.order_by("issued_at", "pk")
    documents = view.apply(documents) if view.is_valid() else documents.none()
    if not has_right(request.user, Right.RESTRICTED):
        documents = documents.exclude(order__erased_at__isnull=False, order__state__in=Order.DONE)
    name = f"documents-{syntax}-{timezone.localdate()}.zip"
    return FileResponse(zip_of(documents[:MOST], syntax), as_attachment=True, filename=name)
