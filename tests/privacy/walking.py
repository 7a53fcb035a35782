"""Where anything of a person stands: every column, every other table, every file and its name, and the log."""

import base64
import email
import io
import json
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from email import policy
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_plus

from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from pypdf import PdfReader

from shopadmin.lists.search_index import COLUMN, name_of_index
from shopadmin.storage.areas import AREAS
from tests.privacy.people import Person

# Of sessions, cached values, links and attachments.
IN_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
# What Django keeps for itself, and the insides of SQLite's indexes, which are asked as a whole.
NOT_READ = re.compile(r"django_migrations$|sqlite_.*|.*_search_(config|data|idx|docsize|content)$")

Place = str
Found = dict[Place, set[str]]
Texts = Iterable[tuple[Place, str]]


def held_on(people: Iterable[Person], texts: Texts) -> dict[Person, Found]:
    """The places where something of each person stands, with the words that stand there."""
    held: dict[Person, Found] = {person: defaultdict(set) for person in people}
    for place, text in texts:
        whole = "\n".join(readings(text)).casefold()
        for person, found in held.items():
            if words := person.words_in(whole):
                found[place] |= words
    for person, found in held.items():
        found.update((place, {person.stem}) for place in indexes_with(person.stem))
    return held


def everything(*folders: Path, log: str) -> Iterator[tuple[Place, str]]:
    """Each text of the shop's, with where it stands: `customers.Customer.email`, `exports/*.csv`, `log`."""
    yield from _columns()
    yield from _other_tables()
    for folder in folders:
        yield from in_files(folder)
    if settings.STORAGE_URL:
        yield from in_bucket()
    yield "log", log


def _columns() -> Iterator[tuple[Place, str]]:
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            for name, value in row.items():
                if value not in (None, ""):
                    yield f"{model._meta.label}.{name}", _text_of(value)


def _other_tables() -> Iterator[tuple[Place, str]]:
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    for table in connection.introspection.table_names():
        if table not in known and not NOT_READ.match(table) and not table.endswith("_search"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                for row in cursor.fetchall():
                    yield table, "\n".join(map(_text_of, row))


def indexes_with(word: str) -> Iterator[Place]:
    """The columns whose full-text table on SQLite still finds a word, whatever their rows say."""
    tables = connection.introspection.table_names() if connection.vendor == "sqlite" else ()
    for model in apps.get_models():
        if (table := name_of_index(model)) in tables:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {table} MATCH %s", [f'"{word}"'])
                if cursor.fetchone()[0]:
                    yield f"{model._meta.label}.{COLUMN}"


def remains_in_indexes(fragment: str) -> list[str]:
    """The full-text tables of SQLite whose bytes still hold three letters."""
    tables = connection.introspection.table_names() if connection.vendor == "sqlite" else ()
    left = []
    for table in [name for name in tables if name.endswith("_search_data")]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT block FROM {table}")
            if any(fragment.encode() in bytes(block) for (block,) in cursor.fetchall()):
                left.append(table)
    return left


def in_files(folder: Path) -> Iterator[tuple[Place, str]]:
    """What stands in the files below a folder, and in their names."""
    for path in sorted(folder.rglob("*")):
        *folders, _name = path.relative_to(folder).parts
        place = "/".join([*folders[:1], *("*" for _deeper in folders[1:]), f"*{path.suffix}"])
        yield f"names of {place}", path.name
        if path.is_file():
            for text in texts_of_file(path.name, path.read_bytes()):
                yield place, text


def in_bucket() -> Iterator[tuple[Place, str]]:
    """What stands in the bucket that the shop keeps its files in."""
    for area in AREAS:
        yield from _objects(area)


def _objects(area: str, folder: str = "") -> Iterator[tuple[Place, str]]:
    folders, names = storages[area].listdir(folder)
    for name in names:
        place = "/".join([area, *("*" for _deeper in folder.split("/") if folder), f"*{Path(name).suffix}"])
        yield f"names of {place}", name
        with storages[area].open(f"{folder}/{name}".lstrip("/")) as file:
            for text in texts_of_file(name, file.read()):
                yield place, text
    for name in folders:
        yield from _objects(area, f"{folder}/{name}".lstrip("/"))


@lru_cache(maxsize=1000)  # the files of the filled shop are read again and again
def texts_of_file(name: str, content: bytes) -> tuple[str, ...]:
    """The words of a file, opened by what it is; what is packed into it too."""
    return tuple(_read_texts(name, content))


def _read_texts(name: str, content: bytes) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        pdf = PdfReader(io.BytesIO(content))
        yield "\n".join([str(pdf.metadata), *(page.extract_text() for page in pdf.pages)])
        for attached, versions in pdf.attachments.items():
            yield from (text for version in versions for text in texts_of_file(attached, version))
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield member
                yield from texts_of_file(member, packed.read(member))
    elif name.endswith(".eml"):
        yield from _texts_of_mail(content)
    else:
        yield content.decode(errors="replace")


def _texts_of_mail(content: bytes) -> Iterator[str]:
    message = email.message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if not part.is_multipart():
            yield from texts_of_file(part.get_filename() or "", part.get_payload(decode=True))


def _text_of(value) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="replace")
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def readings(text: str) -> Iterator[str]:
    """A text as it stands, without the escapes of an address, and what it holds in base64, packed or not."""
    yield text
    if "%" in text:
        yield unquote_plus(text)
    for token in IN_BASE64.findall(text):
        if unpacked := _unpacked(token):
            yield unpacked


def _unpacked(token: str) -> str:
    padded = token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4)
    try:
        content = base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        return ""
    try:
        content = zlib.decompress(content)
    except zlib.error:
        pass
    return content.decode(errors="ignore")
