"""The first step of the checkout: who orders, and where it goes."""

import pytest

from customers.models import Customer
from orders.checkout.session import SALT
from shopadmin.sealed_text import seal, unseal
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import DETAILS, ELSEWHERE, choose_delivery, give_details, put_into_cart
from tests.shown_page import errors, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PASSWORD = "a sentence that nobody guesses"


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory()


@pytest.fixture
def shopper(client, parcel):
    """A browser with a mug in its cart."""
    put_into_cart(client, ProductFactory())
    return client


def test_an_empty_cart_says_so(client, store):
    page = client.get("/checkout/", follow=True)
    assert page.redirect_chain == [("/cart/", 302)]
    assert "Your cart is empty" in page.content.decode()


def test_it_asks_for_every_field_of_the_first_step(shopper):
    page = shopper.get("/checkout/").content.decode()
    names = [*DETAILS, *ELSEWHERE, "company_name", "coc_number", "vat_number", "marketing_consent"]
    names += ["create_account", "password1", "order_note", "billing-attention", "shipping-region"]
    assert [name for name in names if f'name="{name}"' not in page] == []
    assert 'href="/privacy/"' in page


def test_right_details_lead_on_and_are_there_again_when_one_comes_back(shopper):
    response = give_details(shopper, order_note="Ring twice", phone="0612345678", **ELSEWHERE)
    assert response.url == "/checkout/delivery/"
    page = shopper.get("/checkout/")
    assert [value_of(page, name) for name in ("first_name", "email", "order_note")] == [
        "Gus", "gus@post.example", "Ring twice",
    ]  # fmt: skip
    assert value_of(page, "shipping-city") == "Leipzig"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("last_name", "x" * 101),
        ("email", ""),
        ("email", "no address"),
        ("email", "x" * 250 + "@post.example"),
        ("phone", "call me"),
        ("language", "xx"),
        ("customer_type", "alien"),
        ("order_note", "x" * 1001),
        ("billing-country", "XX"),
        ("billing-postcode", "no postcode"),
        ("billing-city", "x" * 101),
        ("billing-street", ""),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(shopper, field, value):
    page = give_details(shopper, **{"order_note": "Ring twice", field: value})
    assert page.status_code == 200
    assert list(errors(page)) == [field]
    assert "<title>Error:" in page.content.decode()
    assert f'href="#id_{field}' in page.content.decode()
    assert value_of(page, "billing-house_number") == "118"
    assert value_of(page, "last_name" if field != "last_name" else "first_name")


def test_an_address_longer_than_its_column_once_normalised_is_refused(shopper):
    page = give_details(shopper, email=f"{'a' * 60}@{'.'.join(['ﬃ' * 20] * 4)}.example")
    assert list(errors(page)) == ["email"]


def test_a_belgian_company_is_not_asked_for_a_dutch_number_alone(shopper):
    shopper.cookies["language"] = "nl"
    page = shopper.get("/checkout/").content.decode()
    assert ">KvK- of ondernemingsnummer" in page
    assert "KvK-nummer in Nederland, ondernemingsnummer in België" in page


def test_delivery_that_costs_nothing_is_called_free(shopper, parcel):
    type(parcel).objects.update(price=0)
    page = shopper.get("/checkout/").content.decode()
    assert ">Free<" in page
    assert "from €0.00" not in page


def test_a_company_needs_its_name(shopper):
    assert list(errors(give_details(shopper, customer_type="business"))) == ["company_name"]


def test_a_private_person_is_not_asked_about_the_company_fields(shopper):
    assert give_details(shopper, vat_number="nonsense").url == "/checkout/delivery/"


def test_a_number_that_looks_wrong_is_a_doubt_that_the_next_press_overrides(shopper):
    company = {"customer_type": "business", "company_name": "Gast B.V.", "vat_number": "NL1"}
    page = give_details(shopper, **company)
    assert "If it is correct, continue to keep it as it is." in page.content.decode()
    assert '<input type="hidden" name="confirmed_vat_number" value="NL1">' in page.content.decode()
    assert give_details(shopper, **company, confirmed_vat_number="NL2").status_code == 200
    assert give_details(shopper, **company, confirmed_vat_number="NL1").url == "/checkout/delivery/"


def test_a_stored_number_that_looks_wrong_is_not_doubted_again(as_ines, ines, parcel):
    company = {"customer_type": "business", "company_name": "Gast B.V.", "vat_number": "NL 00"}
    Customer.objects.filter(pk=ines.pk).update(**company)
    put_into_cart(as_ines, ProductFactory())
    assert give_details(as_ines, **company | {"company_name": "Gast en Zoon"}).url == "/checkout/delivery/"
    assert give_details(as_ines, **company | {"vat_number": "NL 01"}).status_code == 200


def test_a_shipping_address_is_checked_while_it_is_switched_on_and_kept_while_it_is_off(shopper):
    wrong = ELSEWHERE | {"shipping-postcode": "12"}
    assert list(errors(give_details(shopper, **wrong))) == ["shipping-postcode"]
    assert give_details(shopper, **(wrong | {"ship_elsewhere": ""})).url == "/checkout/delivery/"
    assert value_of(shopper.get("/checkout/"), "shipping-city") == "Leipzig"


def test_the_password_is_kept_sealed_and_never_shown(shopper):
    give_details(shopper, create_account="on", password1=PASSWORD)
    assert PASSWORD not in str(dict(shopper.session))
    assert unseal(shopper.session["checkout"]["password"], salt=SALT) == PASSWORD
    page = shopper.get("/checkout/").content.decode()
    assert PASSWORD not in page
    assert "Leave empty to keep the password you entered earlier." in page


def test_what_is_sealed_opens_for_its_own_purpose_and_unchanged_only(shopper):
    sealed = seal(PASSWORD, salt=SALT)
    assert sealed != seal(PASSWORD, salt=SALT)
    for other, salt in ((sealed, "another"), (f"x{sealed}", SALT), ("", SALT), ("argon2$…", SALT)):
        assert unseal(other, salt=salt) == ""


def test_what_was_sealed_before_a_change_of_the_key_still_opens(shopper, settings):
    sealed = seal(PASSWORD, salt=SALT)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert unseal(sealed, salt=SALT) == PASSWORD


def test_a_right_password_outlives_a_mistake_elsewhere(shopper):
    give_details(shopper, create_account="on", password1=PASSWORD, billing__city="")
    give_details(shopper, create_account="on", password1="")
    assert unseal(shopper.session["checkout"]["password"], salt=SALT) == PASSWORD


def test_a_common_password_is_refused(shopper):
    assert list(errors(give_details(shopper, create_account="on", password1="password"))) == ["password1"]


@pytest.mark.parametrize(("length", "wrong"), [(4096, []), (4097, ["password1"]), (100_000, ["password1"])])
def test_a_password_may_be_as_long_as_at_the_sign_up(shopper, length, wrong):
    response = give_details(shopper, create_account="on", password1="é" * length)
    assert (list(errors(response)) if wrong else response.url) == (wrong or "/checkout/delivery/")


def test_without_the_tick_a_password_is_neither_looked_at_nor_kept(shopper):
    give_details(shopper, create_account="on", password1=PASSWORD)
    assert give_details(shopper, password1="short").url == "/checkout/delivery/"
    assert shopper.session["checkout"]["password"] == ""


def test_with_accounts_off_none_is_offered(shopper, store):
    store.accounts_enabled = False
    store.save()
    page = shopper.get("/checkout/").content.decode()
    assert "create_account" not in page
    assert "Sign in" not in page
    assert give_details(shopper, create_account="on", password1=PASSWORD).url == "/checkout/delivery/"


def test_a_signed_in_shopper_finds_the_stored_record_filled_in(shopper, ines):
    shopper.force_login(ines)
    page = shopper.get("/checkout/")
    assert [value_of(page, name) for name in ("first_name", "email", "language")] == ["Ines", ines.email, "nl"]
    assert value_of(page, "billing-postcode") == "3511 AW"
    assert "create_account" not in page.content.decode()


def test_what_a_guest_typed_is_not_offered_to_who_signs_in_after(shopper, otto):
    give_details(shopper, order_note="Gus was here")
    shopper.force_login(otto)
    assert value_of(shopper.get("/checkout/"), "order_note") == ""
    assert shopper.get("/checkout/review/").url == "/checkout/"


def test_known_and_unknown_addresses_are_answered_alike(shopper, ines, gus, parcel):
    pages = []
    for email in (ines.email, gus.email, "nobody@post.example"):
        give_details(shopper, email=email)
        choose_delivery(shopper, parcel)
        page = shopper.get("/checkout/review/").content.decode()
        pages.append(page.replace(email, "…").replace(email.replace("@", "@<wbr>"), "…"))
    tokens = [line for line in zip(*(page.split("\n") for page in pages), strict=True) if len(set(line)) > 1]
    assert all("csrfmiddlewaretoken" in line[0] for line in tokens)
