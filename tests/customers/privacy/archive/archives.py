"""What is in an archive, for the tests of it."""

import io
import json
from zipfile import ZipFile

from django.http import HttpResponse

from customers.models import Customer
from customers.privacy.archive.archive import Notes, Person
from customers.privacy.archive.file import write_archive
from tests.shown_page import parse, text_of


class Archive:
    """An archive that was written: its names, its page in words, its data, and all of it as one text."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(io.BytesIO(content)) as file:
            self.files = {name: file.read(name) for name in file.namelist()}
        self.html = self.files["index.html"].decode()
        self.words = text_of(parse(self.files["index.html"]).find("body"))
        self.data = json.loads(self.files["data.json"])
        self.text = f"{self.html} {self.files['data.json'].decode()}"


def archive_in(response: HttpResponse) -> Archive:
    """The archive that an answer carries."""
    return Archive(b"".join(response.streaming_content))


def written(customer: Customer, *notes: Notes, **options) -> Archive:
    """The archive of a customer as it is now."""
    file = io.BytesIO()
    write_archive(Person(Customer.objects.get(pk=customer.pk), frozenset(notes), **options), file)
    return Archive(file.getvalue())
