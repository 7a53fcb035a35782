"""A merchant hands out the archive of a customer, once the notes have been looked over."""

import pytest
from django.db import connection
from django.utils import timezone

from customers.models import Customer, PrivacyRequest
from customers.privacy.archive import file as archive_file
from shopadmin.models import Mail, StaffLogEntry
from tests.accounts.doors import path_in
from tests.customers.privacy.archive.archives import archive_in
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def noted(ines, mara):
    Customer.objects.filter(pk=ines.pk).update(notes="Pays late")
    ines.dated_notes.create(text="Rang twice", author=mara)
    return ines


def page_of(customer):
    return f"/backoffice/customers/{customer.pk}/export/"


def form_on(browser, address):
    """What the page's form would send as it stands: its moment, and no notes."""
    return {"seen_at": html_of(browser.get(address)).xpath("//input[@name='seen_at']/@value")[0]}


def test_the_page_reminds_who_is_asking_and_shows_the_notes(as_mara, noted):
    Customer.objects.filter(pk=noted.pk).update(notes="Pays in time")
    words = text_of(html_of(as_mara.get(page_of(noted))).find("body"))
    for found in ("Verify who is making the request", "Pays in time", "Earlier version: Pays late", "Rang twice"):
        assert found in words, found


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_transaction_while_it_is_written(as_mara, noted, monkeypatch):
    write, in_one = archive_file.write_archive, []
    monkeypatch.setattr(
        archive_file, "write_archive", lambda *to: in_one.append(connection.in_atomic_block) or write(*to)
    )
    assert archive_in(as_mara.post(page_of(noted), form_on(as_mara, page_of(noted))))
    assert in_one == [False]
    assert StaffLogEntry.objects.filter(act="exported", whom=noted.pk).exists()


def test_notes_go_along_only_where_they_are_chosen(as_mara, noted):
    form = form_on(as_mara, page_of(noted))
    for chosen, found in ({}, []), ({"notes_field": "on"}, ["Pays late"]), ({"dated_notes": "on"}, ["Rang twice"]):
        archive = archive_in(as_mara.post(page_of(noted), form | chosen))
        assert [words for words in ("Pays late", "Rang twice") if words in archive.text] == found


def test_the_file_is_not_stored_and_its_name_tells_the_shop_and_the_day(as_mara, ines, caplog):
    caplog.set_level("INFO")
    response = as_mara.post(page_of(ines), form_on(as_mara, page_of(ines)))
    assert (response["Content-Type"], response["X-Robots-Tag"]) == ("application/zip", "noindex")
    name = f"veld-vorm-data-{timezone.localdate()}.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]
    handed = [record.getMessage() for record in caplog.records if "Archive" in record.getMessage()]
    assert handed == [f"Archive of customer {ines.pk} handed out to staff {response.wsgi_request.user.pk}"]


def test_without_the_moment_of_looking_nothing_is_handed_out(as_mara, noted):
    for wrong in ({}, {"seen_at": "yesterday"}):
        response = as_mara.post(page_of(noted), wrong | {"notes_field": "on"})
        assert "Reload this page and try again." in response.content.decode()
        response = as_mara.post(f"{page_of(noted)}mail/", wrong)
        assert "Reload this page and try again." in response.content.decode()
    assert not Mail.objects.exists()


def test_a_moment_to_come_counts_as_now(as_mara, noted):
    archive = archive_in(as_mara.post(page_of(noted), {"seen_at": "2090-01-01T00:00Z", "dated_notes": "on"}))
    assert [note["text"] for note in archive.data["notes"]] == ["Rang twice"]


def test_who_has_no_right_to_export_is_not_led_there(client, ines, sam, store):
    client.force_login(sam)
    assert page_of(ines) not in client.get(ines.get_absolute_url()).content.decode()
    assert client.get(page_of(ines)).status_code == 403


def test_the_overview_leads_to_it(as_mara, ines):
    assert f'href="{page_of(ines)}"' in as_mara.get(ines.get_absolute_url()).content.decode()


def test_who_is_erased_or_merged_has_no_such_page(as_mara, ines, otto):
    Customer.objects.filter(pk=otto.pk).update(merged_into=ines)
    assert [as_mara.get(page).status_code for page in (page_of(otto), page_of(Customer(pk=999_999)))] == [404, 404]


# --- By email


@pytest.fixture
def asked(noted):
    return noted.privacy_requests.create(kind="access")


def test_a_request_for_a_copy_leads_there_and_back(as_mara, asked, noted):
    page = f"{page_of(noted)}?request={asked.pk}"
    assert f'href="{page}"' in as_mara.get(asked.get_absolute_url()).content.decode()
    sent = as_mara.post(f"{page_of(noted)}mail/?request={asked.pk}", form_on(as_mara, page))
    assert sent.url == asked.get_absolute_url()
    asked.refresh_from_db()
    assert asked.is_open
    assert "A download link was last emailed on" in as_mara.get(page).content.decode()


def test_a_request_of_somebody_else_is_not_led_back_to(as_mara, noted, otto):
    other = PrivacyRequest.objects.create(customer=otto, kind="access")
    for number in (other.pk, "x", "9" * 40, "²"):
        sent = as_mara.post(f"{page_of(noted)}mail/?request={number}", form_on(as_mara, page_of(noted)))
        assert sent.url == noted.get_absolute_url()


def test_the_customer_gets_a_link_that_hands_out_what_was_released(as_mara, client, noted):
    form = form_on(as_mara, page_of(noted))
    as_mara.post(f"{page_of(noted)}mail/", form | {"notes_field": "on"})
    mail = Mail.objects.get()
    assert (mail.name, mail.to, mail.language, mail.secret) == ("archive_ready", noted.email, "nl", True)
    link = path_in(mail, "privacy/copy/")
    client.logout()
    archive = archive_in(client.post(link))
    assert [words for words in ("Pays late", "Rang twice") if words in archive.text] == ["Pays late"]


def test_staff_cannot_read_the_link(as_mara, noted):
    as_mara.post(f"{page_of(noted)}mail/", form_on(as_mara, page_of(noted)))
    mail = Mail.objects.get()
    assert "/privacy/copy/" not in as_mara.get(f"/backoffice/mails/{mail.pk}/").content.decode()
