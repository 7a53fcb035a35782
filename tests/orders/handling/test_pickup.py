"""An order that is picked up: how pages and emails speak of it, and saying that it is ready."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.payments import enter_payment
from orders.handling.pickup import make_ready
from orders.handling.shipping import ship
from orders.mails import tell_of_order
from orders.models import Order
from shopadmin.models import Mail, StoreSettings
from tests.factories import DeliveryMethodFactory, OrderFactory
from tests.orders.bulk.order_bulk_actions import do, look, reasons
from tests.shown_page import chips, filled, html_of, row_names

pytestmark = pytest.mark.any_database
ORDER = "/backoffice/orders/W10479/"
READY = f"{ORDER}ready/"
WORDS = {
    "en": ("Not picked up", "Ready for pick-up", "Picked up"),
    "nl": ("Niet afgehaald", "Klaar om af te halen", "Afgehaald"),
    "de": ("Nicht abgeholt", "Abholbereit", "Abgeholt"),
}
HOURS = {"": "ma-za 10-18 uur", "de": "Mo-Sa 10-18 Uhr"}


@pytest.fixture
def order(ines, store) -> Order:
    StoreSettings.objects.update(street="Voorstraat 12", postcode="3512 AN", city="Utrecht", opening_hours=HOURS)
    return OrderFactory(customer=ines, number="W10479", is_pickup=True, payment_method="on_pickup", channel="signed_in")


def words_of(response) -> str:
    return " ".join(html_of(response).xpath("//main")[0].text_content().split())


def hand_over(order: Order, pieces: int) -> None:
    ship(order, quantities={order.lines.get(): pieces}, carrier="other")


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_statuses_speak_of_picking_up_in_each_language(client, mara, order, language):
    type(mara).objects.update(language=language)
    client.force_login(mara)
    pages = [words_of(client.get(page)) for page in ("/backoffice/orders/", ORDER)]
    client.post(READY)
    ready = [words_of(client.get(page)) for page in ("/backoffice/orders/", ORDER)]
    hand_over(order, 2)
    gone = [words_of(client.get(page)) for page in ("/backoffice/orders/", ORDER)]
    for word, shown in zip(WORDS[language], (pages, ready, gone), strict=True):
        assert [word in page for page in shown] == [True, True]


def test_nothing_on_its_page_speaks_of_shipping(as_mara, order):
    page = words_of(as_mara.get(ORDER))
    assert "ship" not in page.lower()
    assert ("0 of 2 picked up" in page, "Hand over" in page, "Nothing has been picked up yet." in page) == (True,) * 3


def test_handing_over_asks_for_no_carrier_and_mails_nobody(as_mara, order):
    page = as_mara.get(f"{ORDER}shipments/")
    sent = filled(page, "order-form")
    assert {"carrier", "tracking_number"}.isdisjoint(sent)
    shown = words_of(as_mara.post(f"{ORDER}shipments/", sent, follow=True))
    assert ("2 of 2 picked up" in shown, "handed over 2 items" in shown) == (True, True)
    assert (Order.objects.get().shipping_state, Mail.objects.count()) == ("shipped", 0)


@pytest.mark.parametrize(("language", "hours"), [("nl", "ma-za 10-18 uur"), ("de", "Mo-Sa 10-18 Uhr")])
def test_who_ordered_is_told_where_and_when_in_their_language(as_mara, order, language, hours):
    Order.objects.update(language=language)
    as_mara.post(READY)
    mail = Mail.objects.get()
    assert (mail.name, mail.to, mail.language) == ("order_ready", "ines@vandermeulen.example", language)
    assert [part in mail.text for part in ("W10479", "Voorstraat 12", "3512 AN Utrecht", hours, "Stacking mug")] == [
        True
    ] * 5
    with translation.override(language):
        assert translation.gettext("Pay when you pick up your order.") in mail.text


def test_a_row_says_who_made_it_ready_and_a_second_press_says_so(as_mara, mara, order):
    told = ("Ready for pick-up. The customer is notified by email.", "This order has been ready for pick-up since")
    assert [words in as_mara.post(READY, follow=True).content.decode() for words in told] == [True, True]
    [event] = order.events.filter(kind="ready")
    assert (event.by, event.at.date(), Mail.objects.count()) == (mara, Order.objects.get().ready_at.date(), 1)
    assert "marked the order as ready for pick-up" in words_of(as_mara.get(ORDER))


@pytest.mark.parametrize(
    "changes",
    [{"state": "cancelled"}, {"state": "withdrawn"}, {"shipping_state": "shipped"}, {"is_pickup": False}],
)
def test_an_order_that_nobody_picks_up_cannot_be_ready(as_mara, order, changes):
    Order.objects.update(**changes)
    assert READY not in as_mara.get(ORDER).content.decode()
    as_mara.post(READY)
    assert (Order.objects.get().ready_at, Mail.objects.count(), order.events.count()) == (None, 0, 0)


def test_what_comes_after_a_part_was_picked_up_is_made_ready_anew(as_mara, order):
    as_mara.post(READY)
    hand_over(order, 1)
    assert "Partly picked up" in words_of(as_mara.get(ORDER))
    as_mara.post(READY)
    rest = Mail.objects.latest("pk").text
    assert ("De rest van je bestelling W10479" in rest, "1 × Stacking mug" in rest) == (True, True)


def test_the_shopper_sees_where_it_waits(client, ines, order):
    client.force_login(ines)
    make_ready(order)
    page = words_of(client.get("/account/orders/W10479/"))
    for part in ("Je bestelling ligt klaar om af te halen", "Voorstraat 12", "ma-za 10-18 uur", "Klaar om af te halen"):
        assert part in page
    assert "Klaar om af te halen" in words_of(client.get("/account/orders/"))
    assert "Je bestelling ligt klaar" in words_of(client.get(f"/order/{order.token}/"))
    hand_over(order, 2)
    page = words_of(client.get("/account/orders/W10479/"))
    assert ("Afgehaald op" in page, "ligt klaar" in page, "erzonden" in page) == (True, False, False)


def test_the_list_finds_those_that_are_ready(as_mara, order):
    as_mara.post(READY, follow=True)
    OrderFactory(is_pickup=True)
    OrderFactory(is_pickup=True, ready_at=timezone.now(), state="cancelled")
    hand_over(OrderFactory(is_pickup=True, ready_at=timezone.now()), 2)
    with CaptureQueriesContext(connection) as queries:
        page = as_mara.get("/backoffice/orders/?shipping=ready")
    assert (row_names(page), list(chips(page))) == (["W10479"], ["Shipping: Ready for pick-up"])
    assert len(queries) <= 8
    assert "shipping=ready" in as_mara.get("/backoffice/orders/").content.decode()


def test_who_only_looks_makes_nothing_ready(client, rosa, order):
    client.force_login(rosa)
    assert client.post(READY).status_code == 403


def test_many_are_made_ready_at_once(as_mara, mara, order):
    OrderFactory(number="W2")
    OrderFactory(number="W3", is_pickup=True, payment_method="on_pickup", state="cancelled")
    OrderFactory(number="W4", is_pickup=True)
    orders = list(Order.objects.all())
    assert "1 order will be marked as ready for pick-up" in " ".join(
        look(as_mara, "ready", *orders).replace("<strong>", "").replace("</strong>", "").split()
    )
    action = do(as_mara, "ready", *orders)
    assert reasons(action) == {"W2": "no_pickup", "W3": "over", "W4": "unpaid"}
    assert Order.objects.exclude(ready_at=None).get() == order
    assert order.events.get(kind="ready").by == mara
    assert "Already ready for pick-up" in look(as_mara, "ready", order)


def test_bulk_shipping_says_what_is_picked_up(as_mara, order):
    page = look(as_mara, "ship", order)
    assert ("will be recorded as picked up" in page, 'name="carrier"' in page) == (True, False)
    parcel = OrderFactory(payment_method="invoice")
    page = look(as_mara, "ship", order, parcel)
    assert ("1 pick-up order</strong> will be" in page, f"tracking-{order.pk}" in page) == (True, False)
    do(as_mara, "ship", order, parcel, carrier="dhl")
    assert list(order.shipments.values_list("carrier")) == [("other",)]
    assert list(parcel.shipments.values_list("carrier")) == [("dhl",)]


def test_a_slip_says_who_picks_it_up_and_no_address(as_mara, order):
    [slip] = html_of(as_mara.get(f"{ORDER}packing-slip/")).xpath("//article[contains(@class, 'slip')]")
    words = " ".join(slip.text_content().split())
    assert ("Wordt afgehaald doorInes van der Meulen" in words, "Oudegracht" in words) == (True, False)


def test_what_is_ready_is_fetched_from_no_shelf_again(as_mara, order):
    as_mara.post(READY)
    page = words_of(as_mara.get("/backoffice/orders/picking-list/", {"picked": [order.pk]}))
    assert ("Already ready for pick-up W10479" in page, "Stacking mug" in page) == (True, False)


def test_the_confirmation_says_where_to_pick_it_up(order):
    tell_of_order(order)
    text = Mail.objects.get(name="order_placed").text
    assert ("Voorstraat 12" in text, "We mailen je zodra die klaarligt." in text) == (True, True)


def test_the_list_costs_the_same_with_pickups(as_mara, order):
    as_mara.get("/backoffice/orders/")
    with CaptureQueriesContext(connection) as one:
        as_mara.get("/backoffice/orders/")
    OrderFactory(is_pickup=True)
    make_ready(order)
    with CaptureQueriesContext(connection) as several:
        as_mara.get("/backoffice/orders/")
    assert len(several) == len(one)


def test_an_edit_to_a_parcel_takes_the_readiness_back(order):
    make_ready(order)
    edit(order, Wanted(delivery=DeliveryMethodFactory(), payment_method="bank_transfer"))
    assert Order.objects.get().ready_at is None


def test_it_is_completed_once_it_is_paid_and_picked_up(order):
    hand_over(order, 2)
    assert str(Order.objects.get().badge.label) == "Picked up"
    enter_payment(order, amount=order.total)
    assert Order.objects.get().state == "completed"
