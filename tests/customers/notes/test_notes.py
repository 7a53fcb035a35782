"""Dated notes: written and taken back in the backoffice, on the timeline, and nowhere else."""

import re

import pytest

from customers.models import Customer, Note
from shopadmin.models import Mail
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def url_of(customer):
    return f"/backoffice/customers/{customer.pk}/notes/"


def texts_of(customer):
    return [note.text for note in customer.dated_notes.all()]


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]).split())


def test_strangers_and_shoppers_find_nothing(client, otto, ines, store):
    assert client.post(url_of(ines), {"text": "x"}).url.startswith("/backoffice/sign-in/")
    client.force_login(otto)
    assert client.post(url_of(ines), {"text": "x"}).status_code == 404
    assert texts_of(ines) == []


def test_who_only_looks_reads_notes_and_writes_none(client, rosa, mara, ines, store):
    ines.dated_notes.create(text="Rang about the bowl.", author=mara)
    client.force_login(rosa)
    page = client.get(ines.get_absolute_url())
    assert ("Rang about the bowl." in words_of(page), "Add note" in words_of(page)) == (True, False)
    assert client.post(url_of(ines), {"text": "x"}).status_code == 403


def test_a_note_stands_on_the_overview_with_author_and_date_newest_first(as_mara, mara, ines):
    for text in ("Rang about the bowl.", "Sent a new one."):
        assert as_mara.post(url_of(ines), {"text": text}).url == f"{ines.get_absolute_url()}#timeline"
    notes = re.search(r'id="notes".*?</section>', as_mara.get(ines.get_absolute_url()).content.decode(), re.S)[0]
    assert re.findall("Rang about the bowl|Sent a new one", notes) == ["Sent a new one", "Rang about the bowl"]
    assert (Note.objects.first().author, str(mara) in notes) == (mara, True)


def test_the_timeline_shows_notes_as_a_kind_of_their_own(as_mara, mara, ines):
    as_mara.post(url_of(ines), {"text": "Rang about the bowl.\nNo return."})
    page = as_mara.get(ines.get_absolute_url(), {"timeline": "notes"}).content.decode()
    assert "<blockquote>Rang about the bowl.\nNo return.</blockquote>" in page
    assert f"<strong>{mara}</strong> added a note" in page


def test_notes_stand_among_all_that_happened(as_mara, mara, ines):
    as_mara.post(url_of(ines), {"text": "Rang about the bowl."})
    Customer.objects.filter(pk=ines.pk).update(phone="+31302310000")
    page = as_mara.get(ines.get_absolute_url())
    timeline = page.content.decode().partition('id="timeline"')[2].partition("</section>")[0]
    assert "<blockquote>Rang about the bowl.</blockquote>" in timeline
    assert "Phone" in timeline


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 4001])
def test_an_empty_or_endless_note_is_answered_at_the_field_and_kept(as_mara, ines, text):
    page = as_mara.post(url_of(ines), {"text": text}).content.decode()
    assert ('aria-invalid="true"' in page, f">\n{text}</textarea>" in page) == (True, True)
    assert texts_of(ines) == []


def test_to_htmx_a_wrong_note_answers_with_the_form_alone(as_mara, ines):
    response = as_mara.post(url_of(ines), {"text": ""}, headers={"HX-Request": "true"})
    assert (response["HX-Retarget"], response["HX-Reselect"]) == ("#note", "#note")
    assert (b"<html" in response.content, b'aria-invalid="true"' in response.content) == (False, True)


def test_what_was_typed_never_becomes_markup(as_mara, ines):
    as_mara.post(url_of(ines), {"text": "<script>alert(1)</script>"})
    assert b"<script>alert" not in as_mara.get(ines.get_absolute_url()).content


@pytest.mark.parametrize(("who", "may"), [("sam", True), ("mara", True), ("rosa", False)])
def test_a_note_is_deleted_by_its_author_or_an_owner_after_asking(client, request, sam, ines, store, who, may):
    note = ines.dated_notes.create(text="Rang.", author=sam)
    client.force_login(request.getfixturevalue(who))
    url = f"/backoffice/customers/notes/{note.pk}/delete/"
    assert (client.get(url).status_code, texts_of(ines)) == (200 if may else 403, ["Rang."])
    client.post(url)
    assert texts_of(ines) == ([] if may else ["Rang."])


def test_support_deletes_no_note_of_another_and_is_shown_no_way_to(client, sam, mara, ines, store):
    note = ines.dated_notes.create(text="Rang.", author=mara)
    client.force_login(sam)
    url = f"/backoffice/customers/notes/{note.pk}/delete/"
    assert (client.post(url).status_code, url in client.get(ines.get_absolute_url()).content.decode()) == (404, False)
    assert texts_of(ines) == ["Rang."]


def test_an_authors_erasure_leaves_the_note(as_mara, sam, ines):
    ines.dated_notes.create(text="Rang.", author=sam)
    sam.delete()
    assert "Note added" in words_of(as_mara.get(ines.get_absolute_url(), {"timeline": "notes"}))


def test_no_page_of_the_shop_and_no_mail_shows_a_note(as_ines, ines, mara):
    ines.dated_notes.create(text="quarrelsome", author=mara)
    order = OrderFactory(customer=ines)
    ines.send_password_link(by=mara)
    paths = ["/account/", "/account/orders/", f"/account/orders/{order.number}/", "/account/delete/"]
    assert [path for path in paths if b"quarrelsome" in as_ines.get(path, follow=True).content] == []
    assert Mail.objects.filter(html__contains="quarrelsome").count() == 0


def test_erasing_a_customer_names_notes_and_takes_them(as_mara, ines):
    ines.dated_notes.create(text="Rang.")
    assert "1 dated note" in words_of(as_mara.get(f"/backoffice/customers/{ines.pk}/delete/"))
    as_mara.post(f"/backoffice/customers/{ines.pk}/delete/")
    assert (Note.objects.count(), Customer.objects.filter(pk=ines.pk).exists()) == (0, False)
