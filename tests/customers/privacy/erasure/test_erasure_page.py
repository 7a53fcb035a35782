"""A merchant deletes a customer: after reading what goes, what stays and until when."""

import pytest
from django.test import Client

from customers.models import Customer, PrivacyRequest
from shopadmin.models import Mail, StoreSettings
from tests.factories import PASSWORD, OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def page(customer):
    return f"/backoffice/customers/{customer.pk}/delete/"


def exists(customer):
    return Customer.objects.filter(pk=customer.pk).exists()


def test_who_may_not_enter(client, ines, otto, sam, rosa, store):
    assert client.post(page(ines)).url.startswith("/backoffice/sign-in/")
    for person, status in ((otto, 404), (ines, 404), (sam, 403), (rosa, 403)):
        client.force_login(person)
        assert client.post(page(ines)).status_code == status
    assert exists(ines)


def test_the_page_says_what_goes_what_stays_and_who_might_be_asking(as_mara, ines):
    done = OrderFactory(customer=ines, number="10001", state="completed")
    OrderFactory(customer=ines, number="10002")
    html = as_mara.get(page(ines)).content.decode()
    expected = [
        "Verify who is making the request",
        "Ines van der Meulen",
        "Billing and shipping address",
        "Order 10001",
    ]
    expected += [
        "On 1 finished order",
        "unchanged until the order is completed, then as above",
        "The account, all sign-in methods, and the sessions with their shopping carts on all devices",
    ]
    expected += [f"until 31 December {done.placed_at.year + 7}"]
    assert [words for words in expected if words not in html] == []
    assert exists(ines)


def test_a_registered_customer_is_gone_signed_out_and_told(as_mara, ines):
    email, shopper = ines.email, Client()
    shopper.force_login(ines)
    assert as_mara.post(page(ines)).url == "/backoffice/customers/"
    assert not exists(ines)
    assert shopper.get("/account/").url.startswith("/account/sign-in/")
    shopper.post("/account/sign-in/", {"login": email, "password": PASSWORD})
    assert shopper.get("/account/").url.startswith("/account/sign-in/")
    mail = Mail.objects.get(to=email)
    assert (mail.name, mail.language, mail.notice) == ("account_deleted_by_shop", "nl", True)


def test_afterwards_no_list_finds_them(as_mara, ines):
    OrderFactory(customer=ines, number="10001", state="completed")
    as_mara.post(page(ines))
    for address in ("customers/?q=meulen", "customers/?q=ines", "orders/?q=meulen"):
        assert "van der Meulen" not in as_mara.get(f"/backoffice/{address}").content.decode()
    assert as_mara.get(f"/backoffice/customers/{ines.pk}/").status_code == 404


def test_the_outcome_is_said_without_a_name(as_mara, ines):
    OrderFactory(customer=ines, state="completed")
    html = as_mara.post(page(ines), follow=True).content.decode()
    assert f"Customer {ines.pk} was erased. 1 order is kept without personal data, as an accounting record." in html
    assert "van der Meulen" not in html


@pytest.mark.parametrize(("country", "is_law"), [("NL", True), ("US", False)])
def test_where_no_law_says_how_long_the_page_does_not_say_so(as_mara, ines, country, is_law):
    OrderFactory(customer=ines, state="completed")
    StoreSettings.objects.update(country=country)
    words = " ".join(as_mara.get(page(ines)).content.decode().split())
    assert ("must be kept by law" in words, "No law in the shop's country says for how long" in words) == (
        is_law, not is_law,
    )  # fmt: skip


def test_a_guest_is_not_mailed(as_mara, gus):
    assert "This customer has no account and is not notified." in as_mara.get(page(gus)).content.decode()
    as_mara.post(page(gus))
    assert not exists(gus)
    assert not Mail.objects.exists()


def test_a_guest_who_asked_for_it_is_told(as_mara, gus):
    Customer.objects.filter(pk=gus.pk).update(language="en")
    PrivacyRequest.objects.create(customer=gus, kind="erasure")
    PrivacyRequest.objects.create(customer=gus, kind="access")
    OrderFactory(customer=gus, state="completed")
    assert "The customer asked for this and is notified by email." in as_mara.get(page(gus)).content.decode()
    as_mara.post(page(gus))
    mail = Mail.objects.get(to=gus.email)
    assert (mail.subject, mail.notice) == ("Veld & Vorm has deleted your data", True)
    assert "As requested, Veld & Vorm has deleted the data we held about you." in mail.text
    assert "We therefore keep the numbers, amounts and invoices of your orders until" in mail.text
    assert ("your account" in mail.text, "Gus" in mail.text) == (False, False)


def test_a_guest_who_asked_for_something_else_is_not_mailed(as_mara, gus):
    PrivacyRequest.objects.create(customer=gus, kind="access")
    as_mara.post(page(gus))
    assert not Mail.objects.filter(to=gus.email).exists()


def test_a_second_press_finds_nobody(as_mara, ines):
    as_mara.post(page(ines))
    assert as_mara.post(page(ines)).status_code == 404


def test_staff_who_shop_are_for_owners_and_never_for_themselves(client, as_mara, mara, sam):
    for member in (mara, sam):
        OrderFactory(customer=member)
        Customer.objects.filter(pk=member.pk).update(orders_count=1)
    assert as_mara.get(page(mara)).status_code == 403
    assert as_mara.post(page(mara)).status_code == 403
    as_mara.post(page(sam))
    assert (exists(mara), exists(sam)) == (True, False)


def test_the_page_costs_as_much_with_one_order_as_with_three(as_mara, ines, django_assert_max_num_queries):
    for _order in range(3):
        OrderFactory(customer=ines)
        as_mara.get(page(ines))
        with django_assert_max_num_queries(35):
            as_mara.get(page(ines))
