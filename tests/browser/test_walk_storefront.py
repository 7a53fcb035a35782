"""Rows B1 to B15 of the specification, each walked in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Customer
from orders.handling.shipping import ship
from shopadmin.models import Mail
from tests.browser.walking import (
    code_in,
    enter_details,
    fill,
    fill_address,
    finish_order,
    last_mail,
    order_as_guest,
    put_in_cart,
    sign_in,
)
from tests.factories import PASSWORD, DeliveryMethodFactory, OrderFactory, ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "a sentence of my own making"


@pytest.fixture
def product(store):
    DeliveryMethodFactory()
    return ProductFactory(name="Teapot with cane handle")


@pytest.fixture
def shopper(walk, ines):
    """A browser in which Ines signed in by hand."""
    page = walk()
    sign_in(page, ines)
    expect(page).to_have_url(re.compile("/account/orders/$"))
    return page


@pytest.fixture
def office(walk, mara):
    page = walk()
    sign_in(page, mara, "/backoffice/sign-in/")
    return page


def save(page):
    page.locator("main").get_by_role("button", name="Save", exact=True).click()


def test_b1_an_icon_on_every_page_leads_to_signing_in_and_then_to_the_account(walk, ines, product, accessible):
    page = walk()
    for path in ("/", product.get_absolute_url(), "/cart/", "/privacy/"):
        page.goto(path)
        page.get_by_role("banner").get_by_role("link", name="Sign in or create account").click()
        expect(page).to_have_url(re.compile("/account/sign-in/"))
    accessible(page)
    sign_in(page, ines)
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="My account").click()
    expect(page).to_have_url(re.compile("/account/orders/$"))


def test_b2_a_checkbox_in_the_checkout_creates_an_account_that_opens_with_a_code(walk, product, accessible):
    page = walk()
    put_in_cart(page, product)
    enter_details(page, "bram@postvak.example")
    expect(page.locator("[name=password1]")).to_be_hidden()
    page.locator("[name=create_account]").check()
    fill(page, password1=NEW)
    number = finish_order(page)
    accessible(page)
    assert Customer.objects.get(email="bram@postvak.example").is_registered
    fill(page, code=code_in(last_mail("bram@postvak.example", "confirm_address")))
    page.locator("form", has=page.locator("[name=code]")).get_by_role("button").first.click()
    page.goto("/account/orders/")
    expect(page.get_by_text(f"Order {number}")).to_be_visible()


def test_b2_without_the_checkbox_nothing_is_created_to_sign_in_with(walk, product):
    order_as_guest(walk(), product, "bram@postvak.example")
    assert not Customer.objects.get(email="bram@postvak.example").is_registered


def test_b3_a_new_account_is_registered_and_a_guest_order_makes_a_guest(walk, office, product):
    page = walk()
    page.goto("/account/sign-up/")
    fill(page, first_name="Sanne", last_name="de Boer", email="sanne@post.example", password1=NEW)
    page.locator("main").get_by_role("button", name="Create account").click()
    order_as_guest(walk(), product, "bram@postvak.example")
    office.goto("/backoffice/customers/")
    expect(office.get_by_role("row", name=re.compile("Sanne de Boer")).locator(".badge")).to_have_text("Registered")
    expect(office.get_by_role("row", name=re.compile("Bram Hoekstra")).locator(".badge")).to_have_text("Guest")
    office.goto("/backoffice/customers/?status=guest")
    expect(office.get_by_role("row", name=re.compile("Sanne"))).to_have_count(0)


def test_b4_the_account_has_two_areas(shopper, accessible):
    areas = shopper.get_by_role("navigation", name="Your account").get_by_role("link")
    assert areas.all_inner_texts()[:2] == ["Orders", "Account"]
    areas.nth(1).click()
    expect(shopper).to_have_url(re.compile("/account/$"))
    accessible(shopper)


def test_b5_the_shopper_sees_every_order_of_theirs_and_nobody_elses(shopper, ines, otto, accessible):
    mine, other = OrderFactory(customer=ines), OrderFactory(customer=otto)
    shopper.reload()
    expect(shopper.locator(".order-card")).to_have_count(1)
    shopper.get_by_role("link", name=f"Order {mine.number}").first.click()
    expect(shopper.locator("main")).to_contain_text("Stacking mug")
    expect(shopper.locator("main")).to_contain_text("37.95")
    accessible(shopper)
    assert shopper.goto(f"/account/orders/{other.number}/").status == 404


def test_b6_invoices_credit_notes_and_tracking_stand_on_an_order_that_has_them(shopper, ines, mara):
    from orders.documents.issue import issue_credit_note, issue_invoice

    order, bare = OrderFactory(customer=ines), OrderFactory(customer=ines)
    everything = {line: line.quantity for line in order.lines.all()}
    ship(order, quantities=everything, carrier="dhl", tracking_number="00340", by=mara)
    issue_credit_note(issue_invoice(order, by=mara), by=mara)
    shopper.goto(f"/account/orders/{order.number}/")
    expect(shopper.locator("main a[href*='tracking-id=00340']").first).to_be_visible()
    links = shopper.locator("main").get_by_role("link", name=re.compile("Invoice|Credit note"))
    documents = [link.get_attribute("href") for link in links.all()]
    assert len(documents) == 2
    for href in documents:
        assert shopper.request.get(href).body()[:5] == b"%PDF-"
    shopper.goto(f"/account/orders/{bare.number}/")
    expect(links).to_have_count(0)


def test_b7_the_shopper_changes_their_data_and_the_next_checkout_is_filled_in(shopper, ines, product, accessible):
    shopper.goto("/account/edit/name/")
    fill(shopper, first_name="Inez")
    save(shopper)
    shopper.goto("/account/edit/phone/")
    fill(shopper, phone="+31 30 231 4567")
    save(shopper)
    shopper.goto("/account/edit/billing/")
    fill_address(shopper)
    save(shopper)
    expect(shopper.locator("main")).to_contain_text("Nieuwe Kerkhof 27")
    put_in_cart(shopper, product)
    shopper.goto("/checkout/")
    expect(shopper.locator("[name=first_name]")).to_have_value("Inez")
    expect(shopper.locator("[name=billing-street]")).to_have_value("Nieuwe Kerkhof")
    accessible(shopper)


def test_b7_a_new_address_counts_once_it_is_confirmed_from_that_mailbox(shopper, ines):
    shopper.goto("/account/email/")
    if "reauthenticate" in shopper.url:
        fill(shopper, password=PASSWORD)
        shopper.locator("main").get_by_role("button").first.click()
    fill(shopper, email="new@post.example")
    shopper.locator("main form", has=shopper.locator("[name=email]")).get_by_role("button").first.click()
    assert Customer.objects.get(pk=ines.pk).email == ines.email
    fill(shopper, code=code_in(last_mail("new@post.example", "confirm_new_address")))
    shopper.locator("main form", has=shopper.locator("[name=code]")).get_by_role("button").first.click()
    expect(shopper.locator("body")).to_contain_text("new@post.example")
    assert Customer.objects.get(pk=ines.pk).email == "new@post.example"
    assert last_mail(ines.email).name == "email_changed"


def test_b8_the_shopper_deletes_the_account_only_with_proof(shopper, ines, accessible):
    shopper.goto("/account/delete/")
    accessible(shopper)
    fill(shopper, password="not the password at all")
    shopper.locator("main").get_by_role("button", name=re.compile("Delete")).click()
    assert Customer.objects.filter(pk=ines.pk).exists()
    fill(shopper, password=PASSWORD)
    shopper.locator("main").get_by_role("button", name=re.compile("Delete")).click()
    expect(shopper.get_by_role("heading", level=1)).to_be_visible()
    assert not Customer.objects.filter(pk=ines.pk).exists()


def test_b9_the_privacy_policy_is_linked_where_people_give_their_data(shopper, walk, product):
    shopper.goto("/account/")
    expect(shopper.locator("main").get_by_role("link", name="Privacy policy")).to_be_visible()
    stranger = walk()
    put_in_cart(stranger, product)
    for path in ("/", "/account/sign-up/", "/checkout/"):
        stranger.goto(path)
        expect(stranger.get_by_role("link", name=re.compile("privacy policy", re.I)).first).to_be_visible()


def test_b10_a_payment_shipment_and_cancellation_show_in_the_shoppers_orders_at_once(shopper, office, ines):
    order, other = OrderFactory(customer=ines), OrderFactory(customer=ines)
    office.goto(f"/backoffice/orders/{order.number}/payments/")
    office.locator("main").get_by_role("button").last.click()
    office.goto(f"/backoffice/orders/{order.number}/shipments/")
    fill(office, carrier="dhl", tracking_number="0034043")
    office.locator("main").get_by_role("button").last.click()
    office.goto(f"/backoffice/orders/{other.number}/cancellation/")
    fill(office, reason="Sold out")
    office.locator("main").get_by_role("button").last.click()
    shopper.goto("/account/orders/")
    for number, badges in ((order.number, ["Completed", "Paid"]), (other.number, ["Cancelled", "No payment due"])):
        card = shopper.locator(".order-card", has_text=f"Order {number}")
        assert card.locator(".badge").all_inner_texts() == badges


def test_b11_a_change_by_the_shopper_shows_in_the_backoffice_as_new(shopper, office, ines):
    shopper.goto("/account/edit/name/")
    fill(shopper, last_name="de Groot")
    save(shopper)
    office.goto(f"/backoffice/customers/{ines.pk}/")
    change = office.locator(".timeline .is-new").first
    expect(change).to_contain_text("van der Meulen")
    expect(change).to_contain_text("de Groot")
    office.get_by_role("button", name="Seen").click()
    expect(office.locator(".timeline .is-new")).to_have_count(0)


def test_b12_a_change_by_the_merchant_shows_in_the_account_at_once(shopper, office, ines, accessible):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    fill(office, last_name="de Groot")
    office.get_by_role("button", name="Save", exact=True).click()
    expect(office.locator(".timeline")).to_contain_text("de Groot")
    accessible(office)
    shopper.goto("/account/")
    expect(shopper.locator("main")).to_contain_text("Ines de Groot")


def test_b13_a_merchant_deletes_a_registered_customer(shopper, office, ines, accessible):
    office.goto(f"/backoffice/customers/{ines.pk}/delete/")
    accessible(office)
    office.get_by_role("button", name="Erase permanently").click()
    shopper.goto("/account/orders/")
    expect(shopper).to_have_url(re.compile("/account/sign-in/"))
    sign_in(shopper, ines)
    expect(shopper).to_have_url(re.compile("/account/sign-in/"))
    assert last_mail(ines.email).name == "account_deleted_by_shop"


def test_b14_a_shopper_deletes_the_account_and_the_merchant_is_told(shopper, office, ines):
    order = OrderFactory(customer=ines)
    shopper.goto("/account/delete/")
    fill(shopper, password=PASSWORD)
    shopper.locator("main").get_by_role("button", name=re.compile("Delete")).click()
    expect(shopper.get_by_role("banner").get_by_role("link", name="Sign in or create account")).to_be_visible()
    assert Mail.objects.filter(to="merchant@shop.example", name="account_deleted_by_shopper").exists()
    office.goto("/backoffice/customers/?q=meulen")
    expect(office.get_by_role("row", name=re.compile("Meulen"))).to_have_count(0)
    assert office.goto(f"/backoffice/orders/{order.number}/").status == 200


def test_b15_without_accounts_nobody_stays_signed_in(shopper, office):
    office.goto("/backoffice/settings/accounts/")
    office.locator("[name=accounts_enabled]").uncheck()
    office.get_by_role("button", name="Save", exact=True).click()
    shopper.goto("/account/orders/")
    expect(shopper.get_by_role("heading", level=1)).not_to_have_text("Orders")
    expect(shopper.get_by_role("banner").get_by_role("link", name="My account")).to_have_count(0)


def test_b15_without_accounts_ordering_goes_on_as_a_guest(walk, office, product, ines):
    office.goto("/backoffice/settings/accounts/")
    office.locator("[name=accounts_enabled]").uncheck()
    office.get_by_role("button", name="Save", exact=True).click()
    page = walk()
    page.goto("/")
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in or create account")).to_have_count(0)
    assert page.goto("/account/sign-in/").status == page.goto("/account/sign-up/").status == 404
    put_in_cart(page, product)
    enter_details(page, "bram@postvak.example")
    expect(page.locator("[name=create_account]")).to_have_count(0)
    finish_order(page)
    office.goto(f"/backoffice/customers/{ines.pk}/password-link/")
    expect(office.locator("main")).to_contain_text("off")
    assert not Mail.objects.filter(to=ines.email, name="password_link").exists()
