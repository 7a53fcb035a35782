"""Two people save the same customer: nothing is lost, field by field."""

import pytest

from customers.history import acting
from customers.models import Customer
from tests.shown_page import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(ines):
    return f"/backoffice/customers/{ines.pk}/edit/"


@pytest.fixture
def meanwhile(ines, sam):
    """Sam changes something after the form was opened."""

    def change(**fields):
        with acting.merchant(sam):
            Customer.objects.filter(pk=ines.pk).update(**fields)

    return change


def now(ines):
    return Customer.objects.get(pk=ines.pk)


def test_different_fields_are_both_kept(as_mara, ines, url, meanwhile):
    form = filled(as_mara.get(url), "customer-form", last_name="Jansen")
    meanwhile(first_name="Inez")
    assert as_mara.post(url, form).status_code == 302
    assert str(now(ines)) == "Inez Jansen"


def test_the_same_field_comes_back_with_both_values_and_who(as_mara, ines, url, meanwhile):
    form = filled(as_mara.get(url), "customer-form", first_name="Inès", last_name="Jansen")
    meanwhile(first_name="Inez")
    page = as_mara.post(url, form).content.decode()
    assert 'for="keep-first_name-theirs">Inez</label>' in page
    assert 'for="keep-first_name-mine">Inès</label>' in page
    assert "Saved by Sam" in page
    assert "keep-last_name" not in page
    assert str(now(ines)) == "Inez van der Meulen"


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Inez Jansen"), ("mine", "Inès Jansen")])
def test_the_choice_is_kept_and_so_is_everything_else(as_mara, ines, url, meanwhile, choice, kept):
    form = filled(as_mara.get(url), "customer-form", first_name="Inès", last_name="Jansen")
    meanwhile(first_name="Inez")
    form = filled(as_mara.post(url, form), "customer-form", **{"keep-first_name": choice})
    assert as_mara.post(url, form).status_code == 302
    assert str(now(ines)) == kept


def test_without_a_choice_it_asks_again(as_mara, ines, url, meanwhile):
    form = filled(as_mara.get(url), "customer-form", first_name="Inès")
    meanwhile(first_name="Inez")
    form = filled(as_mara.post(url, form), "customer-form")
    assert "keep-first_name" in as_mara.post(url, form).content.decode()
    assert now(ines).first_name == "Inez"


def test_a_third_change_is_asked_about_too(as_mara, ines, url, meanwhile):
    form = filled(as_mara.get(url), "customer-form", first_name="Inès")
    meanwhile(first_name="Inez")
    form = filled(as_mara.post(url, form), "customer-form", **{"keep-first_name": "mine"})
    meanwhile(first_name="Agnes")
    assert 'for="keep-first_name-theirs">Agnes</label>' in as_mara.post(url, form).content.decode()
    assert now(ines).first_name == "Agnes"


def test_the_same_change_twice_is_no_conflict(as_mara, ines, url, meanwhile):
    form = filled(as_mara.get(url), "customer-form", first_name="Inez")
    meanwhile(first_name="Inez")
    assert as_mara.post(url, form).status_code == 302


def test_addresses_are_compared_too(as_mara, ines, url):
    form = filled(as_mara.get(url), "customer-form", billing__house_number="9", billing__street="Nieuwegracht")
    with acting.shopper(ines):
        ines.addresses.update(house_number="118 bis")
    page = as_mara.post(url, form).content.decode()
    assert "<legend>Billing address, House number</legend>" in page
    assert [address.street for address in ines.addresses.all()] == ["Oudegracht"]


def test_choices_and_switches_are_shown_in_words(as_mara, ines, url, meanwhile):
    form = filled(as_mara.get(url), "customer-form", language="de", birth_date="1986-05-04")
    meanwhile(language="en", birth_date="1986-05-05")
    page = as_mara.post(url, form).content.decode()
    for words in ['theirs">English<', 'mine">German<', 'theirs">5 May 1986<', 'mine">4 May 1986<']:
        assert words in page


def test_an_approval_meanwhile_is_not_undone(as_mara, ines, url, meanwhile):
    Customer.objects.filter(pk=ines.pk).update(access="awaiting")
    form = filled(as_mara.get(url), "customer-form", first_name="Inez")
    meanwhile(access="open")
    as_mara.post(url, form)
    assert now(ines).access == "open"
