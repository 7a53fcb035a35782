"""Files that nothing can be taken from: refused at the field, with the reason, and not kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from customers.models import CustomerImport
from tests.customers.importing.imports import IMPORTS, TWO, bring, text_of

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


NO_CSV = "This is a web page, XML, JSON or SQL, not CSV. Export it as CSV, or save it as CSV in a spreadsheet."
NO_TABLES = [
    b"<table><tr><th>email</th></tr>\n<tr><td>a@k.example</td></tr></table>",
    b'\xef\xbb\xbf<?xml version="1.0"?>\n<Workbook><Row>email</Row></Workbook>',
    b"\n<!DOCTYPE html>\n<html><body>email</body></html>",
    b"-- phpMyAdmin SQL Dump\n-- version 5.2\nINSERT INTO users VALUES (1, 'email');",
    b"insert into users (email) values ('a@k.example');",
    b'[\n  {"email": "a@k.example"}]',
]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (
            b"\xef\xbb\xbf",
            "No columns were recognised. The first row must contain the column names, as in the template.",
        ),
        *((start, NO_CSV) for start in NO_TABLES),
        (b"\xd0\xcf\x11\xe0\x14\0", "This is a spreadsheet workbook. Save it as CSV and upload the CSV file."),
        (PNG, "This is not a text file."),
        (b"email;first_name\n", "The file has no rows below the column names."),
        (b"email", "The file has no rows below the column names."),
        (
            b"ines@post.example;Ines\n",
            "No columns were recognised. The first row must contain the column names, as in the template.",
        ),
        (("email" + ";x" * 300 + "\na@b.example\n").encode(), "The file has more than 300 columns."),
        (
            b"\xff" * 5000,
            "No columns were recognised. The first row must contain the column names, as in the template.",
        ),
    ],
)
def test_a_file_of_no_use_is_refused_with_the_reason(as_mara, content, reason, settings):
    response = bring(as_mara, content)
    page = response.content.decode()
    assert (response.status_code, reason in text_of(response), 'aria-invalid="true"' in page) == (200, True, True)
    assert CustomerImport.objects.count() == 0
    assert list((settings.DATA_DIR / "imports").glob("*")) == []


def test_no_file_at_all_is_asked_for(as_mara):
    assert "Choose a file." in text_of(as_mara.post(IMPORTS, {}))


def test_a_file_that_is_larger_than_any_other_form_is_taken(as_mara, settings):
    settings.BODY_MAX_SIZE = 1000
    assert bring(as_mara, TWO + "x" * 2000).status_code == 302


def test_a_file_beyond_the_limit_is_refused_at_the_field(as_mara, settings):
    settings.UPLOAD_MAX_SIZE = 100
    assert "The file is too large. The maximum size is 100 bytes." in text_of(bring(as_mara, TWO + "x" * 100))


def test_a_body_beyond_the_limit_is_not_kept_and_answered_at_the_field(as_mara, settings):
    settings.BODY_MAX_SIZE = settings.UPLOAD_MAX_SIZE = 1000
    response = bring(as_mara, TWO + "x" * 3000)
    assert response.url == f"{IMPORTS}?too_large=1"
    assert "The file is too large. The maximum size is 1000 bytes." in text_of(as_mara.get(response.url))


@pytest.mark.parametrize("person", [None, "otto", "sam"])
def test_a_large_body_of_others_is_not_read(client, store, request, person):
    if person:
        client.force_login(request.getfixturevalue(person))
    large = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(6 * 1024**2)}
    assert client.post(IMPORTS, "x", **large).status_code == 413


def test_a_large_body_needs_the_token(as_mara, settings):
    settings.BODY_MAX_SIZE = 100
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_mara.cookies
    assert strict.post(IMPORTS, {"file": SimpleUploadedFile("x.csv", TWO.encode())}).status_code == 403


def test_a_name_that_is_a_path_goes_nowhere_else(as_mara, settings):
    bring(as_mara, TWO, name="../../evil.csv")
    job = CustomerImport.objects.get()
    assert (job.name, [path.name for path in (settings.DATA_DIR / "imports").iterdir()]) == ("evil.csv", [job.file])
