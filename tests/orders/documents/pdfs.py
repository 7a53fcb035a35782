"""Documents of tests: their PDFs made and stored, and what these say."""

import io

from pypdf import PdfReader

from orders.documents.files import pdf_of, store_what_is_missing
from orders.models import Document


def text_of(document: Document) -> str:
    """The words of an invoice or credit note, line by line."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(document))).pages)


def stored(document: Document) -> Document:
    """The document once its PDF is made and stored, as it is after its transaction."""
    store_what_is_missing.func(document.pk)
    document.refresh_from_db()
    return document
