"""The archive as a file: a zip with a page to read, the same for programs, and the documents.

It is written piece by piece into a file without a name, which goes when it is closed: nothing of it stays on the disk.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.http import FileResponse
from django.template import engines
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify

from customers.privacy.archive.archive import Notes, Person, files_of, parts_of
from customers.privacy.archive.notes import has_notes
from customers.privacy.archive.tables import Part
from shopadmin.models import StoreSettings

log = logging.getLogger(__name__)

PAGE, DATA = "index.html", "data.json"
TEMPLATE = "customers/privacy/archive/archive.jinja"


@dataclass(frozen=True)
class Written:
    """What has been written to a file."""

    sections: int
    documents: int


def write_archive(person: Person, file: IO[bytes]) -> Written:
    """Write everything held on a person, in their language and by the shop's clock."""
    store = StoreSettings.current()
    language = store.spoken_to(person.customer.language)
    with (
        translation.override(language),
        timezone.override(store.time_zone),
        ZipFile(file, "w", ZIP_DEFLATED) as archive,
    ):
        with archive.open(PAGE, "w", force_zip64=True) as page:
            page.writelines(piece.encode() for piece in _page(person, store, language))
        with archive.open(DATA, "w", force_zip64=True) as data:
            data.writelines(piece.encode() for piece in _json(parts_of(person)))
        documents = 0
        for name, content in files_of(person):
            archive.writestr(name, content)
            documents += 1
    return Written(sections=len(list(parts_of(person))), documents=documents)


def hand_out(person: Person, *, to: str) -> FileResponse:
    """The file as an answer, and a line in the log; its name tells the shop and the day, and not whose it is."""
    file = TemporaryFile()  # noqa: SIM115, the answer closes it
    write_archive(person, file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=file_name(), content_type="application/zip")
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    log_handing_out(person, to=to)
    return response


def log_handing_out(person: Person, *, to: str) -> None:
    """Say in the log who got whose archive, by numbers: it names nobody."""
    log.info("Archive of customer %s handed out to %s", person.customer.pk, to)


def file_name() -> str:
    shop = slugify(StoreSettings.current().name) or "shop"
    return f"{shop}-data-{timezone.localdate()}.zip"


def _page(person: Person, store: StoreSettings, language: str) -> Iterator[str]:
    context = {
        "parts": _filled(parts_of(person)),
        "customer": person.customer,
        "store": store,
        "site_url": settings.SITE_URL,
        "language": language,
        "now": timezone.now(),
        "lacks_notes": not set(Notes) <= person.notes and has_notes(person.customer),
    }
    yield from engines["jinja"].env.get_template(TEMPLATE).generate(context)


def _filled(parts: Iterable[Part]) -> Iterator[tuple[Part, list[str]]]:
    """The sections that have something in them, each with the labels of its first row."""
    for part in parts:
        records = iter(part.records)
        if first := next(records, None):
            yield replace(part, records=chain([first], records)), [fact.label for fact in first.facts]


def _json(parts: Iterable[Part]) -> Iterator[str]:
    """One object with a list for each section, written row by row."""
    before = "{\n"
    for part in parts:
        yield f"{before}{json.dumps(part.name)}: ["
        between = "\n"
        for record in part.records:
            yield between + json.dumps(record.as_json(), ensure_ascii=False, indent=1)
            between = ",\n"
        yield "]"
        before = ",\n"
    yield "\n}\n"
