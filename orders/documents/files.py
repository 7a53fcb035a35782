"""The PDFs of documents: made after the document's row is committed, and made again from it where one is missing.

So invoices are issued, shown and mailed while the file storage is down, and nobody who issues one waits for the
typesetting of another. A row is committed without a PDF (`sha256` is empty), and gets its path and hash once.
"""

import logging
from datetime import timedelta
from functools import partial
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from orders.documents.typesetting import pdf_of_content
from orders.models import Document
from shopadmin.mail.attachments import Attachment
from shopadmin.storage import kept

AREA = "documents"
A_MOMENT = timedelta(minutes=1)
log = logging.getLogger(__name__)


def make_on_commit(document: Document) -> None:
    """Make the PDF of a new document once it is committed; the worker looks after it, should this process not."""
    transaction.on_commit(partial(_make, document), robust=True)
    store_what_is_missing.using(run_after=timezone.now() + A_MOMENT).enqueue(document.pk)


@task
def store_what_is_missing(pk: int) -> None:
    """See to it that the PDF of a document is stored; again and again while the store is away."""
    document = Document.objects.filter(pk=pk).first()
    try:
        if document and not document.sha256:
            _make(document)
        elif document and not storages[AREA].exists(document.path):
            _make_again(document)
    except OSError:
        store_what_is_missing.using(run_after=timezone.now() + kept.AGAIN).enqueue(pk)


def pdf_of(document: Document) -> bytes:
    """The PDF as it was issued; made again from the frozen content should its file be lost, damaged or out of reach."""
    if not document.sha256:
        return pdf_of_content(document.content, document.issued_at)  # reading it changes nothing, the row included
    try:
        with storages[AREA].open(document.path) as file:
            pdf = file.read()
        if sha256(pdf).hexdigest() == document.sha256:
            return pdf
        trouble = "damaged"
    except FileNotFoundError:
        trouble = "missing"
    except OSError as error:
        log.warning("The file of document %s is out of reach: %s", document.number, error)
        pdf, is_the_same = _made_again(document)
        if not is_the_same:
            raise
        return pdf
    log.warning("The file of document %s was %s, and was made again", document.number, trouble)
    return _make_again(document)


def _make(document: Document) -> None:
    """Set a new document in type, keep what makes its PDF known again, and store it.

    Should several do so at once, the first one's counts.
    """
    pdf = pdf_of_content(document.content, document.issued_at)
    fingerprint = sha256(pdf).hexdigest()
    # By what is in it: a number that is drawn again after a rollback finds nothing in its way.
    path = f"{document.content['issued'][:4]}/{document.number}-{fingerprint[:12]}.pdf"
    if Document.objects.filter(pk=document.pk).keep_file(path=path, sha256=fingerprint, size=len(pdf)):
        document.path, document.sha256, document.size = path, fingerprint, len(pdf)
        _store(document, pdf)


def _make_again(document: Document) -> bytes:
    """Set it in type once more, and store it where it is the one that was issued."""
    pdf, is_the_same = _made_again(document)
    if is_the_same:
        _store(document, pdf)
    return pdf


def _made_again(document: Document) -> tuple[bytes, bool]:
    """The document from its frozen content, and whether it is the one that was issued, to the letter."""
    pdf = pdf_of_content(document.content, document.issued_at)
    is_the_same = sha256(pdf).hexdigest() == document.sha256
    if not is_the_same:
        log.error("Document %s, made again, differs from the one that was issued", document.number)
    return pdf, is_the_same


def _store(document: Document, pdf: bytes) -> None:
    try:
        storages[AREA].save(document.path, ContentFile(pdf))
    except OSError as error:
        log.warning("The file of document %s is not stored yet: %s", document.number, error)


def attachment(reference: str) -> Attachment | None:
    """The document that an email names by its key (by its path, in emails of the first releases); None once purged."""
    is_key = reference.isdecimal()
    document = Document.objects.filter(**{"pk" if is_key else "path": reference}).first()
    return document and Attachment(
        f"{document.number}.pdf", document.size, "application/pdf", partial(pdf_of, document)
    )
