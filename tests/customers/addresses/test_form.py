"""The nine fields: what is needed and how postcodes look depends on the country."""

import pytest

from customers.addresses.form import AddressForm
from customers.models import Customer
from customers.record.phone_field import PhoneField

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
UTRECHT = {"country": "NL", "street": "Oudegracht", "house_number": "118", "postcode": "3511AW", "city": "Utrecht"}


def form_of(prefix="billing", required=True, checked=True, **fields):
    data = {f"{prefix}-{name}": value for name, value in fields.items()}
    return AddressForm(data, prefix=prefix, required=required, checked=checked)


@pytest.mark.parametrize(
    ("country", "needed"),
    [
        ("NL", {"street", "house_number", "postcode", "city"}),
        ("GB", {"street", "postcode", "city"}),
        ("US", {"street", "postcode", "city", "region"}),
        ("HK", {"street", "region"}),
    ],
)
def test_the_country_says_what_is_needed(country, needed):
    assert set(form_of(country=country).errors) == needed


def test_a_number_in_the_street_is_a_number():
    assert form_of(**UTRECHT | {"street": "Oudegracht 118", "house_number": ""}).errors == {}


def test_a_postcode_is_kept_as_the_country_writes_it():
    form = form_of(**UTRECHT | {"postcode": " 3511aw "})
    assert form.is_valid()
    assert form.cleaned_data["postcode"] == "3511 AW"


def test_a_postcode_of_another_form_is_refused_with_an_example():
    assert form_of(**UTRECHT | {"country": "DE"}).errors == {
        "postcode": ["Enter a valid postcode for this country (Germany), for example 26133."]
    }


@pytest.mark.parametrize("country", ["XX", "ALL", "zz", "528", "²", "9" * 5000, "\0", "N" * 10_000])
def test_a_country_that_does_not_exist_is_answered_at_the_field(country):
    assert form_of(**UTRECHT | {"country": country}).errors == {"country": ["Choose a country from the list."]}


def test_what_cannot_be_kept_is_answered_at_the_field():
    form = form_of(**UTRECHT | {"street": "Gracht\0", "city": "U" * 10_000})
    assert {name: len(messages) for name, messages in form.errors.items()} == {"street": 1, "city": 1}


def test_an_address_that_may_be_empty_is_needed_whole_once_begun():
    assert form_of(required=False, country="NL").errors == {}
    assert set(form_of(required=False, country="NL", city="Utrecht").errors) == {"street", "house_number", "postcode"}


def test_an_address_that_is_switched_off_is_kept_as_typed(gus):
    form = form_of("shipping", checked=False, country="NL", postcode="somewhere")
    assert form.errors == {}
    form.save_for(gus)
    assert gus.addresses.get(kind="shipping").postcode == "somewhere"


def test_saving_writes_to_the_customers_one_address_of_the_kind(ines):
    form = form_of(**UTRECHT | {"street": "Nieuwegracht"})
    assert form.is_valid()
    form.save_for(ines)
    assert [str(address) for address in ines.addresses.all()] == ["Nieuwegracht 118, 3511 AW Utrecht, Netherlands"]


def test_saving_nothing_takes_the_address_away(ines):
    form = form_of(required=False, country="NL")
    assert form.is_valid()
    assert form.save_for(ines) is None
    assert ines.addresses.count() == 0


def test_the_search_finds_a_new_address(gus):
    form = form_of(**UTRECHT)
    assert form.is_valid()
    form.save_for(gus)
    assert list(Customer.objects.matching("3511aw")) == [gus]


def test_the_shops_country_comes_first_and_is_chosen(store):
    store.country = "DE"
    store.save()
    form = AddressForm()
    assert (form["country"].value(), form.fields["country"].choices[0]) == ("DE", ("DE", "Germany"))


def test_a_phone_number_without_a_country_code_is_of_the_shops_country(store):
    assert str(PhoneField().clean("030 231 4567")) == "+31 30 231 4567"


@pytest.mark.parametrize("number", ["12", "kaas", "1" * 10_000, "06\0 12345678"])
def test_what_is_no_phone_number_is_refused(store, number):
    with pytest.raises(Exception, match="Enter a valid phone number|at most|Null"):
        PhoneField(required=False).clean(number)
