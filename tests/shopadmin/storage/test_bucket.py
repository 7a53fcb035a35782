"""Files in a bucket: what one host wrote, every host reads; and the shop goes on while it is away."""

import logging
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from customers.models import Customer, CustomerImport, PeopleInFile
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from orders.catalogue import pictures
from orders.documents.files import pdf_of
from orders.documents.issue import issue_invoice
from orders.models import Document
from shopadmin.mail.delivery import deliver_next
from shopadmin.models import Mail
from shopadmin.pictures.encoding import encode
from shopadmin.storage import kept
from tests.bucket import SECRET, stored_at
from tests.customers.bulk.bulk_actions import confirm, do
from tests.customers.importing.imports import TWO, bring, brought, start, text_of
from tests.customers.importing.imports import work as work_at
from tests.factories import OrderFactory, ProductFactory
from tests.orders.catalogue.picture_files import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("store")]


@pytest.fixture
def issued(bucket, django_capture_on_commit_callbacks) -> Document:
    with django_capture_on_commit_callbacks(execute=True):
        return issue_invoice(OrderFactory())


def work():
    """What is due now is done, and what is due later too."""
    DBTaskResult.objects.filter(status="READY").update(run_after="2020-01-01T00:00Z")
    call_command("worker", "--once")


def files_on_this_host():
    areas = (Path(settings.DATA_DIR, area) for area in ("documents", "pictures", "imports", "exports"))
    return [path for area in areas for path in area.rglob("*") if path.is_file()]


def test_a_document_lies_in_the_bucket_under_a_name_of_what_is_in_it(issued, bucket):
    [(name, pdf)] = bucket.objects().items()
    assert name == f"shop/documents/{issued.path}"
    assert issued.path.endswith(f"{issued.number}-{issued.sha256[:12]}.pdf")
    assert (pdf_of(issued), files_on_this_host()) == (pdf, [])


def test_an_invoice_is_issued_and_mailed_while_the_store_is_away_and_stored_once_it_is_back(
    bucket, mail_server, django_capture_on_commit_callbacks, caplog
):
    mail_server.controller.start()
    with bucket.away():
        with django_capture_on_commit_callbacks(execute=True):
            invoice = issue_invoice(OrderFactory())
        assert deliver_next() == Mail.State.SENT
        work()
    [attached] = mail_server.taken[0].iter_attachments()
    assert len(attached.get_content()) == invoice.size
    assert f"document {invoice.number} is not stored yet: EndpointConnectionError" in caplog.text
    assert bucket.objects() == {}
    work()
    assert bucket.objects() == {f"shop/documents/{invoice.path}": attached.get_content()}


def test_what_cannot_be_made_again_to_the_letter_is_not_handed_out_while_the_issued_one_exists(
    issued, bucket, monkeypatch, caplog
):
    monkeypatch.setattr("orders.documents.files.pdf_of_content", lambda content, at: b"%PDF by another typst")
    with bucket.away(), pytest.raises(kept.OutOfReach):
        pdf_of(issued)
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        f"Document {issued.number}, made again, differs from the one that was issued"
    ]


def issued_url(document):
    return reverse("backoffice_document", args=[document.order.number, document.number])


def test_a_page_that_needs_the_store_says_in_words_that_it_is_away(as_mara, issued, bucket, monkeypatch):
    monkeypatch.setattr("orders.documents.files.pdf_of_content", lambda content, at: b"%PDF by another typst")
    as_mara.raise_request_exception = False
    with bucket.away():
        answer = as_mara.get(issued_url(issued))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "files cannot be reached at the moment" in answer.content.decode()


def test_pictures_are_shown_from_the_bucket_as_they_come(as_mara, bucket):
    product = ProductFactory()
    as_mara.post(f"/backoffice/products/{product.pk}/pictures/", {"pictures": [upload(picture(), "mug.png")]})
    name = product.pictures.get().picture.file_names[0]
    answer = as_mara.get(f"/media/products/{name}")
    assert b"".join(answer.streaming_content) == bucket.objects()[f"shop/pictures/products/{name}"]
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "public, max-age=31536000, immutable")
    assert int(answer["Content-Length"]) == len(bucket.objects()[f"shop/pictures/products/{name}"])
    assert as_mara.get(f"/media/products/{'0' * 64}-160.jpg").status_code == 404
    assert files_on_this_host() == []


def test_pictures_of_a_transaction_that_fails_leave_nothing(bucket, monkeypatch):
    monkeypatch.setattr(pictures, "_keep_first", lambda product: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        pictures.add_pictures(ProductFactory(), [encode(BytesIO(picture()))])
    assert bucket.objects() == {}


def test_what_could_not_be_deleted_is_deleted_once_the_store_is_back(bucket, django_capture_on_commit_callbacks):
    storages["exports"].save("a.csv", ContentFile(b"people"))
    with bucket.away():
        with django_capture_on_commit_callbacks(execute=True):
            kept.delete_on_commit("exports", ["a.csv"])
        work()
    assert list(bucket.objects()) == ["shop/exports/a.csv"]
    work()
    assert bucket.objects() == {}


def test_a_local_copy_of_what_is_in_the_bucket_has_no_name(bucket):
    storages["imports"].save("a.csv", ContentFile(b"email\n"))
    with kept.at_hand("imports", "a.csv") as path:
        assert [path.read_bytes() for _twice in range(2)] == [b"email\n"] * 2
        assert not path.resolve().exists()


def test_a_large_file_comes_in_pieces(bucket):
    storages["exports"].save("a.csv", ContentFile(b"x" * 9_000_000))
    with storages["exports"].open("a.csv") as file:
        assert (file.size, {len(piece) for piece in file.chunks()}) == (9_000_000, {65536, 9_000_000 % 65536})


def findings():
    return [
        (found.id, found.msg, found.hint) for found in run_checks(include_deployment_checks=True) if "E01" in found.id
    ]


def test_readyz_and_the_check_are_content_and_leave_nothing(client, bucket):
    assert client.get("/readyz").json()["storage"] == "ok"
    assert (findings(), bucket.objects()) == ([], {})


def test_readyz_and_the_check_say_that_the_store_is_away(client, bucket):
    with bucket.away():
        answer, found = client.get("/readyz"), findings()
    assert (answer.status_code, answer.json()["storage"]) == (200, "EndpointConnectionError")
    [(number, words, hint)] = found
    assert (number, words) == (
        "shopadmin.E013", "Files cannot be kept in the bucket of STORAGE_URL: EndpointConnectionError."
    )  # fmt: skip
    assert "endpoint" in hint
    assert SECRET not in f"{answer.content} {found}"


def test_a_bucket_that_is_not_there_is_told_from_a_file_that_is_not(client, bucket):
    with stored_at(bucket.url(name="none")):
        assert client.get("/readyz").json()["storage"] == "NoSuchBucket"
        [(_number, _words, hint)] = findings()
        with pytest.raises(kept.OutOfReach):
            storages["documents"].open("a.pdf")
    assert hint == "Create the bucket, or correct its name in STORAGE_URL."
    with pytest.raises(FileNotFoundError):
        storages["documents"].open("a.pdf")


def test_a_package_that_is_missing_is_said(client, settings, monkeypatch):
    settings.STORAGE_URL = "s3://bucket"
    monkeypatch.setattr("shopadmin.checks.find_spec", lambda name: None)
    [(number, _words, hint)] = findings()
    assert (number, hint) == ("shopadmin.E012", "Install what requirements-s3.lock names, or unset STORAGE_URL.")


def test_an_export_lies_in_the_bucket_and_goes_with_whoever_is_in_it(
    as_mara, ines, gus, bucket, django_capture_on_commit_callbacks
):
    action = do(as_mara, "export", ines, gus)
    [(name, content)] = bucket.objects().items()
    assert name == f"shop/exports/{action.file}"
    answer = as_mara.get(f"{action.get_absolute_url()}file/")
    assert (answer.getvalue(), "no-store" in answer["Cache-Control"]) == (content, True)
    with django_capture_on_commit_callbacks(execute=True):
        erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert (bucket.objects(), as_mara.get(f"{action.get_absolute_url()}file/").status_code) == ({}, 404)


def test_an_export_that_the_store_does_not_take_says_so_and_leaves_nothing(as_mara, ines, bucket):
    action = confirm(as_mara, "export", ines)
    with bucket.away():
        call_command("worker", "--once")
    page = as_mara.get(action.get_absolute_url()).content.decode()
    assert "files could not be reached" in page
    assert (PeopleInFile.objects.count(), files_on_this_host()) == (0, [])


def test_an_import_is_read_from_the_bucket_by_whichever_host_takes_it_in(
    as_mara, bucket, store, django_capture_on_commit_callbacks
):
    job = brought(as_mara, TWO)
    assert bucket.objects() == {f"shop/imports/{job.file}": TWO.encode()}
    start(as_mara, job)
    assert (work_at(job).created, files_on_this_host()) == (2, [])
    with django_capture_on_commit_callbacks(execute=True):
        erase(Customer.objects.get(email="ines@new.example"), by=ActorKind.MERCHANT, notify=False)
    assert (bucket.objects(), as_mara.get(job.get_absolute_url()).status_code) == ({}, 200)


def test_the_page_of_an_import_reads_the_beginning_of_a_large_file_alone(as_mara, bucket, monkeypatch):
    monkeypatch.setattr("customers.importing.files.BEGINNING", 100)
    job = brought(as_mara, "email;name\n" + "".join(f"p{n}@post.example;P{n}\n" for n in range(1000)))
    text = text_of(as_mara.get(job.get_absolute_url()))
    assert ("p0@post.example" in text, "1,000" in text) == (True, True)


def test_an_upload_while_the_store_is_away_is_answered_at_its_field(as_mara, bucket):
    with bucket.away():
        page = text_of(bring(as_mara, TWO))
    assert "The shop's files cannot be reached at the moment. Nothing was imported." in page
    assert (CustomerImport.objects.count(), PeopleInFile.objects.count(), files_on_this_host()) == (0, 0, [])


def test_an_import_whose_file_is_out_of_reach_says_so_and_can_be_started_again(as_mara, bucket):
    job = brought(as_mara, TWO)
    start(as_mara, job)
    with bucket.away():
        assert (work_at(job).state, "could not be reached" in work_at(job).error) == ("failed", True)
    start(as_mara, job)
    assert (work_at(job).state, work_at(job).created) == ("done", 2)
