"""Carriers: the page of each for following a parcel, those that a merchant types, and which comes first."""

import pytest
from django.utils import translation

from orders.handling.shipping import ship
from orders.models import Order, Shipment
from orders.models.carrier import TRACKING, Carrier
from shopadmin.models import Mail, StoreSettings
from tests.factories import OrderFactory
from tests.orders.bulk.order_bulk_actions import do
from tests.shown_page import errors, filled, value_of

pytestmark = pytest.mark.any_database
URL = "/backoffice/orders/W10479/shipments/"
ORDER = "/backoffice/orders/W10479/"
FREE = {"carrier": "other", "carrier_name": "Fast bikes", "tracking_number": "F 1"}
# To 3511 AW in the Netherlands, for somebody who reads German.
PAGES = {
    "postnl": "https://postnl.nl/tracktrace/?B=3S%261%2F%3C&P=3511AW&D=NL&T=C",
    "dhl": "https://www.dhl.com/de-de/home/tracking.html?tracking-id=3S%261%2F%3C",
    "dpd": "https://tracking.dpd.de/status/de_DE/parcel/3S%261%2F%3C",
    "gls": "https://gls-group.com/EU/en/parcel-tracking?match=3S%261%2F%3C",
    "ups": "https://www.ups.com/track?loc=de_DE&tracknum=3S%261%2F%3C",
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode=3S%261%2F%3C&postalCode=3511AW&lang=de",
    "hermes": "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#3S%261%2F%3C",
}


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


def parcel(order: Order, **carrier: str) -> Shipment:
    return ship(order, quantities={order.lines.get(): 1}, **carrier)


def test_every_carrier_that_is_listed_has_a_page():
    assert {*TRACKING} | {Carrier.OTHER} == {*Carrier}
    assert {*PAGES} == {*TRACKING}


@pytest.mark.parametrize("carrier", PAGES)
def test_a_parcel_is_followed_on_the_carriers_page(order, store, carrier):
    with translation.override("de"):
        assert parcel(order, carrier=carrier, tracking_number="3S&1/<").tracking_url == PAGES[carrier]
    assert Shipment(order=order, carrier=carrier).tracking_url == ""


def test_a_shopper_reads_the_carriers_page_in_their_language(order, store):
    shipment = parcel(order, carrier="dpd", tracking_number="1")
    locales = {}
    for language in ("nl", "de", "en", "fr"):
        with translation.override(language):
            locales[language] = shipment.tracking_url.split("/")[4]
    assert locales == {"nl": "nl_NL", "de": "de_DE", "en": "en_US", "fr": "en_US"}


def test_a_carrier_that_is_not_listed_is_typed_with_its_page(as_mara, order, ines, client):
    link = "https://bikes.example/{postcode}?parcel={number}&to={country}"
    as_mara.post(URL, FREE | {"tracking_link": link})
    followed = "https://bikes.example/3511AW?parcel=F%201&to=NL"
    assert Shipment.objects.get().tracking_url == followed
    page = as_mara.get("/backoffice/orders/W10479/").content.decode()
    assert "shipped 2 items with Fast bikes" in page
    assert followed in Mail.objects.get(name="shipment_sent").text
    client.force_login(ines)
    assert followed.replace("&", "&amp;") in client.get("/account/orders/W10479/").content.decode()


def test_a_page_without_a_number_is_a_link_too(as_mara, order):
    as_mara.post(URL, FREE | {"tracking_number": "", "tracking_link": "https://bikes.example/today"})
    page = as_mara.get("/backoffice/orders/W10479/").content.decode()
    assert (
        '<a class="link small is-broken" href="https://bikes.example/today" rel="noreferrer">Track parcel</a>' in page
    )


@pytest.mark.parametrize(
    "link",
    [
        "http://bikes.example/",
        "javascript:alert(1)",
        "bikes.example",
        "https://{number}.example/",
        "https://b.example/{x}",
    ],
)
def test_a_link_that_is_unsafe_or_leads_nowhere_is_refused_and_kept(as_mara, order, link):
    response = as_mara.post(URL, FREE | {"tracking_link": link})
    assert list(errors(response)) == ["tracking_link"]
    assert value_of(response, "tracking_link") == link
    assert not Shipment.objects.exists()


def test_who_carries_it_is_not_said_where_nobody_knows(as_mara, order, ines, client):
    as_mara.post(URL, {"carrier": "other"})
    pages = [as_mara.get(ORDER).content.decode()]
    client.force_login(ines)
    pages.append(client.get("/account/orders/W10479/").content.decode())
    assert " shipped 2 items" in pages[0]
    assert [
        f"<strong>2 {items}</strong>" in page for items, page in zip(("items", "artikelen"), pages, strict=True)
    ] == [True, True]
    told = Mail.objects.get(name="shipment_sent")
    assert [words in told.text for words in ("W10479 is onderweg:", "Anders", "Other")] == [True, False, False]


def test_what_was_typed_for_another_carrier_is_left_out(as_mara, order):
    as_mara.post(URL, FREE | {"carrier": "gls", "tracking_link": "not a link"})
    shipment = Shipment.objects.get()
    assert (shipment.carrier, shipment.carrier_name, shipment.tracking_link) == ("gls", "", "")


@pytest.mark.parametrize(("country", "carrier"), [("NL", "postnl"), ("BE", "bpost"), ("DE", "dhl"), ("AT", "dhl")])
def test_the_first_shipment_begins_with_a_carrier_of_the_country(as_mara, order, country, carrier):
    StoreSettings.objects.update(country=country)
    assert value_of(as_mara.get(URL), "carrier") == carrier


def test_the_next_shipment_begins_with_the_carrier_used_last(as_mara, order):
    parcel(OrderFactory(), carrier="hermes")
    parcel(OrderFactory(is_pickup=True), carrier="other")
    assert value_of(as_mara.get(URL), "carrier") == "hermes"


def test_a_typed_carrier_comes_back_with_its_pattern(as_mara, order):
    parcel(OrderFactory(), **FREE, tracking_link="https://bikes.example/{number}")
    form = filled(as_mara.get(URL), "order-form")
    typed = {name: form[name] for name in ("carrier", "carrier_name", "tracking_link", "tracking_number")}
    link = "https://bikes.example/{number}"
    assert typed == FREE | {"tracking_link": link, "tracking_number": ""}
    parcel(OrderFactory(), **FREE, tracking_link="https://bikes.example/7")
    assert value_of(as_mara.get(URL), "tracking_link") == ""


def test_many_are_shipped_with_a_carrier_that_is_typed(as_mara, order):
    order.payment_method = "invoice"
    order.save(update_fields=["payment_method"])
    pattern = "https://bikes.example/{number}"
    number = {f"tracking-{order.pk}": "7/7"}
    do(as_mara, "ship", order, carrier="other", carrier_name="Fast bikes", tracking_link=pattern, **number)
    shipment = Shipment.objects.get()
    assert (shipment.carrier_label, shipment.tracking_url) == ("Fast bikes", "https://bikes.example/7%2F7")


def test_a_parcel_that_is_not_saved_yet_has_the_name_of_its_carrier():
    assert Shipment(carrier="gls").carrier_label == "GLS"
