"""Likely duplicates: warned of while typing, shown on the overview, listed with the reason, dismissed for good."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from customers.duplicates.pairs import find_duplicates
from customers.merging.merge import merge
from customers.models import Customer, Duplicate
from tests.customers.duplicates.pairs_page import pairs_shown
from tests.customers.merging.test_merge_page import said
from tests.customers.record.test_add_page import NOOR
from tests.factories import AddressFactory, CustomerFactory
from tests.shown_page import filled, page_link

pytestmark = pytest.mark.django_db
LIST, CHECK, DISMISS = (f"/backoffice/customers/duplicates/{part}" for part in ("", "check/", "dismiss/"))


@pytest.fixture
def inez(ines):
    """The record that Ines made by ordering as a guest, with another address of hers."""
    Customer.objects.filter(pk=ines.pk).update(mobile="+31612345678", vat_number="NL123456782B90")
    return CustomerFactory(email="inez@post.example", first_name="Inez", last_name="Meulen", phone="+31612345678")


def check(browser, **typed):
    typed = {name.replace("__", "-"): value for name, value in typed.items()}
    return browser.get(CHECK, typed, headers={"HX-Request": "true"}).content.decode()


def pairs():
    return list(Duplicate.objects.open().order_by("pk").values_list("first", "second"))


def open_to(browser):
    return [browser.get(LIST).status_code, browser.get(CHECK).status_code, browser.post(DISMISS).status_code]


def test_who_may_enter(client, otto, sam, rosa, store):
    assert client.get(LIST).url == f"{reverse('staff_sign_in')}?next={LIST}"
    answers = {}
    for person in (otto, rosa, sam):
        client.force_login(person)
        answers[person.first_name] = open_to(client)
    assert answers == {"Otto": [404, 404, 404], "Rosa": [200, 403, 403], "Sam": [200, 200, 403]}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"phone": "06 12345678"}, "Same phone number: +31 6 12345678"),
        ({"mobile": "+31 (0)6 12345678"}, "Same phone number: +31 6 12345678"),
        ({"vat_number": "nl 1234.56.782.B90", "billing__country": "NL"}, "Same VAT number: NL123456782B90"),
        ({"last_name": "Van der MÉULEN", "billing__postcode": "3511aw"}, "Same name and postcode"),
        ({"first_name": "I.", "last_name": "van der Meulen", "billing__postcode": "3511 AW"}, "Same name and postcode"),
    ],
)
def test_typing_what_somebody_has_names_them_and_says_why(as_mara, ines, otto, typed, reason):
    Customer.objects.filter(pk=ines.pk).update(mobile="+31612345678", vat_number="NL123456782B90")
    part = check(as_mara, **typed)
    assert f'<a href="/backoffice/customers/{ines.pk}/">Ines van der Meulen</a>' in part
    assert (reason in part, "<h1" in part, "Otto" in part) == (True, False, False)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"phone": ""},
        {"phone": "x\0" * 500, "last_name": "'%_\\", "billing__postcode": "%", "customer": "-1", "vat_number": "²"},
        {"first_name": "Jan", "last_name": "van der Meulen", "billing__postcode": "3511 AW"},
        {"last_name": "van der Meulen", "billing__postcode": "3511 AX"},
        {"last_name": "Meulen", "billing__postcode": "3511 AW"},
        {"phone": "0612345678", "billing__country": "zz", "vat_number": "NL"},
    ],
)
def test_typing_something_else_names_nobody(as_mara, ines, typed):
    typed = {name: value.replace("\0", "") for name, value in typed.items()}
    assert check(as_mara, **typed).strip() == ""


def test_nobody_resembles_themselves_and_whoever_merges_gets_a_link(client, as_mara, sam, ines, inez):
    part = check(as_mara, phone="0612345678", customer=str(inez.pk))
    assert f'href="/backoffice/customers/{inez.pk}/merge/?with={ines.pk}"' in part
    assert f"/customers/{inez.pk}/</a>" not in part
    client.force_login(sam)
    part = check(client, phone="0612345678", customer=str(inez.pk))
    assert ("Ines van der Meulen" in part, "/merge/" in part) == (True, False)


def test_a_form_that_comes_back_names_them_too(as_mara, ines):
    url = "/backoffice/customers/add/"
    AddressFactory(customer=CustomerFactory(first_name="Noor", last_name="Bakker"))
    response = as_mara.post(
        url, filled(as_mara.get(url), "customer-form", **NOOR | {"email": "x", "billing__postcode": "3511aw"})
    )
    assert response.status_code == 200
    assert "This customer may already exist" in response.content.decode()


def test_without_scripts_the_overview_names_them_after_saving(as_mara, ines):
    url = "/backoffice/customers/add/"
    Customer.objects.filter(pk=ines.pk).update(phone="+31612345678")
    response = as_mara.post(url, filled(as_mara.get(url), "customer-form", **NOOR, phone="06-12345678"))
    page = as_mara.get(response.url).content.decode()
    noor = Customer.objects.get(email="noor@post.example")
    assert f'href="/backoffice/customers/{noor.pk}/merge/?with={ines.pk}"' in page
    assert (
        f'href="/backoffice/customers/{ines.pk}/merge/?with={noor.pk}"'
        in as_mara.get(ines.get_absolute_url()).content.decode()
    )


def test_the_worker_finds_pairs_by_phone_vat_number_and_name(ines, inez, otto):
    company = CustomerFactory(vat_number="NL123456782B90")
    muller, mueller = (
        CustomerFactory(first_name="Zoë", last_name=name, email=f"{name}@post.example") for name in ("Müller", "MULLER")
    )
    for customer in (muller, mueller):
        AddressFactory(customer=customer, postcode="1012 AB")
    find_duplicates()
    assert pairs() == [(ines.pk, inez.pk), (ines.pk, company.pk), (muller.pk, mueller.pk)]
    find_duplicates()
    assert len(pairs()) == 3


def test_the_worker_does_so_once_an_hour_by_itself(ines, inez):
    call_command("worker", "--once")
    assert pairs() == [(ines.pk, inez.pk)]


def test_within_a_day_the_worker_looks_at_what_changed_alone(ines, inez, otto, monkeypatch):
    call_command("worker", "--once")
    monkeypatch.setattr("customers.duplicates.pairs.find_duplicates", None)
    Customer.objects.filter(pk=inez.pk).update(phone="+31302345678")
    first, second = CustomerFactory.create_batch(2, phone="+31302345678")
    call_command("worker", "--once")
    assert pairs() == [(inez.pk, first.pk), (first.pk, second.pk)]


def test_once_a_day_or_after_many_changes_it_looks_at_all(ines, inez, monkeypatch):
    looked = []
    monkeypatch.setattr("customers.duplicates.pairs.find_duplicates", lambda: looked.append(1))
    call_command("worker", "--once")
    call_command("worker", "--once")
    assert len(looked) == 1
    monkeypatch.setattr("customers.duplicates.pairs.MOST_CHANGED", 1)
    CustomerFactory.create_batch(2)
    call_command("worker", "--once")
    monkeypatch.setattr("customers.duplicates.pairs.ALL_EVERY", timedelta(0))
    call_command("worker", "--once")
    assert len(looked) == 3


def test_a_pair_that_is_alike_no_more_goes(ines, inez):
    find_duplicates()
    Customer.objects.filter(pk=inez.pk).update(phone="+31302345678")
    find_duplicates()
    assert pairs() == []


def test_three_alike_are_two_pairs_and_a_switchboard_is_none(ines, inez):
    third = CustomerFactory(mobile="+31612345678")
    CustomerFactory.create_batch(21, phone="+31201234567")
    find_duplicates()
    assert pairs() == [(ines.pk, inez.pk), (inez.pk, third.pk)]


def test_merged_records_and_staff_are_not_offered(ines, inez, sam):
    Customer.objects.filter(pk=inez.pk).update(merged_into=ines)
    Customer.objects.filter(pk=sam.pk).update(phone="+31612345678", orders_count=1)
    find_duplicates()
    assert pairs() == []


def test_the_list_says_why_and_leads_to_the_merge(as_mara, ines, inez):
    find_duplicates()
    page = as_mara.get(LIST).content.decode()
    assert "Same phone number: +31 6 12345678" in page
    assert f'href="/backoffice/customers/{ines.pk}/merge/?with={inez.pk}"' in page


def test_look_alikes_and_merges_cost_the_overview_no_query(
    as_mara, ines, inez, gus, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(8) as alone:
        as_mara.get(ines.get_absolute_url())
    find_duplicates()
    merge(ines, gus, choices={}, by=None)
    with django_assert_num_queries(len(alone)):
        page = as_mara.get(ines.get_absolute_url()).content.decode()
    assert ("Same phone number: +31 6 12345678" in page, "Merged customers" in page) == (True, True)


def test_two_people_stay_two(as_mara, mara, ines, inez):
    find_duplicates()
    response = as_mara.post(DISMISS, {"first": inez.pk, "second": ines.pk})
    assert said(response) == ["Marked as not duplicates. This pair will not be suggested again."]
    find_duplicates()
    assert (pairs(), Duplicate.objects.get().dismissed_by) == ([], mara)
    assert check(as_mara, phone="0612345678", customer=str(ines.pk)).strip() == ""
    assert "No duplicates found" in as_mara.get(LIST).content.decode()


@pytest.mark.parametrize("sent", [{}, {"first": "x", "second": "0"}, {"first": "1" * 30, "second": "²"}])
def test_nonsense_is_answered(as_mara, sent):
    assert said(as_mara.post(DISMISS, sent)) == ["One of the two customers no longer exists."]


def test_the_newest_pairs_come_first_page_by_page(as_mara):
    for number in range(26):
        CustomerFactory.create_batch(2, phone=f"+316123456{number:02}")
    find_duplicates()
    first = as_mara.get(LIST)
    second = as_mara.get(LIST + page_link(first, "next"))
    assert pairs_shown(first) + pairs_shown(second) == sorted(pairs(), reverse=True)
    assert len(pairs_shown(first)) == 25


def test_more_pairs_cost_no_query_more(as_mara, ines, inez, django_assert_max_num_queries, django_assert_num_queries):
    find_duplicates()
    with django_assert_max_num_queries(8) as first:
        as_mara.get(LIST)
    CustomerFactory.create_batch(2, phone="+31201234567")
    find_duplicates()
    with django_assert_num_queries(len(first)):
        as_mara.get(LIST)
