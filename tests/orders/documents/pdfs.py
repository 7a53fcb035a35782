"""What a PDF says."""

import io

from pypdf import PdfReader

from orders.documents.files import pdf_of
from orders.models import Document


def text_of(document: Document) -> str:
    """The words of an invoice or credit note, line by line."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(document))).pages)
