"""Who may read what the product writes: its own user; and a full disk leaves nothing half."""

import errno
import io
import os
import stat
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.backends.signals import connection_created

from customers.importing import files as importing_files
from customers.models import CustomerImport
from orders.documents.files import pdf_of
from orders.documents.issue import issue_invoice
from shopadmin import heartbeat
from shopadmin.storage.areas import AREAS
from shopadmin.storage.private_files import private_folder, written_whole
from shopadmin.worker.housekeeping import keep_house
from tests.customers.bulk.bulk_actions import do
from tests.factories import MailFactory, OrderFactory
from tests.orders.documents.pdfs import stored

ROOT = Path(__file__).resolve().parents[3]
IMPORT = "/backoffice/customers/import/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture(autouse=True)
def open_to_all():
    """The umask with which everybody could read everything."""
    before = os.umask(0o000)
    yield
    os.umask(before)


@pytest.fixture
def full_disk(monkeypatch):
    """Call it, and nothing that is written reaches the disk any more."""

    def fill():
        def refuse(_number):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", refuse)

    return fill


def mode(path: Path) -> str:
    """What its owner and others may do with it, as `ls` and `chmod` count."""
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def modes(path: Path) -> tuple[str, str]:
    """Of a file and its folder."""
    return mode(path), mode(path.parent)


def upload(client, text="email\nnew@post.example\n"):
    file = io.BytesIO(text.encode())
    file.name = "customers.csv"
    return client.post(IMPORT, {"file": file})


def test_documents(store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invoice = issue_invoice(OrderFactory())
    path = Path(storages["documents"].path(invoice.path))
    assert (*modes(path), mode(path.parent.parent)) == ("600", "700", "700")


def test_uploads_and_refused_rows(as_mara, tmp_path):
    upload(as_mara)
    assert modes(tmp_path / "imports" / CustomerImport.objects.get().file) == ("600", "700")
    file = tmp_path / "bad.csv"
    file.write_text("email\nno address\n")
    call_command("import_customers", str(file))
    assert mode(tmp_path / "bad.csv.rejects.csv") == "600"


def test_exports_and_mails_that_are_files(settings, as_mara, ines):
    assert modes(settings.DATA_DIR / "exports" / do(as_mara, "export", ines).file) == ("600", "700")
    settings.EMAIL_BACKEND = "shopadmin.mail.files.MailFiles"
    MailFactory()
    call_command("worker", "--once")
    [mail] = Path(settings.EMAIL_FILE_PATH).iterdir()
    assert modes(mail) == ("600", "700")


@pytest.mark.slow
def test_a_new_sqlite_database_and_the_key(tmp_path):
    changes = {"DATABASE_URL": "", "SECRET_KEY": "", "DATA_DIR": str(tmp_path)}
    environment = os.environ | changes | {"DJANGO_SETTINGS_MODULE": "shopadmin.settings"}
    # Looked at while the connection is open, since the files beside the first go with it.
    script = """
import django, os; django.setup()
from django.conf import settings; from django.db import connection
connection.cursor().execute("CREATE TABLE a (b)")
files = sorted(path for path in settings.DATA_DIR.iterdir() if path.is_file())
print(*(f"{path.name} {path.stat().st_mode & 0o777:o}" for path in files), sep=", ")
"""
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True, capture_output=True)
    names = ("erasure-key", "secret-key", "shopadmin.sqlite3", "shopadmin.sqlite3-shm", "shopadmin.sqlite3-wal")
    assert said.stdout.decode().strip() == ", ".join(f"{name} 600" for name in names)


def test_what_an_earlier_release_left_open_is_closed(settings, tmp_path):
    invoice = stored(issue_invoice(OrderFactory()))
    path = Path(storages["documents"].path(invoice.path))
    path.chmod(0o644)
    for name in AREAS:
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name).chmod(0o755)
    keep_house()
    assert {mode(tmp_path / name) for name in AREAS} == {"700"}
    pdf_of(invoice)
    assert mode(path) == "600"


def test_an_open_sqlite_file_is_closed_with_the_next_connection(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone has a file.")
    file = Path(connection.settings_dict["NAME"])
    file.chmod(0o644)
    connection_created.send(type(connection), connection=connection)
    assert mode(file) == "600"


def test_with_a_full_disk_an_invoice_is_issued_and_leaves_no_half_of_a_file(
    full_disk, settings, django_capture_on_commit_callbacks
):
    full_disk()
    with django_capture_on_commit_callbacks(execute=True):
        invoice = issue_invoice(OrderFactory())
    assert sha256(pdf_of(invoice)).hexdigest() == invoice.sha256
    assert [path for path in (settings.DATA_DIR / "documents").rglob("*") if path.is_file()] == []


def test_a_damaged_invoice_is_made_again(settings):
    invoice = issue_invoice(OrderFactory())
    whole = pdf_of(invoice)
    Path(storages["documents"].path(invoice.path)).write_bytes(whole[:1000])
    assert pdf_of(invoice) == whole


def test_an_upload_to_a_full_disk_is_answered_at_the_field(as_mara, full_disk, tmp_path):
    full_disk()
    page = upload(as_mara).content.decode()
    assert "The file could not be stored, possibly because the server&#39;s disk is full. Nothing was imported." in page
    assert list((tmp_path / "imports").iterdir()) == []


def test_an_upload_that_does_not_fit_the_folder_for_temporary_files_is_no_500(as_mara, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.receive_data_chunk", refuse)
    as_mara.raise_request_exception = False
    response = upload(as_mara)
    assert response.status_code == 503
    assert "Changes cannot be saved right now" in response.content.decode()


@pytest.mark.any_database
def test_a_file_has_no_name_until_it_is_whole_so_that_a_killed_process_leaves_none(tmp_path):
    folder = private_folder(tmp_path / "documents")
    for content in (b"first", b"second"):
        before = list(folder.iterdir())
        with written_whole(folder / "2026-00001.pdf") as file:
            file.write(content)
            file.flush()
            assert list(folder.iterdir()) == before
        assert [path.read_bytes() for path in folder.iterdir()] == [content]
    assert mode(folder / "2026-00001.pdf") == "600"


@pytest.mark.any_database
def test_a_file_is_as_whole_where_files_must_have_names(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", lambda *args, **kwargs: pytest.fail("a file without a name was made"))
    monkeypatch.setattr("shopadmin.storage.private_files._nameless", refuse_nameless)
    folder = private_folder(tmp_path / "documents")
    with written_whole(folder / "2026-00001.pdf") as file:
        file.write(b"first")
    with pytest.raises(ValueError), written_whole(folder / "2026-00002.pdf"):
        raise ValueError
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("2026-00001.pdf", b"first")]


def refuse_nameless(_path, _flags):
    raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))


def test_a_file_that_comes_in_has_no_name_by_which_a_killed_process_could_leave_it(as_mara, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    seen, as_it_came = [], importing_files.as_it_came

    def look(file):
        content = Path(file.temporary_file_path()).read_text()
        seen.append((content, [*Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()]))
        return as_it_came(file)

    monkeypatch.setattr("customers.importing.files.as_it_came", look)
    assert upload(as_mara, "email\nnew@post.example\n").status_code == 302
    assert seen == [("email\nnew@post.example\n", [])]


def test_what_a_killed_web_process_was_receiving_goes_within_the_hour(settings):
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for name in ("old.upload.csv", "young.upload.csv", "old.of-somebody-else"):
        (folder / name).write_bytes(b"people")
    for path in folder.glob("old*"):
        os.utime(path, (time.time() - 3_700,) * 2)
    heartbeat.show()
    assert sorted(path.name for path in folder.iterdir()) == ["old.of-somebody-else", "young.upload.csv"]
