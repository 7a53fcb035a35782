"""Many documents as one file, for the bookkeeper: PDFs, or XML in one of its spellings."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from orders.documents.downloads import SYNTAXES, xml_of
from orders.documents.files import pdf_of
from orders.models import Document

FORMATS = {"pdf": "PDF", "cii": "XML (CII)", "ubl": "XML (UBL 2.1)"}
# More take longer than a browser waits.
MOST = 2_000


def zip_of(documents: Iterable[Document], syntax: str) -> IO[bytes]:
    """Write them into a file that goes when it is closed; those that have no XML come as PDF."""
    file = TemporaryFile()  # noqa: SIM115, the answer closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for document in documents:
            xml = xml_of(document, syntax) if syntax in SYNTAXES else b""
            name = f"{document.number}.xml" if xml else f"{document.number}.pdf"
            archive.writestr(name, xml or pdf_of(document))
    file.seek(0)
    return file
