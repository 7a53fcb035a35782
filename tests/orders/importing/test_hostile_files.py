"""Files that no import takes, whatever it is of: refused with the reason, by page and by command, and not kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from customers.models import CustomerImport
from orders.models import OrderImport, Product, ProductImport
from tests.customers.importing.imports import text_of, work
from tests.shown_page import form_with, sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
KINDS = {
    "customers": (CustomerImport, "email", "ines@post.example"),
    "orders": (OrderImport, "number,email,placed_at,total", "7,ines@post.example,2024-05-01,9"),
    "products": (ProductImport, "sku,name,price", "VV-1,Mug,9"),
}
WORKBOOK = "This is a spreadsheet workbook. Save it as CSV and upload the CSV file."
NO_TEXT = "This is not a text file. Upload a CSV file."


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "email\nines@post.example\n")
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(file, kind)
    return file.getvalue()


HOSTILE = {
    "nothing": (b"", "The file is empty."),
    "xlsx": (archive("[Content_Types].xml", "xl/workbook.xml"), WORKBOOK),
    "ods": (archive("mimetype", "META-INF/opendocument"), WORKBOOK),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, WORKBOOK),
    "zip": (archive("customers.csv"), "This is a ZIP archive. Unpack it and upload the CSV file in it."),
    "jpeg": (picture("JPEG"), NO_TEXT),
    "gif": (picture("GIF"), NO_TEXT),
    "png": (picture("PNG"), NO_TEXT),
    "pdf": (b"%PDF-1.7\n" + b"1 0 obj\n" * 99, NO_TEXT),
    "program": (b"\x7fELF" + b"\0\1\2" * 2000, NO_TEXT),
    "a million columns": (
        b"email,sku,number" + b",x" * 1_000_000 + b"\n1\n",
        "The first row, with the column names, cannot be read. The row is longer than 131072 characters.",
    ),
    "one cell that is all": (
        b"email" * 1_000_000,
        "The first row, with the column names, cannot be read. The row is longer than 131072 characters.",
    ),
}


def bring(client, kind: str, content: bytes):
    return client.post(f"/backoffice/{kind}/import/", {"file": SimpleUploadedFile("file.csv", content)})


def files_left(settings) -> list[str]:
    return [path.name for path in (settings.DATA_DIR / "imports").glob("*")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_by_the_page_with_the_reason_and_not_kept(as_mara, settings, kind, what):
    content, reason = HOSTILE[what]
    response = bring(as_mara, kind, content)
    assert (response.status_code, reason in text_of(response)) == (200, True)
    assert (files_left(settings), KINDS[kind][0].objects.count()) == ([], 0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_by_the_command_with_the_reason(store, tmp_path, kind, what):
    content, reason = HOSTILE[what]
    (tmp_path / "file.csv").write_bytes(content)
    with pytest.raises(CommandError) as error:
        call_command(f"import_{kind}", str(tmp_path / "file.csv"))
    assert (str(error.value), [path.name for path in tmp_path.glob("file*")]) == (reason, ["file.csv"])


@pytest.mark.parametrize("kind", KINDS)
def test_200_megabytes_are_refused_before_they_are_read(as_mara, settings, kind):
    settings.BODY_MAX_SIZE = settings.UPLOAD_MAX_SIZE = 1000
    response = bring(as_mara, kind, b"x" * 3000)
    assert response.url == f"/backoffice/{kind}/import/?too_large=1"
    assert "The file is too large." in text_of(as_mara.get(response.url))
    assert files_left(settings) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b'"' + b"x" * 200_000 + b'"', "The row is longer than 131072 characters."),
        (b'"no end,\n' + b"and on\n" * 20, "A quotation mark is not closed."),
    ],
)
def test_a_row_that_cannot_be_read_costs_itself_alone(as_mara, kind, row, reason):
    model, header, good = KINDS[kind]
    response = bring(as_mara, kind, f"{header}\n".encode() + row + f"\n{good}\n".encode())
    form = sent_by(form_with(as_mara.get(response.url), "column_0"))
    as_mara.post(f"{response.url}start/", form)
    job = work(model.objects.get())
    assert (job.state, job.created) == ("done", 1)
    assert reason in text_of(as_mara.get(response.url))


def test_a_formula_is_a_text_here_and_in_the_files_that_we_write(as_mara, store):
    formula = '=HYPERLINK(""https://evil.example"")'
    response = bring(as_mara, "products", f'sku,name,price\nA,"{formula}",9\n=1+1,Mug,\n'.encode())
    as_mara.post(f"{response.url}start/", sent_by(form_with(as_mara.get(response.url), "column_0")))
    work(ProductImport.objects.get())
    assert Product.objects.get().name == '=HYPERLINK("https://evil.example")'
    rejected = as_mara.get(f"{response.url}rejects.csv").getvalue().decode("utf-8-sig").splitlines()
    assert rejected[1].endswith(",'=1+1,Mug,")


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850", "utf-16", "utf-8-sig"])
def test_any_encoding_of_the_west_is_understood(as_mara, store, encoding):
    rows = "sku;name;price\n" + "".join(f"A{number};Stühle für Café, größer;9\n" for number in range(3))
    response = bring(as_mara, "products", rows.encode(encoding))
    as_mara.post(f"{response.url}start/", sent_by(form_with(as_mara.get(response.url), "column_0")))
    work(ProductImport.objects.get())
    assert {*Product.objects.values_list("name", flat=True)} == {"Stühle für Café, größer"}
