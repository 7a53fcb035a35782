"""The archive holds everything on a person and nothing of anybody else's, to read and for programs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts import mails
from customers.history import acting
from customers.merging.merge import merge, undo
from customers.models import Customer, Duplicate, Tag
from customers.privacy.archive.archive import Notes, archive_of
from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from tests.customers.privacy.archive.archives import written
from tests.factories import CustomerFactory, MailFactory, OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]


@pytest.fixture
def order(ines, mara):
    order = OrderFactory(customer=ines, number="10001", order_note="Ring twice")
    enter_payment(order, amount=Decimal("37.95"), method="bank_transfer", by=mara)
    ship(order, quantities={order.lines.get(): 2}, carrier="postnl", tracking_number="3SABC", by=mara)
    issue_invoice(order, by=mara)
    return order


def test_a_program_reads_plain_values(ines, order):
    data = archive_of(ines, with_notes=False)
    told = data["customer"][0]
    assert (told["id"], told["email"], told["language"]) == (ines.pk, ines.email, "nl")
    assert told["addresses"][0]["city"] == "Utrecht"
    bought = data["orders"][0]
    assert (bought["number"], bought["total"], bought["placed_at"]) == ("10001", "37.95", order.placed_at.isoformat())
    assert [line["name"] for line in bought["lines"]] == ["Stacking mug"]
    assert bought["shipments"][0]["lines"] == [{"order_line": "Stacking mug", "quantity": 2}]
    assert bought["documents"][0]["file"].startswith("documents/")


def test_a_person_reads_words_of_their_own_language(ines, order):
    words = written(ines).words.replace("\N{NO-BREAK SPACE}", " ")
    for found in ("Achternaam", "van der Meulen", "Nederlands", "€ 37,95", "Bankoverschrijving vooraf", "3SABC"):
        assert found in words, found


def test_the_documents_are_in_it(ines, order):
    archive = written(ines)
    document = order.documents.get()
    assert set(archive.files) == {"index.html", "data.json", f"documents/{document.number}.pdf"}
    assert archive.files[f"documents/{document.number}.pdf"].startswith(b"%PDF")
    assert f'href="documents/{document.number}.pdf"' in archive.html


def test_the_page_runs_and_loads_nothing(ines):
    Customer.objects.filter(pk=ines.pk).update(first_name="<script>alert(1)</script>")
    html = written(ines).html
    assert "<script" not in html
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html


def test_whoever_works_in_the_shop_is_not_named(ines, order, mara):
    Customer.objects.filter(pk=mara.pk).update(first_name="Maraqxv", last_name="Eigenaar")
    with acting.merchant(mara):
        Customer.objects.filter(pk=ines.pk).update(last_name="Jansen")
    ines.dated_notes.create(text="Rang twice", author=mara)
    archive = written(ines, *Notes)
    assert [name for name in ("Maraqxv", "Eigenaar", mara.email) if name in archive.text] == []
    changed = next(row for row in archive.data["history"] if row["field"] == "last_name")
    assert (changed["actor_kind"], changed["old"], changed["new"]) == ("merchant", "van der Meulen", "Jansen")
    events = {event["kind"]: event["by"] for event in archive.data["orders"][0]["events"]}
    assert events["payment"] == "shop"


def test_nothing_of_anybody_else_is_in_it(ines, otto, order):
    OrderFactory(customer=otto, number="20002")
    MailFactory(customer=otto, to=otto.email, subject="For Otto")
    Duplicate.objects.create(first=min(ines, otto, key=lambda c: c.pk), second=max(ines, otto, key=lambda c: c.pk))
    text = written(ines, *Notes).text
    assert [word for word in (otto.email, "Onbevoegd", "20002", "For Otto") if word in text] == []


def test_what_a_merged_record_held_belongs_to_the_person(ines, gus):
    OrderFactory(customer=gus, number="10009")
    gus.dated_notes.create(text="Came by bike")
    merge(ines, gus, choices={}, by=None)
    data = archive_of(ines, with_notes=True)
    assert [record["email"] for record in data["merged_records"]] == [gus.email]
    assert [order["number"] for order in data["orders"]] == ["10009"]
    assert [note["text"] for note in data["notes"]] == ["Came by bike"]


def test_what_a_merge_brought_that_was_undone_is_left_out(ines, gus, mara):
    Customer.objects.filter(pk=gus.pk).update(company_name="Gus & Co", notes="Gus pays late")
    merge(ines, gus, choices={"company_name": "merged", "notes": "merged"}, by=mara)
    assert "Gus & Co" in str(archive_of(ines, with_notes=True))
    undo(ines.merges.get(), by=mara)
    told = str(archive_of(ines, with_notes=True))
    assert [word for word in ("Gus", gus.email) if word in told] == []


def test_emails_are_told_with_their_text_but_for_codes_and_links(ines):
    MailFactory(customer=ines, to=ines.email, text="Your parcel left us today.\n")
    mails.sign_in_code(ines, "BCDF-GHJK")
    mails.approval_waits(ines)
    told = archive_of(ines, with_notes=False)["mails"]
    assert [mail["text"] != "" for mail in told] == [True, False, True]
    assert "BCDF-GHJK" not in str(told)


def test_what_ties_to_an_address_alone_is_told(ines):
    MailFactory(customer=None, to=ines.email, subject="We have no account")
    assert [mail["subject"] for mail in archive_of(ines, with_notes=False)["mails"]] == ["We have no account"]


def test_tags_consents_requests_and_sign_ins_are_told(as_ines, ines):
    ines.tags.add(Tag.objects.named("studio"))
    with acting.shopper(ines):
        ines.set_marketing_consent(True, text="Send me news", source="account", by=ines)
    ines.privacy_requests.create(kind="correction", remark="My name is Inez")
    data = archive_of(ines, with_notes=False)
    assert [row["tag"] for row in data["tags"]] == ["studio"]
    assert [(row["text"], row["by"]) for row in data["consents"]] == [("Send me news", "you")]
    assert [row["remark"] for row in data["privacy_requests"]] == ["My name is Inez"]
    assert (data["sign_in"][0]["password_set"], len(data["sessions"])) == (True, 1)
    assert as_ines.session.session_key not in str(data)


def test_cart_and_checkout_of_a_session_are_told(as_ines, ines, otto):
    for shopper, word in ((ines.pk, "Oudegracht"), (otto.pk, "Maliebaan")):
        session = as_ines.session
        session["checkout"] = {"details": {"street": word}, "shopper": shopper, "password": "sealed"}
        session.save()
        told = archive_of(ines, with_notes=False)["sessions"][0]["checkout"]
        assert told == ({"street": word} if shopper == ines.pk else {})


# --- Notes


@pytest.fixture
def noted(ines):
    """Ines, on whom the shop has written in both ways, and changed its mind once."""
    for words in ("Pays late", "Pays in time"):
        Customer.objects.filter(pk=ines.pk).update(notes=words)
    ines.dated_notes.create(text="Rang twice")
    return ines


def test_without_a_merchants_release_notes_stay_out_and_the_page_says_that_there_are_some(noted, otto):
    archive = written(noted)
    assert [word for word in ("Pays late", "Pays in time", "Rang twice") if word in archive.text] == []
    says = "Veld &amp; Vorm bewaart ook notities over jou"
    assert (says in archive.html, says in written(otto).html) == (True, False)


def test_each_kind_of_note_is_released_by_itself(noted):
    in_field, dated = written(noted, Notes.FIELD).text, written(noted, Notes.DATED).text
    assert [word in in_field for word in ("Pays late", "Pays in time", "Rang twice")] == [True, True, False]
    assert [word in dated for word in ("Pays late", "Pays in time", "Rang twice")] == [False, False, True]


def test_what_was_written_after_the_merchant_looked_is_not_released(noted):
    seen_at = timezone.now() - timedelta(minutes=1)
    for earlier in (noted.history, noted.dated_notes):
        earlier.update(at=seen_at - timedelta(minutes=1))
    Customer.objects.filter(pk=noted.pk).update(notes="Is a pest")
    noted.dated_notes.create(text="Shouted")
    text = written(noted, *Notes, seen_at=seen_at).text
    assert [word in text for word in ("Rang twice", "Is a pest", "Shouted")] == [True, False, False]


def test_ten_orders_take_as_many_queries_as_one(django_assert_max_num_queries):
    one, ten = CustomerFactory(), CustomerFactory()
    OrderFactory(customer=one)
    OrderFactory.create_batch(10, customer=ten)
    with django_assert_max_num_queries(60) as first:
        archive_of(one, with_notes=True)
    with django_assert_max_num_queries(len(first)):
        archive_of(ten, with_notes=True)
