"""Notes on orders: written and taken back in the backoffice, on the order's timeline, and nowhere else."""

import re

import pytest

from customers.privacy.archive.archive import Notes
from customers.privacy.erasure.erasure import erase
from orders.models import Order, OrderNote
from orders.retention.guests import due_guests
from shopadmin.models import Mail, StoreSettings
from tests.customers.privacy.archive.archives import written
from tests.factories import OrderFactory
from tests.shown_page import errors, timeline_texts, value_of

URL = "/backoffice/orders/W10479/"


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


def texts_of(order: Order) -> list[str]:
    return [note.text for note in order.notes.all()]


def in_aside(response) -> str:
    return re.search(r'id="notes".*?</section>', response.content.decode(), re.DOTALL)[0]


def test_strangers_and_shoppers_write_nothing(client, otto, order, store):
    assert client.post(f"{URL}notes/", {"text": "x"}).url.startswith("/backoffice/sign-in/")
    client.force_login(otto)
    assert client.post(f"{URL}notes/", {"text": "x"}).status_code == 404
    assert texts_of(order) == []


def test_who_only_looks_reads_notes_and_writes_none(client, rosa, mara, order, store):
    note = order.notes.create(text="Rang about the bowl.", author=mara)
    client.force_login(rosa)
    page = client.get(URL)
    assert "Rang about the bowl." in in_aside(page)
    assert "Add note" not in page.content.decode()
    assert client.post(f"{URL}notes/", {"text": "x"}).status_code == 403
    assert client.post(f"/backoffice/orders/notes/{note.pk}/delete/").status_code == 403
    assert texts_of(order) == ["Rang about the bowl."]


def test_notes_stand_beside_the_order_and_on_its_timeline_newest_first(as_mara, mara, order):
    for text in ("Rang about the bowl.", "Sent a new one.\n<b>"):
        assert as_mara.post(f"{URL}notes/?sort=newest", {"text": text})["Location"] == f"{URL}?sort=newest#timeline"
    page = as_mara.get(URL)
    assert re.findall("Rang about the bowl|Sent a new one", in_aside(page)) == ["Sent a new one", "Rang about the bowl"]
    assert str(mara) in in_aside(page)
    assert timeline_texts(page)[0] == f"{mara} added a note"
    assert "<blockquote>Sent a new one.\n&lt;b&gt;</blockquote>" in page.content.decode()


@pytest.mark.any_database
@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_note_is_answered_at_the_field_and_kept(as_mara, order, text):
    response = as_mara.post(f"{URL}notes/", {"text": text})
    assert list(errors(response)) == ["text"]
    assert value_of(response, "text") == text
    assert texts_of(order) == []


def test_whoever_wrote_a_note_deletes_it_and_the_owner_any(client, as_mara, sam, mara, order):
    mine, hers = (order.notes.create(text=who.first_name, author=who) for who in (sam, mara))
    as_mara.post(f"/backoffice/orders/notes/{mine.pk}/delete/")
    assert texts_of(order) == ["Mara"]
    client.force_login(sam)
    assert client.post(f"/backoffice/orders/notes/{hers.pk}/delete/").status_code == 404
    assert texts_of(order) == ["Mara"]


def test_no_page_mail_or_archive_of_the_shoppers_shows_a_note(as_mara, client, order, ines):
    as_mara.post(f"{URL}notes/", {"text": "Rang about the bowl."})
    as_mara.post(f"{URL}shipments/", {"carrier": "dhl"})
    as_mara.post(f"{URL}invoices/")
    client.force_login(ines)
    pages = [client.get(url).content.decode() for url in ("/account/orders/W10479/", f"/order/{order.token}/")]
    told = [*pages, *Mail.objects.values_list("text", flat=True), written(ines).text]
    assert [text for text in told if "bowl" in text] == []


def test_an_archive_holds_the_notes_that_a_merchant_released(as_mara, mara, order, ines):
    as_mara.post(f"{URL}notes/", {"text": "Rang about the bowl."})
    assert "Rang about the bowl." in as_mara.get(f"/backoffice/customers/{ines.pk}/export/").content.decode()
    [note] = written(ines, Notes.DATED).data["order_notes"]
    assert (note["order"], note["text"]) == ("W10479", "Rang about the bowl.")
    assert "bowl" not in written(ines, Notes.FIELD).text


def test_notes_and_tags_go_with_the_person_once_the_order_is_done(as_mara, ines, order):
    done = OrderFactory(customer=ines, state="completed")
    for one in (order, done):
        one.notes.create(text="Ines rang.")
        as_mara.post(f"/backoffice/orders/{one.number}/tags/", {"name": "urgent"})
    erase(ines, by="shopper", notify=False)
    assert (texts_of(order), order.order_tags.count()) == (["Ines rang."], 1)
    assert (texts_of(done), done.order_tags.count()) == ([], 0)
    assert as_mara.post(f"/backoffice/orders/{done.number}/notes/", {"text": "x"}).status_code == 404


def test_a_guest_on_whose_order_something_was_noted_is_not_done_with_yet(store, gus):
    StoreSettings.objects.update(erase_guests_after_days=30)
    order = OrderFactory(customer=gus, state="completed", placed_at="2026-01-05T10:00Z")
    assert list(due_guests()) == [gus]
    OrderNote.objects.create(order=order, text="Rang about the bowl.")
    assert list(due_guests()) == []
