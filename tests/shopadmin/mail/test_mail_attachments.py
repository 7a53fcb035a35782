"""The files attached to an email, on its page and by their addresses."""

import pytest
from django.utils import timezone

from customers.models import Customer
from shopadmin.mail import attachments
from tests.factories import MailFactory
from tests.shown_page import html_of, text_of

pytestmark = pytest.mark.any_database

PDF = b"%PDF-1.7 an invoice"


@pytest.fixture
def papers(monkeypatch):
    """What emails can have attached, by its key."""
    papers = {"7": attachments.Attachment("R-1001.pdf", len(PDF), "application/pdf", lambda: PDF)}
    monkeypatch.setitem(attachments.finders, "paper", papers.get)
    return papers


@pytest.fixture
def mail(ines, papers):
    """An email with an invoice."""
    return MailFactory(customer=ines, attachments=["paper:7"])


def listed(client, mail):
    """Name, address and remark of each attachment on the page."""
    page = html_of(client.get(f"/backoffice/mails/{mail.pk}/"))
    rows = page.xpath("//section[header/h2='Attachments']//li")
    return [(text_of(row.find("div")), row.xpath("string(.//a/@href)"), text_of(row.find("span"))) for row in rows]


def test_each_is_a_link_with_its_size(as_mara, mail):
    assert listed(as_mara, mail) == [("R-1001.pdf", f"/backoffice/mails/{mail.pk}/attachments/1/", "1 KB")]


def test_it_is_handed_out_as_it_was_sent(as_mara, mail):
    answer = as_mara.get(f"/backoffice/mails/{mail.pk}/attachments/1/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="R-1001.pdf"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("reference", "name"), [("paper:8", "paper:8"), ("2026/R-1001.pdf", "R-1001.pdf")])
def test_of_one_that_was_deleted_the_page_says_so(as_mara, mail, reference, name):
    mail.attachments = [reference]
    mail.save()
    assert listed(as_mara, mail) == [(name, "", "Deleted")]
    answer = as_mara.get(f"/backoffice/mails/{mail.pk}/attachments/1/", follow=True)
    assert answer.redirect_chain == [(f"/backoffice/mails/{mail.pk}/", 302)]
    assert f"{name} is no longer stored" in answer.content.decode()


@pytest.mark.parametrize("position", [0, 2, 10**30])
def test_there_is_no_other(as_mara, mail, position):
    assert as_mara.get(f"/backoffice/mails/{mail.pk}/attachments/{position}/").status_code == 404


def test_a_path_out_of_the_documents_is_never_followed(as_mara, mail):
    mail.attachments = ["../secret-key"]
    mail.save()
    assert listed(as_mara, mail) == [("secret-key", "", "Deleted")]


def test_it_does_not_exist_for_a_shopper_not_even_theirs(client, ines, mail):
    client.force_login(ines)
    assert client.get(f"/backoffice/mails/{mail.pk}/attachments/1/").status_code == 404


@pytest.mark.parametrize("person", ["sam", "rosa"])
def test_of_a_restricted_customer_owners_alone_get_it(client, request, mail, person):
    Customer.objects.update(restricted_at=timezone.now())
    client.force_login(request.getfixturevalue(person))
    assert client.get(f"/backoffice/mails/{mail.pk}/attachments/1/").status_code == 403
