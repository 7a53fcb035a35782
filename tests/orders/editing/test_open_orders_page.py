"""Changing an address on the customer offers to change it on the open orders, too."""

from decimal import Decimal

import pytest

from customers.models import Customer
from orders.documents.issue import issue_invoice
from orders.handling.shipping import ship
from orders.models import Order
from shopadmin.models import Mail
from tests.factories import OrderFactory
from tests.shown_page import filled, form_with, html_of, link_called, sent_by, text_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def open_order(ines) -> Order:
    return OrderFactory(customer=ines, number="W1", channel="signed_in")


def page_of(customer: Customer) -> str:
    return f"/backoffice/customers/{customer.pk}/open-orders/"


def move(browser, customer: Customer, **typed: str):
    """Change the billing address in the form of the customer."""
    url = f"/backoffice/customers/{customer.pk}/edit/"
    return browser.post(url, filled(browser.get(url), "customer-form", **{"billing__street": "Nieuwegracht", **typed}))


def offered(page) -> dict[str, bool]:
    """The orders on the page, and whether each is ticked at first."""
    labels = html_of(page).xpath("//span[@class='choice']")
    return {text_of(label): bool(label.xpath("input[@checked]")) for label in labels}


def streets(*orders: Order) -> list[str]:
    return [order.addresses.get(kind="billing").street for order in orders]


def test_who_only_looks_changes_none(client, rosa, ines, open_order, store):
    client.force_login(rosa)
    assert {client.get(page_of(ines)).status_code, client.post(page_of(ines)).status_code} == {403}


def test_a_new_address_leads_to_the_open_orders_and_changes_those_ticked(as_mara, ines, open_order):
    other = OrderFactory(customer=ines, number="W2")
    assert move(as_mara, ines)["Location"] == page_of(ines)
    page = as_mara.get(page_of(ines))
    assert offered(page) == {"Order W1": True, "Order W2": True}
    value = next(value for value in filled(page, "order-form")["order"] if value.startswith(f"{open_order.pk}:"))
    assert as_mara.post(page_of(ines), {"order": [value]})["Location"] == f"/backoffice/customers/{ines.pk}/"
    assert streets(open_order, other) == ["Nieuwegracht", "Oudegracht"]
    assert "W1" in as_mara.get(f"/backoffice/orders/?q={ines.email}").content.decode()
    assert [mail.name for mail in Mail.objects.all()] == ["order_edited"]


def test_the_parcel_goes_to_the_new_place_and_the_shopper_is_told(as_mara, ines, open_order):
    move(as_mara, ines, ship_elsewhere="on", shipping__street="Kade", shipping__house_number="1",
         shipping__postcode="1011 AB", shipping__city="Amsterdam")  # fmt: skip
    as_mara.post(page_of(ines), filled(as_mara.get(page_of(ines)), "order-form"))
    assert open_order.addresses.get(kind="shipping").city == "Amsterdam"
    assert "Kade 1" in Mail.objects.get(name="order_edited").text


def test_what_was_shipped_or_invoiced_or_is_somebody_elses_is_not_offered(as_mara, ines, otto, open_order):
    shipped, invoiced = OrderFactory(customer=ines), OrderFactory(customer=ines)
    OrderFactory(customer=otto)
    ship(shipped, quantities={shipped.lines.get(): 1}, carrier="dhl")
    issue_invoice(invoiced)
    move(as_mara, ines)
    assert offered(as_mara.get(page_of(ines))) == {"Order W1": True}


def test_an_order_sent_as_a_gift_is_not_ticked_at_first(as_mara, ines, open_order):
    open_order.addresses.create(kind="shipping", country="NL", street="Kade", city="Amsterdam")
    move(as_mara, ines)
    assert offered(as_mara.get(page_of(ines))) == {"Order W1": False}


def test_a_new_country_shows_the_new_price(as_mara, ines, open_order):
    move(as_mara, ines, billing__country="CH", billing__postcode="8001", billing__city="Zürich")
    assert "€37.95 → €31.36" in text_of(html_of(as_mara.get(page_of(ines))).find(".//main"))
    as_mara.post(page_of(ines), filled(as_mara.get(page_of(ines)), "order-form"))
    open_order.refresh_from_db()
    assert open_order.total == Decimal("31.36")


def test_an_order_that_changed_since_is_shown_once_more(as_mara, ines, open_order):
    move(as_mara, ines)
    typed = filled(as_mara.get(page_of(ines)), "order-form")
    ship(open_order, quantities={open_order.lines.get(): 1}, carrier="dhl")
    answer = as_mara.post(page_of(ines), typed, follow=True)
    assert "has changed since you opened this page" in answer.content.decode()
    assert streets(open_order) == ["Oudegracht"]


def test_nobody_elses_order_can_be_sent_along(as_mara, ines, otto, open_order):
    others = OrderFactory(customer=otto)
    move(as_mara, ines)
    value = filled(as_mara.get(page_of(ines)), "order-form")["order"]
    as_mara.post(page_of(ines), {"order": [value.replace(f"{open_order.pk}:", f"{others.pk}:"), "nonsense"]})
    assert streets(others, open_order) == ["Oudegracht", "Oudegracht"]


def test_without_open_orders_or_another_address_saving_leads_to_the_customer(as_mara, ines, open_order):
    assert move(as_mara, ines, billing__street="Oudegracht", phone="+31302310000")["Location"].endswith(f"/{ines.pk}/")
    open_order.addresses.update(street="Nieuwegracht")
    assert move(as_mara, ines)["Location"] == f"/backoffice/customers/{ines.pk}/"


def test_a_shoppers_own_change_leads_there_from_the_overview(as_mara, client, ines, open_order):
    client.force_login(ines)
    url = "/account/edit/billing/"
    typed = sent_by(form_with(client.get(url), "billing-street"))
    assert client.post(url, typed | {"billing-street": "Nieuwegracht"}).status_code == 302
    client.force_login(Customer.objects.get(email="mara@shop.example"))
    page = client.get(f"/backoffice/customers/{ines.pk}/")
    assert link_called(page, "Change the address on open orders") == page_of(ines)


def test_the_page_takes_as_many_queries_with_three_orders_as_with_one(
    as_mara, ines, open_order, django_assert_max_num_queries
):
    move(as_mara, ines)
    as_mara.get(page_of(ines))
    for _more in range(2):
        with django_assert_max_num_queries(10):
            as_mara.get(page_of(ines))
        OrderFactory(customer=ines)
        OrderFactory(customer=ines)


def test_a_new_email_address_leads_there_and_changes_where_emails_go_alone(as_mara, ines, open_order):
    old = ines.email
    gift = OrderFactory(customer=ines, number="W2", email="mum@post.example")
    assert move(as_mara, ines, billing__street="Oudegracht", email="ines@new.example")["Location"] == page_of(ines)
    page = as_mara.get(page_of(ines))
    assert offered(page) == {"Order W1": True, "Order W2": False}
    as_mara.post(page_of(ines), filled(page, "order-form"))
    for order in (open_order, gift):
        order.refresh_from_db()
    assert (open_order.email, gift.email, open_order.customer) == ("ines@new.example", "mum@post.example", ines)
    mails = Mail.objects.filter(name__startswith="order_").values_list("name", "to")
    assert (list(mails), streets(open_order)) == ([("order_placed", "ines@new.example")], ["Oudegracht"])
    assert not Mail.objects.filter(name="order_placed", to=old).exists()


def test_both_are_offered_and_changed_together(as_mara, ines, open_order):
    move(as_mara, ines, email="ines@new.example")
    answer = as_mara.post(page_of(ines), filled(as_mara.get(page_of(ines)), "order-form"), follow=True)
    assert "1 order changed" in answer.content.decode()
    open_order.refresh_from_db()
    assert (open_order.email, streets(open_order)) == ("ines@new.example", ["Nieuwegracht"])
    to_shopper = Mail.objects.filter(name__in=["order_placed", "order_edited"]).order_by("pk")
    assert {mail.to for mail in to_shopper} == {"ines@new.example"}
