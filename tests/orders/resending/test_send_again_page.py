"""Sending an email that failed to a corrected address; never one that lets somebody in or hands out their data."""

import pytest
from django.conf import settings
from django.utils import timezone

from customers.models import Customer
from orders.models import OrderEvent
from orders.resending.kinds import NEVER_SENT_AGAIN, SENT_AGAIN, Refusal
from shopadmin.models import Mail
from tests.factories import CustomerFactory, MailFactory, OrderFactory
from tests.shown_page import html_of, text_of

pytestmark = pytest.mark.any_database

RIGHT, WRONG = "gus@post.example", "gus@psot.example"
KINDS = sorted(path.name for path in (settings.BASE_DIR / "templates" / "mails").iterdir() if path.is_dir())
GUESTS = {"name": "shipment_sent", "state": Mail.State.FAILED, "to": WRONG, "error": "550 No such user"}


@pytest.fixture
def gus(gus):
    """Gus mistyped his address."""
    Customer.objects.filter(pk=gus.pk).update(email=WRONG)
    gus.refresh_from_db()
    return gus


@pytest.fixture
def mail(gus):
    """What could not be delivered to it."""
    order = OrderFactory(customer=gus, email=WRONG)
    failed = MailFactory(customer=gus, attachments=["2026/2026-1.pdf"], **GUESTS)
    order.log(OrderEvent.Kind.MAIL, mail=failed.pk)
    return failed


def send(client, mail, **typed):
    return client.post(f"/backoffice/mails/{mail.pk}/send/", {"to": RIGHT, **typed})


def words_of(answer):
    return text_of(html_of(answer).find(".//main"))


def test_every_kind_of_email_is_in_one_of_the_two_lists():
    assert sorted([*SENT_AGAIN, *NEVER_SENT_AGAIN]) == KINDS


def test_the_same_words_go_to_the_address_that_was_typed(as_mara, mail):
    answer = send(as_mara, mail, to=" Gus@Post.example ")
    again = Mail.objects.exclude(pk=mail.pk).get()
    assert answer["Location"] == f"/backoffice/mails/{again.pk}/"
    same = ["name", "customer_id", "language", "subject", "text", "html", "attachments", "secret", "notice"]
    assert [getattr(again, field) for field in same] == [getattr(mail, field) for field in same]
    assert (again.to, again.state, again.tries, again.error) == (RIGHT, Mail.State.QUEUED, 0, "")
    assert again.message_id != mail.message_id
    assert list(Mail.objects.due()) == [again]


def test_the_failed_one_says_where_it_went_and_waits_for_nobody(as_mara, mail):
    send(as_mara, mail)
    again = Mail.objects.exclude(pk=mail.pk).get()
    page = html_of(as_mara.get(f"/backoffice/mails/{mail.pk}/"))
    assert page.xpath(f"//main//a[@href='/backoffice/mails/{again.pk}/']")
    assert page.xpath("//main//form") == []
    assert list(Mail.objects.failing()) == []
    assert mail.retry() is False


def test_it_stands_in_the_timeline_of_the_order_too(as_mara, mara, mail):
    send(as_mara, mail)
    event = OrderEvent.objects.exclude(facts__mail=mail.pk).get(kind=OrderEvent.Kind.MAIL)
    assert (event.by, event.facts["mail"]) == (mara, Mail.objects.exclude(pk=mail.pk).get().pk)


def test_pressed_twice_it_is_sent_once(as_mara, mail):
    send(as_mara, mail)
    assert str(Refusal.DONE.label) in words_of(send(as_mara, mail, to="other@post.example"))
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(("typed", "email"), [({"keep": "on"}, RIGHT), ({}, WRONG)])
def test_the_address_is_kept_on_the_guest_and_open_orders_if_wanted(as_mara, mara, mail, gus, typed, email):
    done = OrderFactory(customer=gus, email=WRONG, state="completed")
    send(as_mara, mail, **typed)
    gus.refresh_from_db()
    done.refresh_from_db()
    assert (gus.email, gus.orders.get(state="open").email, done.email) == (email, email, WRONG)
    entries = gus.history.filter(field="email", source="backoffice").values_list("actor", "new")
    assert list(entries) == ([(mara.pk, RIGHT)] if typed else [])


@pytest.mark.parametrize("to", ["", "no address", WRONG, "a@b.example Bcc: x@y.example"])
def test_an_address_that_cannot_be_is_refused_and_stays_typed(as_mara, mail, to):
    page = html_of(send(as_mara, mail, to=to))
    assert page.xpath("//*[@id='errors']")
    assert page.xpath("string(//input[@name='to']/@value)") == to
    assert Mail.objects.count() == 1


def test_an_address_of_another_customer_is_not_kept(as_mara, mail, gus):
    CustomerFactory(email=RIGHT)
    assert "Another customer has this email address." in words_of(send(as_mara, mail, keep="on"))
    gus.refresh_from_db()
    assert (gus.email, Mail.objects.count()) == (WRONG, 1)


def test_of_who_has_an_account_the_address_stays(as_mara, ines):
    mail = MailFactory(customer=ines, **GUESTS | {"to": ines.email})
    page = html_of(as_mara.get(f"/backoffice/mails/{mail.pk}/send/"))
    assert page.xpath("//input[@name='keep']") == []
    assert page.xpath(f"//main//a[@href='/backoffice/customers/{ines.pk}/edit/']")
    send(as_mara, mail, keep="on")
    ines.refresh_from_db()
    assert ines.email == "ines@vandermeulen.example"
    assert Mail.objects.filter(to=RIGHT).count() == 1


@pytest.mark.parametrize(("typed", "kept"), [({"keep": "on"}, RIGHT), ({}, WRONG)])
def test_the_address_for_invoices_is_kept_on_the_company_if_wanted(as_mara, mara, ines, typed, kept):
    Customer.objects.filter(pk=ines.pk).update(customer_type="business", invoice_email=WRONG)
    mail = MailFactory(customer=ines, **GUESTS | {"name": "invoice_issued"})
    send(as_mara, mail, **typed)
    ines.refresh_from_db()
    assert (ines.invoice_email, ines.email) == (kept, "ines@vandermeulen.example")
    entries = ines.history.filter(field="invoice_email", source="backoffice").values_list("actor", "new")
    assert list(entries) == ([(mara.pk, RIGHT)] if typed else [])


def test_what_another_customer_signs_in_with_may_be_an_address_for_invoices(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(customer_type="business", invoice_email=WRONG)
    CustomerFactory(email=RIGHT)
    send(as_mara, MailFactory(customer=ines, **GUESTS | {"name": "invoice_issued"}), keep="on")
    ines.refresh_from_db()
    assert ines.invoice_email == RIGHT


@pytest.mark.parametrize("name", NEVER_SENT_AGAIN)
def test_what_belongs_to_one_person_alone_never_goes_to_another_address(as_mara, ines, name):
    mail = MailFactory(customer=ines, **GUESTS | {"name": name})
    assert str(NEVER_SENT_AGAIN[name].label) in words_of(send(as_mara, mail))
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(("name", "way"), [("password_link", "password-link"), ("archive_link", "export")])
def test_it_says_where_the_address_is_corrected_and_a_new_link_made(as_mara, ines, name, way):
    mail = MailFactory(customer=ines, secret=True, **GUESTS | {"name": name})
    page = html_of(as_mara.get(f"/backoffice/mails/{mail.pk}/send/"))
    links = page.xpath("//main//a[contains(@class, 'button')]/@href")
    assert links == [f"/backoffice/customers/{ines.pk}/edit/", f"/backoffice/customers/{ines.pk}/{way}/"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"secret": True}, Refusal.ACCOUNT),
        ({"name": "nobody_knows"}, Refusal.ACCOUNT),
        ({"notice": True, "customer": None}, Refusal.ERASED),
        ({"customer": None}, Refusal.NOBODY),
        ({"state": "sent"}, Refusal.NOT_FAILED),
        ({"state": "queued"}, Refusal.NOT_FAILED),
    ],
)
def test_nor_does_what_is_secret_nobodys_or_not_given_up(as_mara, ines, changes, refusal):
    mail = MailFactory(**{"customer": ines, **GUESTS, **changes})
    assert str(refusal.label) in words_of(send(as_mara, mail))
    assert Mail.objects.count() == 1


def test_while_the_use_of_the_data_is_restricted_nothing_is_sent(as_mara, mail, gus):
    Customer.objects.filter(pk=gus.pk).update(restricted_at=timezone.now())
    assert send(as_mara, mail).status_code == 403
    assert Mail.objects.count() == 1


def test_who_only_looks_sends_nothing_and_finds_no_way_there(client, rosa, mail):
    client.force_login(rosa)
    assert send(client, mail).status_code == 403
    assert f"/backoffice/mails/{mail.pk}/send/" not in client.get(f"/backoffice/mails/{mail.pk}/").content.decode()


def test_it_does_not_exist_for_a_shopper_not_even_theirs(client, ines):
    client.force_login(ines)
    assert send(client, MailFactory(customer=ines, **GUESTS)).status_code == 404
