"""Email addresses and postcodes as people type and paste them, at the doors of the shop."""

import pytest
from django.test import Client

from customers.models import Customer
from orders.models import Order
from tests.accounts.doors import is_signed_in, sign_in, sign_up
from tests.factories import PASSWORD, CustomerFactory, DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review, give_details, order_now, put_into_cart
from tests.shown_page import errors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
LONG = f"{'a' * 65}@post.example"
REFUSED = {
    '"a\u0007"@post.example': "This address contains an invisible character. Type it again.",
    "bus\u0131ness@post.example": "Use plain letters before the @, without accents or other alphabets.",
    LONG: "Use at most 64 characters before the @.",
    "nina.post.example": "Enter a valid email address.",
}


@pytest.mark.parametrize("email", REFUSED)
def test_what_no_mail_server_takes_is_refused_with_the_reason_at_every_door(client, email):
    put_into_cart(client, ProductFactory())
    answers = [
        sign_up(client, email),
        give_details(client, email=email),
        client.post("/account/password/reset/", {"email": email}),
        client.post("/account/sign-in/code/", {"email": email}),
        client.post("/withdrawal/", {"name": "N", "order_number": "1", "email": email}),
    ]
    assert [errors(answer) for answer in answers] == [{"email": REFUSED[email]}] * 5
    assert not Customer.objects.exists()


def test_the_merchant_is_told_the_same(as_mara):
    page = as_mara.post("/backoffice/customers/add/", {"email": LONG, "customer_type": "private"})
    assert REFUSED[LONG] in page.content.decode()


def test_a_dotless_i_opens_nobodys_account(client):
    CustomerFactory(email="business@post.example", registered=True)
    sign_in(client, "bus\u0131ness@post.example")
    assert not is_signed_in(client)


MARKS = "\u202a", "\u202c", "\u2066", "\u200e", "\ufeff", "\u200b"


@pytest.mark.parametrize("mark", MARKS)
def test_marks_that_were_pasted_along_are_stripped_at_the_checkout(client, mark):
    typed = {"first_name": f"{mark}Gus", "email": f"{mark}gus@post.example{mark}", "phone": f"{mark}+31302314567{mark}"}
    order = order_now(client, ProductFactory(), DeliveryMethodFactory(), **typed, billing__postcode=f"3511 AW{mark}")
    assert (order.first_name, order.email, order.phone) == ("Gus", "gus@post.example", "+31 30 231 4567")
    assert order.billing_address.postcode == "3511 AW"


@pytest.mark.parametrize("mark", MARKS)
def test_marks_that_were_pasted_along_are_stripped_at_the_sign_in(ines, mark):
    sign_in(browser := Client(), f"{mark}{ines.email}{mark}")
    assert is_signed_in(browser, ines)


def test_a_password_is_not_touched(client, ines):
    sign_in(client, ines.email, f"\u202a{PASSWORD}\u202c")
    assert not is_signed_in(client)


def test_emoji_and_joiners_are_kept(client):
    put_into_cart(client, ProductFactory())
    give_details(client, order_note="👩\u200d🌾 می\u200cخواهم")
    assert client.session["checkout"]["details"]["order_note"] == "👩\u200d🌾 می\u200cخواهم"


POSTCODES = {
    ("DE", "D-10115"): "10115",
    ("DE", "DE 10115"): "10115",
    ("CH", "CH-8001"): "8001",
    ("BE", "B-9000"): "9000",
    ("AT", "A 1010"): "1010",
    ("NL", "NL-3511 ab"): "3511 AB",
}


@pytest.mark.parametrize(("country", "typed"), POSTCODES)
def test_a_postcode_as_mail_from_abroad_writes_it_is_taken(client, country, typed):
    address = {"billing__country": country, "billing__postcode": typed, "billing__street": "Am Markt 1"}
    method = DeliveryMethodFactory(countries=["NL", "DE", "CH", "BE", "AT"])
    order = order_now(client, ProductFactory(), method, **address)
    assert order.billing_address.postcode == POSTCODES[country, typed]


def test_an_international_domain_is_kept_in_ascii_and_shown_as_people_read_it(client):
    inputs = come_to_the_review(client, ProductFactory(), DeliveryMethodFactory(), email="gus@Müller-Bücher.example")
    assert "gus@<wbr>müller-bücher.example" in client.get("/checkout/review/").content.decode()
    assert 'value="gus@müller-bücher.example"' in client.get("/checkout/").content.decode()
    page = client.post("/checkout/review/", inputs, follow=True).content.decode()
    assert "gus@<wbr>müller-bücher.example" in page
    assert "xn--" not in page
    assert Order.objects.get().email == Customer.objects.get().email == "gus@xn--mller-bcher-thbg.example"


def test_the_account_shows_it_so_too(ines, client):
    Customer.objects.filter(pk=ines.pk).update(email="ines@xn--mller-kva.example")
    client.force_login(ines)
    assert "ines@<wbr>müller.example" in client.get("/account/").content.decode()
