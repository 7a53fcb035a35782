"""What a stranger types is mailed to no mailbox that nobody has proved: gone through for every kind of mail."""

from copy import copy
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts import mails as account_mails
from accounts.portal.erasure_mails import tell_of_erasure
from customers.models import Customer
from customers.privacy.archive import archive
from customers.privacy.archive import mails as archive_mails
from customers.privacy.erasure.erasure import Person
from customers.privacy.erasure.summary import what_stays
from customers.privacy.requests import requests
from customers.privacy.restriction import restriction
from customers.staff.colleagues import reset_second_factor
from customers.staff.invitations import invite
from orders import mails as order_mails
from orders.documents import issue
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.messages.send import send_message
from orders.models import Order
from orders.withdrawal import notices
from shopadmin.mail.compose import compose
from shopadmin.models import Mail
from tests.accounts.doors import confirm, sign_in, sign_up
from tests.factories import AddressFactory, CustomerFactory, DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.shopping import give_details, order_now, put_into_cart
from tests.shown_page import errors, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
LURE = "Gewonnen.example"
VICTIM = "victim@post.example"
KINDS = sorted(path.parent.name for path in Path(settings.BASE_DIR, "templates/mails").glob("*/body.jinja"))
PLACE = dict.fromkeys(("attention", "street", "house_number", "addition", "line2", "city", "region"), LURE)
STATED = {"name": "Nina Nieuw", "order_number": "10023", "email": VICTIM, "remark": LURE}


@pytest.fixture
def victim():
    """Somebody whose record a stranger has made, and filled with words of theirs."""
    words = {"first_name": LURE, "last_name": LURE, "company_name": LURE, "coc_number": LURE}
    customer = CustomerFactory(email=VICTIM, initials=LURE, language="en", customer_type="business", **words)
    AddressFactory(customer=customer, **PLACE)
    return customer


@pytest.fixture
def order(victim):
    """An order that the stranger placed for them."""
    words = {"company_name": LURE, "coc_number": LURE, "order_note": LURE, "customer_type": "business"}
    order = OrderFactory(customer=victim, number="10023", language="en", channel="guest", **words)
    order.addresses.update(**PLACE)
    order.addresses.create(kind="shipping", country="NL", postcode="3511 AX", **PLACE)
    return order


def send_every_kind(victim, order):
    """Have each kind of mail written at least once."""
    for sent in (account_mails.sign_in_code, account_mails.confirm_address, account_mails.who_is_it_code):
        sent(victim, "BCDF-GHJK")
    account_mails.confirm_new_address(victim, "another@post.example", "BCDF-GHJK")
    account_mails.email_changed(victim, old=VICTIM, undo_url="https://shop.example/")
    account_mails.email_set_by_shop(victim)
    account_mails.new_device(victim, client="Firefox", at=timezone.now())
    for sent in ("password_link", "account_exists", "account_not_open", "password_changed", "approved", "refused"):
        getattr(account_mails, sent)(victim)
    account_mails.way_in_changed(victim, "passkey_added")
    account_mails.second_step_failed(victim)
    reset_second_factor(victim)
    account_mails.approval_waits(victim)
    account_mails.unknown_account(VICTIM)
    compose("test", to="merchant@shop.example", language="en", context={})
    invite(VICTIM, first_name="Nina", role="support", language="en", by=CustomerFactory(is_staff=True, role="owner"))
    owner = copy(victim)  # of the mailbox, which they have proved; they are called by their own name
    owner.registered_at, owner.first_name = order.placed_at, "Vera"
    account_mails.merged(owner, owner, had_passkeys=True)
    send_every_kind_about_requests(victim)
    send_every_kind_about(order)
    victim.registered_at = order.placed_at
    for by in ("shopper", "merchant"):
        tell_of_erasure(Person(victim, [VICTIM], what_stays([victim.pk])[victim.pk]), by=by, notify=True)


def send_every_kind_about_requests(victim):
    asked = requests.take_in(victim, kind="access", remark=LURE)
    requests.extend(asked, reason="complex")
    requests.decline(asked, outcome=LURE, by=victim, tell=True)
    archive_mails.release(archive.Person(victim))
    for email in (VICTIM, "nobody@post.example"):
        archive_mails.answer(email, language="en")
    Customer.objects.filter(pk=victim.pk).update(registered_at=timezone.now(), first_name="Vera")
    archive_mails.answer(VICTIM, language="en")
    restriction.restrict(victim, by=victim)
    restriction.lift(victim, by=victim)


def send_every_kind_about(order):
    order_mails.tell_of_order(order)
    order_mails.tell_of_ready_order(order)
    edit(order, Wanted(contact={"first_name": LURE}, delivery=DeliveryMethodFactory(name="Courier")))
    enter_payment(order, amount=order.total, method="bank_transfer")
    ship(order, quantities={order.lines.get(): 2}, carrier="postnl")
    issue.issue_credit_note(issue.issue_invoice(order))
    refund(order, amount=order.total, method="bank_transfer")
    for number in ("10023", "99999"):
        notices.receive(notices.unsealed(notices.sealed(STATED | {"order_number": number})), language="en")
    order_mails.tell_of_cancellation(order)
    order_mails.tell_of_accepted_withdrawal(order, [(order.lines.get(), 1)], to_refund=order.overpaid)
    order_mails.remind_of_payment(order)
    send_message(order, text="Your mug is blue.", by=None)


def test_no_kind_of_mail_carries_a_strangers_words_to_an_unproved_mailbox(victim, order):
    send_every_kind(victim, order)
    assert sorted(set(Mail.objects.values_list("name", flat=True))) == KINDS
    to_people = Mail.objects.exclude(to="merchant@shop.example")
    assert [mail.name for mail in to_people if LURE in mail.subject + mail.text + mail.html] == []


def test_what_the_merchant_reads_of_it_is_no_link(victim, order):
    send_every_kind(victim, order)
    to_merchant = Mail.objects.filter(to="merchant@shop.example")
    assert [mail.name for mail in to_merchant if LURE in mail.subject + mail.text + mail.html] == []
    assert "Gewonnen.\u200bexample" in to_merchant.get(name="order_placed_merchant").text


BAITS = ["http://evil.example/x", "www.evil.example", "win@evil.example", "Geld evil.example", "evil\uff0eexample"]


@pytest.mark.parametrize("bait", BAITS)
@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_a_link_for_a_name_is_refused_at_the_field(client, bait, field):
    response = sign_up(client, VICTIM, **{field: bait})
    assert list(errors(response)) == [field]
    put_into_cart(client, ProductFactory())
    page = give_details(client, **{field: bait})
    assert errors(page) == {field: "Remove web and email addresses, and add a space after each full stop"}
    assert not Mail.objects.exists()


def test_who_is_signed_in_is_not_held_up_by_a_name_on_their_record(as_ines, ines):
    put_into_cart(as_ines, ProductFactory())
    fields = {"first_name": "Dr.Ines", "customer_type": "business", "company_name": "www.atelier.example"}
    assert give_details(as_ines, email=ines.email, **fields).url == "/checkout/delivery/"


@pytest.mark.parametrize("name", ["J.P. Morgan", "Müller-Lüdenscheidt", "d'Arc", "St. John", "Nguyễn", "王小明", "Jr."])
def test_names_of_people_are_not_refused(client, name):
    assert sign_up(client, VICTIM, first_name=name, last_name=name).status_code == 302


def test_a_guest_order_is_confirmed_without_a_word_that_was_typed(client):
    typed = {"first_name": "Bel nu", "last_name": "Gewonnen", "order_note": "http://evil.example/x"}
    order = order_now(client, ProductFactory(), DeliveryMethodFactory(), email=VICTIM, **typed)
    mail = Mail.objects.get(name="order_placed")
    for words in ("Bel nu", "Gewonnen", "evil", "Oudegracht", "Utrecht"):
        assert words not in mail.text + mail.html, words
    assert "Delivery to: 3511 AW, Netherlands." in mail.text
    page = Client().get(f"/order/{order.token}/").content.decode()
    assert "Oudegracht" in page


def test_who_is_signed_in_gets_names_addresses_and_remark(as_ines, ines):
    ines.language = "en"
    ines.save()
    order_now(as_ines, ProductFactory(), DeliveryMethodFactory(), email=ines.email, order_note="Ring twice")
    mail = Mail.objects.get(name="order_placed")
    for words in ("Oudegracht 118", "Ring twice"):
        assert words in mail.text, words


NO_NAMES, NO_NUMBERS = ("Bel 0900 1234", "evil.example"), ("evil.example", "Call this number 0900 1234567890")


@pytest.mark.parametrize("wrong", [{"name": name} for name in NO_NAMES] + [{"order_number": n} for n in NO_NUMBERS])
def test_a_withdrawal_takes_a_name_and_a_number_alone(client, wrong):
    page = client.post("/withdrawal/", STATED | wrong)
    assert list(errors(page)) == list(wrong)


def test_a_remark_on_a_withdrawal_is_mailed_only_to_who_is_signed_in(client, ines):
    OrderFactory(customer=ines, number="10023", language="en")
    for browser in (Client(), client):
        if browser is client:
            sign_in(client, ines.email)
        page = browser.post("/withdrawal/", STATED | {"email": ines.email})
        browser.post("/withdrawal/confirmation/", {"statement": value_of(page, "statement")})
    receipts = Mail.objects.filter(name="withdrawal_received").order_by("pk")
    assert [LURE in mail.text for mail in receipts] == [False, True]


def test_who_has_proved_their_mailbox_is_greeted_by_name_and_nobody_else(victim, ines, order):
    order_mails.tell_of_order(order)
    for customer in (victim, ines):
        account_mails.password_link(customer)
    for mail, greeting in zip(
        Mail.objects.to_customers().order_by("pk"), ["Hello,", "Hello,", "Hallo Ines,"], strict=True
    ):
        assert f"\n{greeting}\n" in mail.text


def test_a_registered_customers_mailbox_gets_no_words_of_whoever_orders_for_it(client, ines):
    sign_up(client, "nina@post.example")
    confirm(client, "nina@post.example")
    stranger = Client()
    order_now(stranger, ProductFactory(), DeliveryMethodFactory(), email="nina@post.example", order_note=LURE)
    assert LURE not in Mail.objects.get(name="order_placed").text
    assert Order.objects.get().is_unproven
