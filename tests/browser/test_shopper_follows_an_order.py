"""A shopper follows an order from the day it is placed to the refund, in each language of the shop."""

from decimal import Decimal
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.models import Order, OrderLine
from orders.withdrawal.acceptance import Withdrawn, accept_withdrawal
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db(transaction=True)]
PAGE = "/account/orders/W10479/"
LANGUAGES = ("en", "nl", "de")
# What the page of the order says after each step, in these languages.
WORDS = {
    "order": [
        ("Awaiting payment", "Wacht op betaling", "Wartet auf Zahlung"),
        ("Amount due: €57.95", "Te betalen: € 57,95", "Zu zahlen: 57,95 €"),
    ],
    "part payment": [
        ("Partly paid", "Deels betaald", "Teilweise bezahlt"),
        ("€20.00 received", "€ 20,00 ontvangen", "20,00 € eingegangen"),
        ("Amount due: €37.95", "Te betalen: € 37,95", "Zu zahlen: 37,95 €"),
    ],
    "payment": [("Paid", "Betaald", "Bezahlt"), ("€37.95 received", "€ 37,95 ontvangen", "37,95 € eingegangen")],
    "part shipment": [
        ("Partly shipped", "Deels verzonden", "Teilweise versandt"),
        ("2 of 3 items have been shipped.", "2 van 3 artikelen zijn verzonden.", "2 von 3 Artikeln wurden versandt."),
        ("2 items with PostNL", "2 artikelen met PostNL", "2 Artikel mit PostNL"),
    ],
    "shipment": [("Completed", "Afgerond", "Abgeschlossen"), ("1 item with", "1 artikel met", "1 Artikel mit")],
    "return": [
        ("You withdrew from this contract", "Je hebt deze overeenkomst herroepen", "Sie haben diesen Vertrag am"),
    ],
    "credit note": [("1 withdrawn", "1 herroepen", "1 widerrufen")],
    "refund": [
        ("Partly refunded", "Deels terugbetaald", "Teilweise erstattet"),
        ("€20.00 refunded", "€ 20,00 terugbetaald", "20,00 € erstattet"),
    ],
}  # fmt: skip
# Its links after each step, beside those that stand there throughout.
TRACK, INVOICE = ("Track parcel", "Track & trace", "Sendungsverfolgung"), ("Invoice", "Factuur", "Rechnung")
CREDIT_NOTE = ("Credit note", "Creditfactuur", "Rechnungskorrektur")
WITHDRAW = ("Withdraw from contract", "Overeenkomst herroepen", "Vertrag widerrufen")
CANCEL = ("Cancel order", "Bestelling annuleren", "Bestellung stornieren")
LINKS = {
    "order": [WITHDRAW, CANCEL],
    "part payment": [WITHDRAW],
    "payment": [WITHDRAW],
    "part shipment": [WITHDRAW, TRACK],
    "shipment": [WITHDRAW, TRACK, INVOICE],
    "return": [TRACK, INVOICE],
    "credit note": [WITHDRAW, TRACK, INVOICE, CREDIT_NOTE],
    "refund": [WITHDRAW, TRACK, INVOICE, CREDIT_NOTE],
}


@pytest.fixture
def order(ines, store) -> Order:
    """Two mugs and a vase, 57.95 with delivery; invoiced once all of it is shipped."""
    StoreSettings.objects.update(vat_number="NL004495445B01", invoice_when="shipped")
    order = OrderFactory(
        customer=ines, number="W10479", language="en", items_gross=Decimal("53.00"), total=Decimal("57.95"),
        total_net=Decimal("47.89"), total_vat=Decimal("10.06"),
    )  # fmt: skip
    OrderLine.objects.create(
        order=order, name="Vase", quantity=1, unit_gross=20, vat_rate=21, gross=20,
        net=Decimal("16.53"), vat=Decimal("3.47"),
    )  # fmt: skip
    return order


def opens_in(page: Page, language: str) -> None:
    """Open the order in a language."""
    shop = urljoin(page.url, "/")
    page.context.add_cookies([{"name": "language", "value": language, "url": shop}])
    page.goto(PAGE)


def sees(page: Page, order: Order, step: str) -> None:
    """In each language: the words of the step, its links and no others, and documents that open."""
    everything = {words for links in LINKS.values() for words in links}
    for number, language in enumerate(LANGUAGES):
        opens_in(page, language)
        for words in WORDS[step]:
            expect(page.locator("main")).to_contain_text(words[number])
        links = " ".join(page.locator("main").get_by_role("link").all_inner_texts())
        assert {words for words in everything if words[number] in links} == set(LINKS[step]), (step, language)
    for document in page.locator("main a[href*='/documents/']").all():
        assert page.request.get(document.get_attribute("href")).headers["content-type"] == "application/pdf"


def withdraw_from_the_vase(page: Page) -> None:
    """As a Dutch shopper does it: choose the line, and confirm."""
    opens_in(page, "nl")
    page.locator("main").get_by_role("link", name="Overeenkomst herroepen").click()
    page.get_by_label("Stacking mug").fill("0")
    page.get_by_role("button", name="Overeenkomst herroepen").click()
    expect(page.locator("main")).to_contain_text("1 × Vase")
    page.get_by_role("button", name="Herroeping bevestigen").click()
    expect(page.get_by_role("heading", name="We hebben je herroeping ontvangen")).to_be_visible()


def test_a_shopper_follows_an_order_in_three_languages(visit, ines, order):
    page = visit(ines, PAGE)
    mug, vase = order.lines.order_by("id")
    steps = {
        "order": lambda: None,
        "part payment": lambda: enter_payment(order, amount=Decimal("20.00")),
        "payment": lambda: enter_payment(order, amount=Decimal("37.95")),
        "part shipment": lambda: ship(order, quantities={mug: 2}, carrier="postnl", tracking_number="3SVV1"),
        "shipment": lambda: ship(order, quantities={vase: 1}, carrier="dhl", tracking_number="JJD02"),
        "return": lambda: withdraw_from_the_vase(page),
        "credit note": lambda: accept_withdrawal(order, lines={1: Withdrawn(1, restock=True)}),
        "refund": lambda: refund(order, amount=order.overpaid),
    }
    for step, happens in steps.items():
        happens()
        sees(page, order, step)
