"""Files of customers as a merchant brings them, and what becomes of them."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse

from customers.importing.batch import Reject
from customers.importing.files import keep
from customers.importing.rejects import keep as keep_rejects
from customers.models import CustomerImport, FileImport
from tests.shown_page import form_with, sent_by

IMPORTS = "/backoffice/customers/import/"
TWO = "E-mail;Voornaam;Woonplaats;Lucky number\nines@new.example;Ines;Utrecht;7\ngus@new.example;Gus;;8\n"


def bring(client, content: str | bytes, name: str = "customers.csv") -> HttpResponse:
    """Send a file to the import page."""
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content)})


def brought(client, content: str | bytes = TWO, name: str = "customers.csv") -> CustomerImport:
    """Bring a file; the import that comes of it."""
    return CustomerImport.objects.get(pk=bring(client, content, name).url.split("/")[-2])


def start(client, job: FileImport, **changes: str) -> HttpResponse:
    """Press a button below the columns, as they were recognised but for some."""
    fields = sent_by(form_with(client.get(job.get_absolute_url()), "column_0"))
    return client.post(f"{job.get_absolute_url()}start/", fields | changes)


def work(job: FileImport) -> FileImport:
    """Let a worker do what waits; the import as it is then."""
    call_command("worker", "--once")
    return type(job).objects.get(pk=job.pk)


def text_of(response: HttpResponse) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def somebodys_import(model: type[FileImport] = CustomerImport, **facts) -> FileImport:
    """An import that was tried, with its file, the rows that were refused and those with skipped cells."""
    file = keep(SimpleUploadedFile("customers.csv", TWO.encode()), [])
    known = {
        "delimiter": ";",
        "name": "customers.csv",
        "state": "done",
        "dry_run": True,
        "done": 3,
        "total": 3,
        "rejected": 1,
        "warned": 1,
    }
    job = model.objects.create(file=file, **known | facts)
    for is_refused in (True, False):
        keep_rejects(job, [Reject(2, "email", "No.", ["x"])], is_refused=is_refused, header=["email"])
    return job
