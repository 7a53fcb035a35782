"""Rows A1 to A14 of the specification, each walked in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Customer
from shopadmin.models import Mail
from tests.browser.walking import (
    fill,
    fill_address,
    last_mail,
    order_as_guest,
    set_password,
    sign_in,
)
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(walk, mara):
    """A browser in which the owner signed in by hand."""
    page = walk()
    sign_in(page, mara, "/backoffice/sign-in/")
    expect(page).to_have_url(re.compile("/backoffice/$"))
    return page


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a1_the_menu_leads_to_the_list_of_customers(office, ines, accessible):
    office.get_by_role("navigation", name="Backoffice").get_by_role("link", name="Customers").click()
    heading(office, "Customers")
    expect(office.get_by_role("row", name=re.compile("Ines van der Meulen"))).to_be_visible()
    accessible(office)


def test_a2_adding_opens_an_empty_form_and_choosing_opens_a_filled_one(office, ines, accessible):
    office.goto("/backoffice/customers/")
    office.get_by_role("link", name="Add a customer").click()
    expect(office.locator("[name=first_name]")).to_have_value("")
    office.goto("/backoffice/customers/")
    office.get_by_role("link", name="Ines van der Meulen").click()
    office.get_by_role("link", name="Edit", exact=True).first.click()
    expect(office.locator("[name=first_name]")).to_have_value("Ines")
    expect(office.locator("[name=billing-street]")).to_have_value("Oudegracht")
    accessible(office)


def test_a3_who_awaits_approval_cannot_sign_in_until_it_is_switched_off(office, walk, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    fill(office, initials="I. M.", first_name="Inez", last_name="Meulen")
    office.locator("[name=awaiting_approval]").check()
    save(office)
    heading(office, "Inez Meulen")
    shopper = walk()
    sign_in(shopper, ines)
    assert "/account/orders/" not in shopper.url
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    office.locator("[name=awaiting_approval]").uncheck()
    save(office)
    assert last_mail(ines.email).name == "approved"
    sign_in(shopper, ines)
    expect(shopper).to_have_url(re.compile("/account/orders/$"))


def test_a4_contact_information_and_the_proof_of_consent_are_kept(office, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    fill(office, phone="030 231 4567", mobile="+31 6 12345678", gender="female", birth_date="1986-05-04")
    office.locator("[name=marketing_consent]").check()
    save(office)
    heading(office, "Ines van der Meulen")
    office.reload()
    expect(office.get_by_text("+31 6 12345678", exact=True)).to_be_visible()
    expect(office.get_by_text("4 May 1986", exact=True)).to_be_visible()
    consent = ines.consents.get()
    assert (consent.given, consent.by.first_name) == (True, "Mara")
    assert consent.text


def test_a5_the_languages_on_offer_are_those_of_the_settings(office, ines):
    Customer.objects.filter(pk=ines.pk).update(language="nl")
    office.goto("/backoffice/settings/country/")
    office.locator("[name=languages][value=nl]").uncheck()
    office.locator("[name=languages][value=fr]").check()
    save(office)
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    options = office.locator("[name=language] option").all_inner_texts()
    assert [option for option in options if "French" in option] == ["French"]
    assert [option for option in options if "Dutch" in option] == ["Dutch (switched off in the settings)"]
    office.goto("/backoffice/customers/add/")
    assert not [text for text in office.locator("[name=language] option").all_inner_texts() if "Dutch" in text]


def switch_type(page, to):
    page.locator(".segmented label", has_text=to).click()


def test_a6_the_type_is_private_or_business(office, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    expect(office.locator("[name=customer_type][value=private]")).to_be_checked()
    switch_type(office, "Business")
    fill(office, company_name="Keramiekatelier")
    save(office)
    heading(office, "Ines van der Meulen")
    office.goto("/backoffice/customers/?type=business")
    expect(office.get_by_role("row", name=re.compile("Keramiekatelier"))).to_be_visible()


def test_a7_company_information_shows_for_a_business_only_and_switching_loses_none(office, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    expect(office.locator("[name=company_name]")).to_be_hidden()
    switch_type(office, "Business")
    fill(office, company_name="Keramiekatelier", coc_number="30274815", vat_number="NL004495445B01")
    save(office)
    heading(office, "Ines van der Meulen")
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    switch_type(office, "Private")
    expect(office.locator("[name=company_name]")).to_be_hidden()
    save(office)
    heading(office, "Ines van der Meulen")
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    switch_type(office, "Business")
    expect(office.locator("[name=company_name]")).to_have_value("Keramiekatelier")
    expect(office.locator("[name=coc_number]")).to_have_value("30274815")


def test_a7_a_number_that_looks_wrong_is_a_warning_that_can_be_overridden(office, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    switch_type(office, "Business")
    fill(office, company_name="Keramiekatelier", coc_number="123")
    save(office)
    expect(office.locator(".message.is-warn")).to_contain_text("8 digits")
    office.get_by_label("Keep this number").check()
    save(office)
    heading(office, "Ines van der Meulen")
    assert Customer.objects.get(pk=ines.pk).coc_number == "123"


def test_a8_the_billing_address_has_nine_fields_checked_by_country(office, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    fill_address(office, country="DE", postcode="5390", city="Bad Münstereifel", addition="2. OG", line2="Remise")
    fill(office, billing_attention="Frau Dr. A.", billing_region="Nordrhein-Westfalen")
    save(office)
    expect(office.locator("[name=billing-postcode]")).to_have_attribute("aria-invalid", "true")
    fill(office, billing_postcode="53902")
    save(office)
    heading(office, "Ines van der Meulen")
    expect(office.get_by_text("53902 Bad Münstereifel")).to_be_visible()


def test_a9_a_different_shipping_address_shows_its_nine_fields_when_switched_on(office, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    expect(office.locator("[name=shipping-street]")).to_be_hidden()
    office.locator("[name=ship_elsewhere]").check()
    fill_address(office, "shipping", street="Magazijnstraat")
    save(office)
    heading(office, "Ines van der Meulen")
    expect(office.get_by_text("Magazijnstraat 27")).to_be_visible()


def test_a10_notes_are_seen_by_merchants_only(office, walk, ines):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    fill(office, notes="Rings twice before noon")
    save(office)
    expect(office.get_by_text("Rings twice before noon").first).to_be_visible()
    shopper = walk()
    sign_in(shopper, ines)
    for path in ("/account/", "/account/orders/"):
        shopper.goto(path)
        assert "Rings twice" not in shopper.content()


def test_a11_what_is_wrong_comes_back_with_every_entry_and_a_summary_in_focus(office, ines, accessible):
    office.goto(f"/backoffice/customers/{ines.pk}/edit/")
    fill(office, email="no-address", first_name="Inez")
    expect(office.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    save(office)
    expect(office).to_have_title(re.compile("^Error"))
    expect(office.locator("[name=first_name]")).to_have_value("Inez")
    expect(office.locator("[name=email]")).to_have_attribute("aria-invalid", "true")
    office.locator("#errors a[href='#id_email']").click()
    expect(office.locator("[name=email]")).to_be_focused()
    accessible(office)


def test_a12_a_password_link_asks_first_and_makes_a_guest_registered(office, walk, gus, accessible):
    office.goto(f"/backoffice/customers/{gus.pk}/")
    office.locator(".actions").get_by_text("Send password").locator("visible=true").click()
    accessible(office)
    office.get_by_text("Cancel", exact=True).first.click()
    assert not Mail.objects.filter(to=gus.email).exists()
    office.goto(f"/backoffice/customers/{gus.pk}/password-link/")
    office.get_by_role("button", name="Send a new password").last.click()
    set_password(walk(), last_mail(gus.email), "a sentence of my own making")
    office.reload()
    expect(office.locator(".page-head .badge")).to_have_text("Registered")


def test_a13_an_order_by_an_unknown_address_makes_a_customer(office, walk, store):
    DeliveryMethodFactory()
    number = order_as_guest(walk(), ProductFactory(), "bram.hoekstra@postvak.example")
    office.goto("/backoffice/customers/?q=hoekstra")
    office.get_by_role("link", name="Bram Hoekstra").click()
    expect(office.get_by_role("link", name=number).first).to_be_visible()


def test_a14_a_privacy_request_removes_a_customer_completely(office, walk, ines, accessible):
    OrderFactory(customer=ines)
    office.goto("/backoffice/privacy/add/")
    fill(office, email=ines.email)
    office.locator("main").get_by_role("button").last.click()
    office.goto("/backoffice/privacy/")
    with office.expect_navigation():
        office.locator("main tbody a").first.click()
    accessible(office)
    office.get_by_role("link", name="Carry out request: erase customer").click()
    office.get_by_role("button", name="Erase permanently").click()
    office.goto(f"/backoffice/customers/?q={ines.email}")
    expect(office.get_by_role("row", name=re.compile("Ines"))).to_have_count(0)
    assert office.goto(f"/backoffice/customers/{ines.pk}/").status == 404
    shopper = walk()
    sign_in(shopper, ines)
    assert "/account/orders/" not in shopper.url
