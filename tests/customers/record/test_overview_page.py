"""The overview: who it is at a glance, what happened, and what can be done."""

import re

import pytest
from django.urls import reverse

from customers.history import acting
from customers.models import Customer
from tests.factories import AddressFactory, CustomerFactory, OrderFactory
from tests.shown_page import html_of, row_names, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def url_of(customer):
    return f"/backoffice/customers/{customer.pk}/"


def words_of(response):
    """What the page says, without its markup."""
    main = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_strangers_are_sent_to_sign_in(client, ines, store):
    assert client.get(url_of(ines)).url == f"{reverse('staff_sign_in')}?next={url_of(ines)}"


def test_shoppers_see_nothing_there_not_even_their_own(client, otto, ines, store):
    client.force_login(otto)
    assert [client.get(url_of(person)).status_code for person in (ines, otto)] == [404, 404]


def test_who_only_looks_sees_it_without_anything_to_press(client, rosa, ines, store):
    client.force_login(rosa)
    response = client.get(url_of(ines))
    assert "ines@ vandermeulen.example" in words_of(response)
    assert [
        word for word in ("/edit/", "send-password", "/delete/", "/blocking/") if word in str(response.content)
    ] == []


@pytest.mark.parametrize(("who", "widths"), [("sam", ["only-wide", "only-narrow"]), ("rosa", [""])])
def test_the_account_can_be_looked_at_on_a_phone_too(client, request, ines, store, who, widths):
    client.force_login(request.getfixturevalue(who))
    forms = html_of(client.get(url_of(ines))).xpath(f"//form[@action='{url_of(ines)}look/']")
    assert [form.getparent().get("class", "") for form in forms] == widths


@pytest.mark.parametrize("number", ["0", "999999999999999999999"])
def test_nobody_with_that_number_is_not_found(as_mara, number):
    assert as_mara.get(f"/backoffice/customers/{number}/").status_code == 404


def test_staff_who_never_shopped_are_no_customers(as_mara, sam):
    assert as_mara.get(url_of(sam)).status_code == 404


def test_shows_figures_contact_address_and_remarks(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(
        orders_count=2, spent="75.90", mobile="+31612345678", birth_date="1986-05-04", notes="Ring twice."
    )
    words = words_of(as_mara.get(url_of(ines)))
    shown = [
        "Spent €75.90 Orders 2 Average order €37.95", "Mobile +31 6 12345678", "Language Dutch",
        "Date of birth 4 May 1986",
        "Ines van der Meulen Oudegracht 118 3511 AW Utrecht Netherlands", "Ring twice.", "Password set",
    ]  # fmt: skip
    assert [part for part in shown if part not in words] == []


def test_company_is_shown_for_business_customers_only(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(company_name="Atelier", coc_number="30274815")
    assert "Name Atelier KvK 30274815" not in words_of(as_mara.get(url_of(ines)))
    Customer.objects.filter(pk=ines.pk).update(customer_type="business")
    assert "Name Atelier KvK 30274815" in words_of(as_mara.get(url_of(ines)))


def test_a_different_shipping_address_is_shown_while_it_is_switched_on(as_mara, ines):
    AddressFactory(customer=ines, kind="shipping", street="Nieuwegracht")
    assert "Nieuwegracht" not in words_of(as_mara.get(url_of(ines))).partition("About")[0].partition("Timeline")[0]
    Customer.objects.filter(pk=ines.pk).update(ship_elsewhere=True)
    assert "Shipping address Edit shipping address Ines van der Meulen Nieuwegracht 118" in words_of(
        as_mara.get(url_of(ines))
    )


def test_shows_the_newest_orders_and_how_many_there_are(as_mara, ines, otto):
    for number in range(7):
        OrderFactory(customer=ines, number=f"W{number}")
    OrderFactory(customer=otto, number="W99")
    Customer.objects.filter(pk=ines.pk).update(orders_count=7)
    response = as_mara.get(url_of(ines))
    assert row_names(response) == ["W6", "W5", "W4", "W3", "W2"]
    assert "All 7" in words_of(response)


@pytest.mark.parametrize(
    "order",
    [
        {"payment_method": "bank_transfer"},
        {"payment_method": "bank_transfer", "withdrawal_waits": True},
        {"payment_method": "invoice"},
        {"payment_state": "paid", "paid": 38},
        {"shipping_state": "partly_shipped"},
        {"shipping_state": "shipped"},
        {"state": "completed"},
        {"state": "cancelled"},
    ],
)
def test_each_order_has_its_status_in_the_words_of_its_own_page(as_mara, ines, order):
    order = OrderFactory(customer=ines, **order)
    shown = table_rows(as_mara.get(url_of(ines)))[0]
    payments = " ".join(str(badge.label) for badge in order.payment_badges)
    assert shown[:3] == [order.number, str(order.badge.label), payments]


def test_consent_is_shown_with_its_proof(as_mara, ines, mara):
    with acting.merchant(mara):
        ines.set_marketing_consent(True, text="I would like the newsletter.", source="checkout", by=ines)
    words = words_of(as_mara.get(url_of(ines)))
    assert re.search(r"Agrees to marketing emails Given .+ by Ines van der Meulen, at checkout", words)
    assert "I would like the newsletter." in words


def test_remarks_and_notes_keep_their_paragraphs(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(notes="Rings twice.\n\nNever <before> nine.")
    ines.dated_notes.create(text="Called.\nNo answer.")
    page = as_mara.get(url_of(ines)).content.decode()
    assert "<p>Rings twice.</p>\n\n<p>Never &lt;before&gt; nine.</p>" in page
    assert "<p>Called.<br>No answer.</p>" in page


def test_a_nameless_guest_without_address_has_a_page(as_mara):
    guest = CustomerFactory(first_name="", last_name="", language="", email="guest@post.example")
    words = words_of(as_mara.get(url_of(guest)))
    assert "guest@post.example Guest" in words
    assert "No orders yet" in words


def test_what_was_typed_never_becomes_markup(as_mara, ines):
    evil = "<script>alert(1)</script>"
    with acting.shopper(ines):
        Customer.objects.filter(pk=ines.pk).update(first_name=evil, notes=evil, company_name=evil)
        ines.set_marketing_consent(True, text=evil, source=evil, by=ines)
    assert evil.encode() not in as_mara.get(url_of(ines)).content


@pytest.mark.parametrize("query", ["timeline=nonsense", "before=yesterday", "before=2026-99-99T00:00Z", "before="])
def test_nonsense_in_the_address_is_answered_with_the_page(as_mara, ines, query):
    assert as_mara.get(f"{url_of(ines)}?{query}").status_code == 200


def test_more_orders_cost_no_query_more(as_mara, ines, django_assert_max_num_queries, django_assert_num_queries):
    OrderFactory(customer=ines)
    with django_assert_max_num_queries(8) as first:
        as_mara.get(url_of(ines))
    for _ in range(2):
        OrderFactory(customer=ines)
    with django_assert_num_queries(len(first)):
        as_mara.get(url_of(ines))
