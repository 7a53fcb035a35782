"""A password opens nothing before the mailbox is proved, and the proof discards what strangers set before it."""

import pytest
from allauth.core.context import request_context
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.session import SessionStorage
from django.test import Client, RequestFactory

from accounts.email_verification.mailbox_proven import is_proven, mailbox_proven
from customers.models import Customer
from orders.signals import account_wanted
from shopadmin.models import Mail, StoreSettings
from tests.accounts.doors import (
    OTHER_PASSWORD,
    ask_for_code,
    ask_for_link,
    browsers,
    code_in,
    confirm,
    is_signed_in,
    last_mail,
    path_in,
    sign_in,
    sign_in_by_code,
    sign_up,
    use_link,
)  # fmt: skip
from tests.factories import PASSWORD, CustomerFactory, OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
STRANGERS = "a password of a stranger"
PROOFS = {
    "code": lambda client, email: sign_in_by_code(client, email),
    "reset": lambda client, email: (ask_for_link(client, email), use_link(client, email)),
    "sign-up": lambda client, email: (sign_up(client, email, OTHER_PASSWORD), confirm(client, email)),
    "link in the sign-up mail": lambda client, email: (sign_up(client, email, PASSWORD), use_link(client, email)),
}


def checkout(client, order, *, is_new, password=STRANGERS):
    """What the checkout says when an order was placed with an account wanted."""
    request = RequestFactory().post("/checkout/review/")
    request.session, request.user, request.store = client.session, AnonymousUser(), StoreSettings.current()
    request._messages = SessionStorage(request)
    wanted = {"request": request, "order": order, "customer": order.customer, "is_new_customer": is_new}
    with request_context(request):
        account_wanted.send(object, password=make_password(password) if password else "", **wanted)
    request.session.save()
    client.cookies["session"] = request.session.session_key


def attack_by_sign_up(client, email):
    sign_up(client, email, STRANGERS)


def attack_by_checkout(client, email):
    customer = Customer.objects.filter(email=email).first()
    is_new = customer is None
    order = OrderFactory(customer=customer or CustomerFactory(email=email, origin="order"))
    checkout(client, order, is_new=is_new)


def attack_by_sign_up_and_sign_in(client, email):
    sign_up(client, email, STRANGERS)
    sign_in(client, email, STRANGERS)


ATTACKS = {
    "sign-up": attack_by_sign_up,
    "sign-up and sign-in": attack_by_sign_up_and_sign_in,
    "checkout": attack_by_checkout,
}
everything = [
    pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS),
    pytest.mark.parametrize("prove", PROOFS.values(), ids=PROOFS),
    pytest.mark.parametrize("is_guest", [True, False], ids=["guest", "new address"]),
]


def each(test):
    for mark in everything:
        test = mark(test)
    return test


@each
def test_a_strangers_password_opens_nothing_before_and_after_the_proof(attack, prove, is_guest):
    stranger, owner = browsers(2)
    email = "victim@post.example"
    if is_guest:
        CustomerFactory(email=email, origin="order")
    attack(stranger, email)
    assert not is_signed_in(stranger)
    sign_in(stranger, email, STRANGERS)
    assert not is_signed_in(stranger)
    prove(owner, email)
    assert is_signed_in(owner, Customer.objects.get(email=email))
    assert not is_signed_in(stranger)
    for browser in (stranger, Client()):
        sign_in(browser, email, STRANGERS)
        assert not is_signed_in(browser)


@each
def test_a_stranger_after_the_proof_changes_nothing(attack, prove, is_guest):
    stranger, owner = browsers(2)
    email = "victim@post.example"
    if is_guest:
        CustomerFactory(email=email, origin="order")
    else:
        sign_up(owner, email, OTHER_PASSWORD)
    prove(owner, email)
    before = Customer.objects.get(email=email).password
    attack(stranger, email)
    sign_in(stranger, email, STRANGERS)
    assert not is_signed_in(stranger)
    assert Customer.objects.get(email=email).password == before
    assert is_signed_in(owner)


@pytest.mark.parametrize("prove", PROOFS.values(), ids=PROOFS)
def test_every_proof_makes_a_guest_registered(gus, prove):
    OrderFactory(customer=gus)
    prove(Client(), gus.email)
    gus.refresh_from_db()
    assert gus.is_registered
    assert is_proven(gus)


def test_the_password_chosen_in_the_same_browser_counts_from_the_proof_on(gus):
    sign_up(Client(), gus.email, STRANGERS)
    browser = Client()
    sign_up(browser, gus.email, OTHER_PASSWORD)
    confirm(browser, gus.email)
    again = Client()
    sign_in(again, gus.email, OTHER_PASSWORD)
    assert is_signed_in(again, gus)


def test_a_new_account_keeps_its_password_when_it_is_proved_at_a_later_sign_in():
    sign_up(Client(), "nina@post.example")
    later = Client()
    sign_in(later, "nina@post.example")
    assert not is_signed_in(later)
    confirm(later, "nina@post.example")
    again = Client()
    sign_in(again, "nina@post.example")
    assert is_signed_in(again)


def test_checkout_with_a_new_address_registers_at_once_and_opens_by_the_code(client):
    order = OrderFactory(customer=CustomerFactory(email="nina@post.example", origin="order"))
    checkout(client, order, is_new=True, password=PASSWORD)
    order.customer.refresh_from_db()
    assert order.customer.is_registered
    assert not is_proven(order.customer)
    confirm(client, "nina@post.example")
    assert is_signed_in(client, order.customer)


def test_checkout_with_a_guests_address_keeps_the_password_in_the_browser_until_the_proof(client, gus):
    checkout(client, OrderFactory(customer=gus), is_new=False, password=PASSWORD)
    gus.refresh_from_db()
    assert (gus.is_registered, gus.password) == (False, "")
    confirm(client, gus.email)
    again = Client()
    sign_in(again, gus.email, PASSWORD)
    assert is_signed_in(again, gus)


def test_checkout_with_a_registered_address_only_tells_its_owner(client, ines):
    before = ines.password
    checkout(client, OrderFactory(customer=ines), is_new=False)
    ines.refresh_from_db()
    assert ines.password == before
    assert [mail.name for mail in Mail.objects.filter(to=ines.email)] == ["account_exists"]
    assert client.get("/account/confirm/").status_code == 200


def test_checkout_without_a_password_makes_no_account(client, gus):
    checkout(client, OrderFactory(customer=gus), is_new=True, password="")
    gus.refresh_from_db()
    assert not gus.is_registered
    assert not Mail.objects.exists()


def test_the_owners_proof_ends_sessions_that_were_open_before(ines):
    borrowed = Client()
    borrowed.force_login(ines)
    ines.change_email("ines@new.example", by=None)
    assert not is_proven(ines)
    sign_in_by_code(Client(), "ines@new.example")
    assert not is_signed_in(borrowed)


def test_a_second_proof_leaves_password_and_sessions_alone(ines):
    before = ines.password
    assert mailbox_proven(ines) is False
    ines.refresh_from_db()
    assert ines.password == before


def test_proving_an_address_that_is_not_the_customers_any_more_does_nothing(gus):
    assert mailbox_proven(gus, address="old@post.example") is False
    gus.refresh_from_db()
    assert not gus.is_registered


def test_a_code_asked_for_before_the_address_changed_opens_nothing(client, ines):
    ask_for_code(client, ines.email)
    code = code_in(last_mail("ines@vandermeulen.example"))
    ines.change_email("ines@new.example", by=None)
    client.post("/account/sign-in/code/confirm/", {"code": code})
    assert not is_signed_in(client)


def test_a_sign_up_code_does_not_bring_a_corrected_address_back(client):
    sign_up(client, "typo@post.example")
    customer = Customer.objects.get(email="typo@post.example")
    customer.change_email("right@post.example", by=None)
    client.post("/account/confirm/", {"code": code_in(last_mail("typo@post.example"))})
    customer.refresh_from_db()
    assert customer.email == "right@post.example"
    assert not is_signed_in(client)


def test_the_address_somebody_left_opens_nothing_of_theirs(ines, gus):
    """The trap of allauth's own table: a reset for the old address went to its new owner, for the old account."""
    sign_in(Client(), ines.email)
    ines.change_email("ines@new.example", by=None)
    gus.change_email("ines@vandermeulen.example", by=None)
    thief = Client()
    sign_in(thief, "ines@vandermeulen.example", PASSWORD)
    assert not is_signed_in(thief)
    ask_for_link(thief, "ines@vandermeulen.example")
    use_link(thief, "ines@vandermeulen.example")
    assert is_signed_in(thief, gus)


def test_a_stale_row_of_another_customer_does_not_stand_in_the_way_of_a_proof(ines, gus):
    sign_in(Client(), ines.email)
    Customer.objects.filter(pk=ines.pk).update(email="ines@new.example")  # goes round save()
    Customer.objects.filter(pk=gus.pk).update(email="ines@vandermeulen.example")
    browser = Client()
    sign_in_by_code(browser, "ines@vandermeulen.example")
    assert is_signed_in(browser, gus)


def test_an_erased_customers_code_is_no_error(client, gus):
    ask_for_code(client, gus.email)
    code = code_in(last_mail(gus.email))
    gus.delete()
    assert client.post("/account/sign-in/code/confirm/", {"code": code}).status_code == 302
    sign_up(client, "nina@post.example")
    code = code_in(last_mail("nina@post.example"))
    Customer.objects.get(email="nina@post.example").delete()
    assert client.post("/account/confirm/", {"code": code}).status_code == 302
    assert not is_signed_in(client)


def test_earlier_orders_are_announced_to_a_guest_who_comes_in(client, gus):
    type(gus).objects.filter(pk=gus.pk).update(language="en")
    OrderFactory(customer=gus)
    page = client.get(sign_in_by_code(client, gus.email).url)
    assert "The orders you placed as a guest are now in your account." in page.content.decode()


def test_the_link_in_the_mail_is_a_path_of_ours(gus):
    sign_up(Client(), gus.email)
    assert path_in(last_mail(gus.email), "/password/reset/key/").startswith("/account/password/reset/key/")
