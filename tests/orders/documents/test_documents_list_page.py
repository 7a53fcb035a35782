"""The list of invoices and credit notes, and many of them as one file."""

import io
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.documents.downloads import xml_of
from orders.documents.files import pdf_of
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.models import Document, Order
from tests.factories import OrderFactory
from tests.orders.documents.e_invoices import wrong_in_ubl
from tests.shown_page import error_summary, row_names

pytestmark = pytest.mark.any_database

URL = "/backoffice/documents/"


@pytest.fixture
def invoice(store, ines) -> Document:
    store.vat_number = "NL001234567B01"
    store.save()
    return issue_invoice(OrderFactory(customer=ines, number="W10479"))


def files_in(response) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(response.getvalue())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_shows_the_newest_first_and_narrows_to_a_kind(as_mara, invoice):
    note = issue_credit_note(invoice)
    assert row_names(as_mara.get(URL)) == [note.number, invoice.number]
    assert row_names(as_mara.get(f"{URL}?kind=credit_note")) == [note.number]


@pytest.mark.parametrize("words", ["w10479", "the number"])
def test_a_number_finds_the_document_and_those_of_its_order(as_mara, invoice, words):
    issue_invoice(OrderFactory())
    words = invoice.number if words == "the number" else words
    assert row_names(as_mara.get(URL, {"q": words})) == [invoice.number]


def test_days_of_issue_narrow_it(as_mara, invoice):
    assert row_names(as_mara.get(f"{URL}?issued_to=2020-12-31")) == []
    assert "Show all documents" in as_mara.get(f"{URL}?issued_to=2020-12-31").content.decode()
    assert error_summary(as_mara.get(f"{URL}?issued_from=nonsense")) != []


def test_an_empty_list_says_what_will_be_here(as_mara):
    assert "No documents yet" in as_mara.get(URL).content.decode()


def test_all_of_a_view_come_as_one_file(as_mara, invoice):
    note = issue_credit_note(invoice)
    pdfs = files_in(as_mara.get(f"{URL}pdf/"))
    assert pdfs == {f"{document.number}.pdf": pdf_of(document) for document in (invoice, note)}
    [(name, xml)] = files_in(as_mara.get(f"{URL}ubl/?kind=invoice")).items()
    assert (name, xml, wrong_in_ubl(xml)) == (f"{invoice.number}.xml", xml_of(invoice, "ubl"), [])


def test_a_file_of_another_kind_is_not_found(as_mara, invoice):
    assert as_mara.get(f"{URL}docx/").status_code == 404


def test_who_may_not_export_takes_no_file_and_sees_no_button(client, sam, invoice):
    client.force_login(sam)
    assert client.get(f"{URL}pdf/").status_code == 403
    assert f"{URL}pdf/" not in client.get(URL).content.decode()


def test_papers_of_somebody_erased_are_in_the_file_of_the_owner_alone(client, as_mara, mara, invoice, store):
    Order.objects.update(customer=None, erased_at=invoice.issued_at, state="completed")
    assert list(files_in(as_mara.get(f"{URL}pdf/"))) == [f"{invoice.number}.pdf"]
    mara.role = "manager"
    mara.save()
    client.force_login(mara)
    assert files_in(client.get(f"{URL}pdf/")) == {}
    assert row_names(client.get(URL)) == []


@pytest.mark.parametrize("syntax", ["cii", "ubl"])
def test_each_is_there_for_programs(client, sam, invoice, syntax):
    client.force_login(sam)
    url = f"/backoffice/orders/W10479/documents/{invoice.number}/{syntax}/"
    assert url in client.get("/backoffice/orders/W10479/").content.decode()
    response = client.get(url)
    assert response.content == xml_of(invoice, syntax)
    assert response["Content-Disposition"] == f'attachment; filename="{invoice.number}-{syntax}.xml"'
    Order.objects.update(customer=None, erased_at=invoice.issued_at, state="completed")
    assert client.get(url).status_code == 403


def test_the_list_costs_the_same_with_one_and_with_three(as_mara, invoice):
    as_mara.get(URL)
    with CaptureQueriesContext(connection) as with_one:
        as_mara.get(URL)
    for _number in range(2):
        issue_invoice(OrderFactory())
    with CaptureQueriesContext(connection) as with_three:
        as_mara.get(URL)
    assert len(with_three) == len(with_one)
