"""Editing a customer: the one form of person, company and addresses."""

import pytest
from django.urls import reverse
from django.utils import timezone

from customers.models import Customer
from shopadmin.models import StoreSettings
from tests.factories import AddressFactory, CustomerFactory
from tests.shown_page import errors, filled, html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def url_of(customer):
    return f"/backoffice/customers/{customer.pk}/edit/"


def save(browser, customer, **typed):
    """Open the form, type, press Save."""
    url = url_of(customer)
    return browser.post(url, filled(browser.get(url), "customer-form", **typed))


def changes(customer):
    rows = customer.history.filter(source="backoffice").order_by("id")
    return [(row.field, row.old, row.new) for row in rows]


def test_strangers_are_sent_to_sign_in(client, ines, store):
    assert client.get(url_of(ines)).url == f"{reverse('staff_sign_in')}?next={url_of(ines)}"


def test_shoppers_see_nothing_there(client, otto, ines, store):
    client.force_login(otto)
    assert client.get(url_of(ines)).status_code == 404
    assert client.post(url_of(ines), {"first_name": "Otto"}).status_code == 404


def test_who_only_looks_may_not_edit(client, rosa, ines, store):
    client.force_login(rosa)
    assert client.post(url_of(ines), {"email": ines.email}).status_code == 403


@pytest.mark.parametrize("number", ["1", "999999999999999999999"])
def test_nobody_with_that_number_is_not_found(as_mara, number):
    assert as_mara.get(f"/backoffice/customers/{number}/edit/").status_code == 404


def test_shows_everything_filled_in(as_mara, ines):
    shown = filled(as_mara.get(url_of(ines)), "customer-form")
    assert (shown["first_name"], shown["email"], shown["language"]) == ("Ines", "ines@vandermeulen.example", "nl")
    assert (shown["billing-street"], shown["billing-country"], shown["customer_type"]) == (
        "Oudegracht",
        "NL",
        "private",
    )


def test_saving_leads_to_the_overview_and_writes_what_changed(as_mara, ines, mara):
    response = save(as_mara, ines, mobile="06 12345678", billing__house_number="118 bis", notes="Ring\r\ntwice")
    assert response.url == f"/backoffice/customers/{ines.pk}/"
    assert changes(ines) == [
        ("mobile", "", "+31612345678"),
        ("notes", "", "Ring\ntwice"),
        ("billing.house_number", "118", "118 bis"),
    ]
    assert set(ines.history.filter(source="backoffice").values_list("actor_kind", "actor", "seen")) == {
        ("merchant", mara.pk, True)
    }


def test_saving_untouched_writes_nothing(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(notes="one\ntwo", birth_date="1986-05-04", phone="+31302314567")
    save(as_mara, ines)
    assert changes(ines) == []


def test_what_is_wrong_comes_back_with_everything_typed(as_mara, ines):
    response = save(as_mara, ines, email="ines@nowhere", first_name="Inez", billing__postcode="12", billing__city="")
    assert errors(response) == {
        "email": "Enter a valid email address.",
        "billing-postcode": "Enter a valid postcode for this country (Netherlands), for example 1234 AB.",
        "billing-city": "Required for addresses in this country (Netherlands).",
    }
    page = response.content.decode()
    assert "<title>Error: Edit Ines van der Meulen" in page
    assert 'id="errors" data-focus' in page
    assert '<a href="#id_billing-postcode">Billing address, Postcode: ' in page
    assert filled(response, "customer-form")["first_name"] == "Inez"
    assert changes(ines) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", "x" * 10_000),
        ("birth_date", "2986-05-04"),
        ("birth_date", "1086-05-04"),
        ("birth_date", "yesterday"),
        ("gender", "x" * 9000),
        ("language", "tlh"),
        ("customer_type", "robot"),
        ("phone", "1" * 9000),
        ("notes", "x" * 10_001),
        ("email", "x" * 300 + "@post.example"),
        ("vat_number", "N" * 30),
        ("shipping-country", "XX"),
    ],
)
def test_nonsense_is_answered_at_its_field(as_mara, ines, field, value):
    AddressFactory(customer=ines, kind="shipping")
    response = save(as_mara, ines, **{field.replace("-", "__"): value})
    assert list(errors(response)) == [field]
    assert changes(ines) == []


def test_a_nul_byte_is_refused(as_mara, ines):
    assert save(as_mara, ines, first_name="I\0nes").status_code == 400


def test_an_address_of_somebody_else_is_refused_with_a_link_to_them(as_mara, ines, gus):
    response = save(as_mara, ines, email=" GUS@post.example ")
    assert errors(response) == {"email": "Another customer has this email address."}
    assert f'<a href="/backoffice/customers/{gus.pk}/">Gus Gast</a>' in response.content.decode()


def test_a_customer_without_name_or_address_can_be_saved(as_mara, store):
    nameless = CustomerFactory(first_name="", last_name="", language="")
    save(as_mara, nameless, phone="030 2314567")
    assert changes(nameless) == [("phone", "", "+31302314567")]


def test_switching_type_back_keeps_the_company(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(
        customer_type="business", company_name="Atelier", vat_number="NL004495445B01"
    )
    save(as_mara, ines, customer_type="private")
    save(as_mara, ines, customer_type="business")
    ines.refresh_from_db()
    assert (ines.customer_type, ines.company_name, ines.vat_number) == ("business", "Atelier", "NL004495445B01")


def test_switching_shipping_off_keeps_what_was_typed_there(as_mara, ines):
    save(as_mara, ines, ship_elsewhere=None, shipping__street="Nieuwegracht", shipping__postcode="half")
    assert ines.addresses.get(kind="shipping").street == "Nieuwegracht"


def test_a_different_shipping_address_is_needed_whole(as_mara, ines):
    response = save(as_mara, ines, ship_elsewhere="on", shipping__street="Nieuwegracht")
    assert set(errors(response)) == {"shipping-house_number", "shipping-postcode", "shipping-city"}


def test_consent_is_kept_with_its_proof(as_mara, ines, mara):
    save(as_mara, ines, marketing_consent="on")
    save(as_mara, ines, marketing_consent=None)
    rows = [(row.given, row.text, row.source, row.by) for row in ines.consents.order_by("id")]
    text = "Agrees to receive marketing emails"
    assert rows == [(True, text, "backoffice", mara), (False, text, "backoffice", mara)]


def test_turning_awaiting_approval_on_shuts_the_door_and_off_opens_it(as_mara, ines):
    save(as_mara, ines, awaiting_approval="on")
    assert Customer.objects.get(pk=ines.pk).access == "awaiting"
    save(as_mara, ines, awaiting_approval=None)
    assert Customer.objects.get(pk=ines.pk).access == "open"


def test_while_accounts_are_off_nobody_is_let_in(as_mara, ines, store):
    Customer.objects.filter(pk=ines.pk).update(access="awaiting")
    StoreSettings.objects.update(accounts_enabled=False)
    response = save(as_mara, ines, awaiting_approval=None)
    page = as_mara.get(response.url).content.decode()
    assert "switched off in the settings, so the customer was not approved or notified." in page
    assert Customer.objects.get(pk=ines.pk).access == "awaiting"


def test_a_language_switched_off_stays_on_those_who_have_it(as_mara, ines, gus):
    Customer.objects.filter(pk=ines.pk).update(language="fr")
    languages = {
        person: html_of(as_mara.get(url_of(person))).get_element_by_id("id_language") for person in (ines, gus)
    }
    offered = {person: [text_of(option) for option in select] for person, select in languages.items()}
    assert offered == {
        ines: ["English", "Dutch", "German", "French (switched off in the settings)"],
        gus: ["English", "Dutch", "German"],
    }


def test_a_number_that_looks_wrong_asks_and_is_kept_when_confirmed(as_mara, ines):
    typed = {"customer_type": "business", "vat_number": "DE12345678", "first_name": "Inez"}
    response = save(as_mara, ines, **typed)
    page = response.content.decode()
    assert (filled(response, "customer-form")["first_name"], changes(ines)) == ("Inez", [])
    assert 'class="message is-warn" id="id_vat_number-message"' in page
    as_mara.post(url_of(ines), filled(response, "customer-form", vat_number_confirmed="on"))
    ines.refresh_from_db()
    assert (ines.vat_number, ines.confirmed_numbers) == ("DE12345678", {"vat_number": "DE12345678"})


def test_a_confirmed_number_is_not_asked_for_again_but_another_one_is(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(
        customer_type="business", coc_number="123", confirmed_numbers={"coc_number": "123"}
    )
    assert save(as_mara, ines, first_name="Inez").status_code == 302
    assert save(as_mara, ines, coc_number="1234").status_code == 200


def test_a_number_that_could_be_a_citizens_says_why_it_asks(as_mara, ines):
    page = save(as_mara, ines, customer_type="business", company_number="111222333").content.decode()
    assert "citizen number (BSN), which a shop is not allowed to keep." in page
    assert 'name="company_number_confirmed"' in page


def test_hidden_company_numbers_are_not_doubted(as_mara, ines):
    assert save(as_mara, ines, customer_type="private", vat_number="DE12345678").status_code == 302


def test_support_edits_staff_who_shop_but_not_their_address(client, sam, mara, store):
    Customer.objects.filter(pk=mara.pk).update(orders_count=1)
    client.force_login(sam)
    save(client, mara, email="thief@post.example", last_name="de Wit")
    mara.refresh_from_db()
    assert (mara.email, mara.last_name) == ("mara@shop.example", "de Wit")


def test_support_cannot_shut_the_owner_out(client, sam, mara, store):
    Customer.objects.filter(pk=mara.pk).update(orders_count=1)
    client.force_login(sam)
    assert save(client, mara, awaiting_approval="on").status_code == 403
    assert Customer.objects.get(pk=mara.pk).access == "open"


def test_costs_few_queries_whatever_the_orders(as_mara, ines, django_assert_max_num_queries):
    AddressFactory(customer=ines, kind="shipping")
    Customer.objects.filter(pk=ines.pk).update(last_order_at=timezone.now(), orders_count=300)
    with django_assert_max_num_queries(8):
        as_mara.get(url_of(ines))


def test_kosovo_is_a_country_with_postcodes_of_its_own(as_mara, ines):
    place = {"billing__country": "XK", "billing__postcode": "XK-10000", "billing__city": "Prishtina"}
    response = save(as_mara, ines, **place, mobile="+38344123456")
    page = as_mara.get(response.url).content.decode()
    address = ines.addresses.get(kind="billing")
    assert (address.country, address.postcode, Customer.objects.get(pk=ines.pk).country) == ("XK", "10000", "XK")
    assert [words for words in ("Prishtina", "Kosovo", "+383 44 123 456") if words not in page] == []
    refused = save(as_mara, ines, billing__country="XK", billing__postcode="90000")
    assert list(errors(refused)) == ["billing-postcode"]
