"""Hand out an invoice or credit note, for people and for programs; who may have it is asked by the view."""

from django.http import HttpResponse

from orders.documents.e_invoice.cii import cii_of
from orders.documents.e_invoice.description import can_describe
from orders.documents.e_invoice.ubl import ubl_of
from orders.documents.files import pdf_of
from orders.models import Document

SYNTAXES = {"cii": cii_of, "ubl": ubl_of}


def download(document: Document) -> HttpResponse:
    """The PDF, to be saved and not to be found by search engines."""
    return _to_save(pdf_of(document), f"{document.number}.pdf", "application/pdf")


def download_xml(document: Document, syntax: str) -> HttpResponse:
    """The document for programs, to be saved."""
    return _to_save(xml_of(document, syntax), f"{document.number}-{syntax}.xml", "application/xml")


def xml_of(document: Document, syntax: str) -> bytes:
    """The document in one of SYNTAXES, from its frozen content; empty where that does not hold all it takes."""
    return SYNTAXES[syntax](document.content) if can_describe(document.content) else b""


def _to_save(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
