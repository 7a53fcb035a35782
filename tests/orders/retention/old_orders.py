"""Orders, documents and moments of years ago."""

from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from unittest import mock

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from orders.models import Document
from tests.factories import OrderFactory


def noon(year, month=6, day=1):
    return datetime(year, month, day, 12, tzinfo=UTC)


def finished(customer, at, **fields):
    """An order that was done on the day on which it was placed."""
    return OrderFactory(customer=customer, placed_at=at, **{"state": "completed"} | fields)


def issue(order, number, at, **fields):
    """A document as a row and a file, without the work of setting it in type."""
    known = {"kind": "invoice", "language": "nl", "total": order.total, "currency": "EUR", "size": 4}
    known |= {
        "content": {"buyer": order.get_full_name()},
        "path": storages["documents"].save(number, ContentFile(b"%PDF")),
    }
    return Document.objects.create(order=order, number=number, issued_at=at, **known | fields)


@contextmanager
def it_is(moment):
    """Let everything believe that it is another time."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def run(*options, at):
    """What the command says at some time."""
    out = StringIO()
    with it_is(at):
        call_command("purge", *options, stdout=out)
    return out.getvalue().strip()
