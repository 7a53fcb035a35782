"""Hand out the PDF of an invoice or credit note; who may have it is asked by the view."""

from django.http import HttpResponse

from orders.documents.issue import pdf_of
from orders.models import Document


def download(document: Document) -> HttpResponse:
    """The PDF, to be saved and not to be found by search engines."""
    headers = {
        "Content-Disposition": f'attachment; filename="{document.number}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(pdf_of(document), content_type="application/pdf", headers=headers)
