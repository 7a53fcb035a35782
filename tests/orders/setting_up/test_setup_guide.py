"""From an empty shop to the first order: the guide on the dashboard, and what strangers see until then."""

import pytest

from customers.models import Customer
from orders.models import DeliveryMethod, Product
from orders.setting_up import opening
from shopadmin.models import Mail, StoreSettings
from tests.factories import CustomerFactory, DeliveryMethodFactory, OrderFactory, ProductFactory, StaffInvitationFactory
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
REQUIRED = ["Shop details", "Payment methods", "Your first product", "Delivery methods", "Legal texts"]
TEXT = {"": "What the law wants said."}
SET_UP = {
    "name": "Veld & Vorm", "street": "Oudegracht 1", "postcode": "3511 AW", "city": "Utrecht",
    "contact_email": "shop@shop.example", "iban": "NL91ABNA0417164300", "privacy_policy": TEXT, "terms": TEXT,
    "withdrawal_information": TEXT,
}  # fmt: skip


@pytest.fixture(autouse=True)
def just_migrated(db, monkeypatch):
    """A shop in which nobody has set anything up, seen by a process that does not know it yet."""
    monkeypatch.setattr(opening, "_was_open", False)
    StoreSettings(languages=["en", "nl"]).save()


def set_up(**but):
    StoreSettings.objects.update(**SET_UP | but)
    ProductFactory()
    DeliveryMethodFactory()


def steps(client, css="li"):
    guide = html_of(client.get("/backoffice/")).xpath("//ol[@class='guide']")
    return [text_of(title) for item in guide for title in item.xpath(f".//{css}//h3")]


def required(client):
    titles = html_of(client.get("/backoffice/")).xpath("//ol[@class='guide']//h3[span]")
    return [title.text.strip() for title in titles]


@pytest.fixture
def owner(client, mara):
    client.force_login(mara)
    return client


def test_a_shop_that_was_just_migrated_is_led_through_what_is_left(owner):
    assert required(owner) == REQUIRED
    assert steps(owner, "li[@class='is-done']") == ["Country and languages"]
    assert "1 of 9 steps done" in owner.get("/backoffice/").content.decode()


def test_nobody_is_told_that_all_is_done_while_nothing_can_be_sold(owner):
    assert "all caught up" not in owner.get("/backoffice/").content.decode()
    set_up()
    assert "all caught up" in owner.get("/backoffice/").content.decode()


def test_every_step_leads_to_where_it_is_done(owner):
    page = html_of(owner.get("/backoffice/"))
    links = page.xpath("//ol[@class='guide']//a/@href")
    assert len(links) == 8
    assert {owner.get(link).status_code for link in links} == {200}


def test_a_step_is_done_by_the_state_of_things_and_undone_by_it(owner):
    StoreSettings.objects.update(**{name: SET_UP[name] for name in ("name", "street", "postcode", "city")})
    assert "Shop details" in required(owner)  # the contact email is missing
    StoreSettings.objects.update(contact_email="shop@shop.example")
    assert steps(owner, "li[@class='is-done']") == ["Country and languages", "Shop details"]
    product = ProductFactory()
    assert steps(owner, "li[@class='is-done']") == ["Country and languages", "Shop details", "Your first product"]
    Product.objects.filter(pk=product.pk).update(active=False)
    assert steps(owner, "li[@class='is-done']") == ["Country and languages", "Shop details"]


def test_a_shop_in_a_country_that_nobody_chose_asks_for_it_first(owner):
    there = {"HTTP_ACCEPT_LANGUAGE": "de"}
    Customer.objects.update(language="")
    page = html_of(owner.get("/backoffice/", **there))
    assert [text_of(title) for title in page.xpath("//li[@aria-current='step']//h3")] == ["Land und Sprachen"]
    germany = {"country": "DE", "languages": ["de", "en"], "currency": "EUR", "time_zone": "Europe/Berlin"}
    page = html_of(owner.post("/backoffice/settings/country/", germany, follow=True, **there))
    assert "Deutschland: Deutsch, Englisch" in owner.get("/backoffice/", **there).content.decode()
    assert [text_of(link) for link in page.xpath("//*[@role='status']//a")] == ["Nächster Schritt: Shop-Daten"]


def test_what_was_saved_says_what_comes_next_while_the_guide_is_there(owner):
    def said():
        page = html_of(owner.post("/backoffice/settings/taxes/", {"vat_number": "NL001234567B01"}, follow=True))
        return page.xpath("//*[@role='status']//a/@href")

    assert said() == ["/backoffice/settings/details/"]
    set_up(vat_number="NL001234567B01")
    assert said() == ["/backoffice/"]  # where the button sends the test email
    owner.post("/backoffice/guide/")
    assert said() == []


def test_staff_are_invited_once_there_are_two_or_an_invitation_is_open(owner):
    assert "Invite staff" not in steps(owner, "li[@class='is-done']")
    StaffInvitationFactory(sent_at="2026-11-01T10:00Z")  # expired
    assert "Invite staff" not in steps(owner, "li[@class='is-done']")
    invitation = StaffInvitationFactory()
    assert "1 person, 1 invited" in owner.get("/backoffice/").content.decode()
    invitation.delete()
    assert "Invite staff" not in steps(owner, "li[@class='is-done']")
    CustomerFactory(is_staff=True, role="support")
    assert "2 people" in owner.get("/backoffice/").content.decode()


def test_the_first_step_that_is_left_is_the_next_one(owner):
    StoreSettings.objects.update(**SET_UP)
    page = html_of(owner.get("/backoffice/"))
    assert [text_of(title) for title in page.xpath("//li[@aria-current='step']//h3")] == ["Taxes"]


@pytest.mark.parametrize("person", ["sam", "rosa"])
def test_the_guide_is_for_owners(client, person, request):
    client.force_login(request.getfixturevalue(person))
    assert steps(client) == []
    assert client.post("/backoffice/guide/").status_code == 403


def test_it_says_when_customers_can_order(owner):
    assert "Customers can order now." not in owner.get("/backoffice/").content.decode()
    set_up()
    page = owner.get("/backoffice/").content.decode()
    assert ("Customers can order now." in page, "Opening soon" in page) == (True, False)


def test_the_guide_can_be_hidden_once_the_shop_can_sell(owner):
    assert "Hide the guide" not in owner.get("/backoffice/").content.decode()
    set_up()
    assert "Hide the guide" in owner.get("/backoffice/").content.decode()
    owner.post("/backoffice/guide/")
    assert steps(owner) == []
    owner.post("/backoffice/guide/", {"show": "on"})
    assert len(steps(owner)) == 9


def test_the_guide_is_gone_once_everything_is_done(owner):
    set_up(vat_number="NL001234567B01")
    Mail.objects.create(name="test", to="a@b.example", language="en", subject="", text="", html="", state="sent")
    StaffInvitationFactory()
    assert steps(owner) == []


# --- What strangers see


@pytest.mark.parametrize("path", ["/", "/cart/", "/checkout/"])
def test_until_it_can_sell_strangers_see_that_it_opens_soon(client, path):
    page = client.get(path)
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex")
    assert [text_of(title) for title in html_of(page).xpath("//h1")] == ["Opening soon"]


def test_who_opens_and_when_one_may_visit_is_said_in_the_language_of_the_visitor(client, store):
    store.introduction, store.opening_hours = {"": "Made here.", "de": "Von hier."}, {"": "Mon\nTue", "de": "Mo\nDi"}
    store.save()
    for language, words in (("en", ["Made here.", "Mon<br>Tue"]), ("de", ["Von hier.", "Mo<br>Di"])):
        page = client.get("/", headers={"Accept-Language": language}).content.decode()
        assert [words for words in words if words not in page] == []


def test_nothing_can_be_put_into_a_cart_before(client):
    product = ProductFactory()
    assert "Opening soon" in client.post(f"/cart/add/{product.slug}/", {"quantity": 1}).content.decode()
    assert "Opening soon" in client.get(product.get_absolute_url()).content.decode()


@pytest.mark.parametrize("path", ["/privacy/", "/imprint/", "/account/sign-in/", "/withdrawal/", "/robots.txt"])
def test_what_is_no_part_of_the_shop_is_there_before_it_opens(client, path):
    assert "Opening soon" not in client.get(path).content.decode()


def test_staff_see_the_shop_as_it_will_be_and_are_told_that_only_they_do(owner):
    ProductFactory(name="Stacking mug")
    page = owner.get("/").content.decode()
    assert ("Stacking mug" in page, "Only staff can see this shop." in page) == (True, True)


def test_a_signed_in_shopper_sees_that_it_opens_soon(client, otto):
    client.force_login(otto)
    assert client.get("/")["X-Robots-Tag"] == "noindex"


def test_it_opens_by_itself_once_the_last_required_step_is_done(client):
    set_up(iban="")
    assert "Opening soon" in client.get("/").content.decode()
    StoreSettings.objects.update(iban=SET_UP["iban"])
    assert "Opening soon" not in client.get("/").content.decode()


def test_a_shop_that_has_had_an_order_stays_open(client):
    OrderFactory(customer=Customer.objects.get_or_add_guest("gus@post.example")[0])
    assert "Opening soon" not in client.get("/").content.decode()


def test_an_open_shop_does_not_pay_for_the_question(client, django_assert_num_queries):
    set_up()
    client.get("/")
    with django_assert_num_queries(3):  # the settings, the products, the categories
        client.get("/")
    DeliveryMethod.objects.update(active=False)
    assert "Opening soon" not in client.get("/").content.decode()
