"""Adding a customer: the same form, empty."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from customers.models import Customer
from customers.record.page_form import CustomerPage
from tests.factories import CustomerFactory
from tests.shown_page import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/backoffice/customers/add/"
NOOR = {
    "first_name": "Noor", "last_name": "Bakker", "email": "Noor@Post.example", "customer_type": "private",
    "billing__country": "NL", "billing__street": "Oudegracht", "billing__house_number": "1",
    "billing__postcode": "3511aw", "billing__city": "Utrecht",
}  # fmt: skip


def add(browser, **typed):
    return browser.post(URL, filled(browser.get(URL), "customer-form", **typed))


def test_strangers_are_sent_to_sign_in(client, store):
    assert client.get(URL).url == f"{reverse('staff_sign_in')}?next={URL}"


def test_shoppers_see_nothing_there(client, otto, store):
    client.force_login(otto)
    assert client.post(URL, {"email": "noor@post.example"}).status_code == 404


def test_who_only_looks_may_not_add(client, rosa, store):
    client.force_login(rosa)
    assert (client.get(URL).status_code, client.post(URL, {}).status_code) == (403, 403)


def test_the_form_is_empty_but_for_country_and_language(as_mara):
    shown = filled(as_mara.get(URL), "customer-form")
    entered = {name: value for name, value in shown.items() if value and not name.startswith(("initial-", "csrf"))}
    assert entered == {
        "language": "en", "gender": "unspecified", "customer_type": "private",
        "billing-country": "NL", "shipping-country": "NL",
    }  # fmt: skip


def test_adding_makes_a_guest_and_leads_to_the_overview(as_mara, mara):
    response = add(as_mara, **NOOR)
    noor = Customer.objects.get(email="noor@post.example")
    assert response.url == f"/backoffice/customers/{noor.pk}/"
    assert (noor.status.label, noor.origin, noor.has_usable_password()) == ("Guest", "merchant", False)
    assert [address.postcode for address in noor.addresses.all()] == ["3511 AW"]
    assert list(noor.history.filter(field="created").values_list("actor", flat=True)) == [mara.pk]


def test_a_script_that_sends_only_the_fields_is_understood(as_mara):
    fields = {name.replace("__", "-"): value for name, value in NOOR.items()}
    assert as_mara.post(URL, {**fields, "awaiting_approval": "on", "marketing_consent": "on"}).status_code == 302
    noor = Customer.objects.get(email="noor@post.example")
    assert (noor.access, noor.marketing_consent, noor.consents.count()) == ("awaiting", True, 1)


def test_an_email_alone_is_enough(as_mara):
    assert add(as_mara, email="noor@post.example").status_code == 302
    assert Customer.objects.get(email="noor@post.example").addresses.count() == 0


def test_without_an_email_nothing_is_added_and_everything_stays(as_mara):
    response = add(as_mara, **NOOR | {"email": ""})
    assert "<title>Error: Add a customer" in response.content.decode()
    assert filled(response, "customer-form")["billing-street"] == "Oudegracht"
    assert Customer.objects.shoppers().count() == 0


def test_an_address_that_is_taken_is_refused(as_mara, ines):
    response = add(as_mara, **NOOR | {"email": "INES@vandermeulen.example"})
    assert errors(response) == {"email": "Another customer has this email address."}


def test_two_who_add_the_same_address_at_once_make_one_customer(mara, store):
    data = QueryDict(mutable=True)
    data.update({"email": "noor@post.example", "customer_type": "private"})
    page = CustomerPage(data, customer=Customer(), editor=mara)
    assert page.is_valid()
    CustomerFactory(email="noor@post.example")
    assert (page.save(), page.customer_form.errors) == (False, {"email": ["Another customer has this email address."]})
