"""`manage.py import_orders`: how far orders had come, in the words of other systems."""

from decimal import Decimal

import pytest

from orders.models import Order
from tests.orders.importing.imports import left_out, refused, take_in, take_in_rows

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
COMPLETED, CANCELLED = ("completed", "paid", "shipped"), ("cancelled", "no_payment_due", "not_shipped")
PAID, UNPAID = ("open", "paid", "not_shipped"), ("open", "unpaid", "not_shipped")
GIVEN_BACK, HALF_SENT = ("cancelled", "refunded", "not_shipped"), ("open", "paid", "partly_shipped")
REFUNDED = ("completed", "refunded", "shipped")


def came(tmp_path, cells: str, titles: str) -> tuple[str, str, str]:
    """State, payment and shipping of an order over 10 euros with these cells."""
    take_in_rows(tmp_path, f"1,a@k.example,2024-05-17,10,{cells}", more=titles)
    return Order.objects.values_list("state", "payment_state", "shipping_state").get(number="1")


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("completed|wc-completed|complete|Afgerond|Abgeschlossen|Komplett abgeschlossen|completed_shipped", COMPLETED),
        ("shipped|Delivered|Verzonden|Afgeleverd|Versendet|Zugestellt|Ausgeliefert", COMPLETED),
        ("cancelled|canceled|wc-cancelled|Geannuleerd|Storniert|Storniert / Abgelehnt|Abgebrochen", CANCELLED),
        ("wc-failed|Mislukt|Fehlgeschlagen|Payment error|Betalingsfout|Fehler bei der Bezahlung", CANCELLED),
        ("wc-refunded|Refunded|Terugbetaald|Erstattet|Rückerstattet", REFUNDED),
        ("processing|wc-processing|In behandeling|In Bearbeitung|processing_awaiting_shipment", PAID),
        ("Payment accepted|Betaling aanvaard|Zahlung eingegangen|On backorder (paid)|in_progress", PAID),
        ("pending|wc-on-hold|holded|open|new|Offen|Nieuw|Wachtend op betaling|Zahlung ausstehend", UNPAID),
        ("pending_payment|Awaiting bank wire payment|processing_awaiting_payment|On backorder (not paid)", UNPAID),
    ],
)
def test_the_states_of_other_systems_are_understood(tmp_path, store, words, outcome):
    rows = [f"{place},a@k.example,2024-05-17,10,{word}" for place, word in enumerate(words.split("|"))]
    take_in_rows(tmp_path, *rows, more="state")
    found = Order.objects.order_by("number").values_list("state", "payment_state", "shipping_state")
    assert (list(found), left_out(tmp_path)) == ([outcome] * len(rows), [])


@pytest.mark.parametrize(
    ("cells", "titles", "outcome"),
    [
        ("paid,fulfilled", "Financial Status,Fulfillment Status", COMPLETED),
        ("paid,unfulfilled", "Financial Status,Fulfillment Status", PAID),
        ("pending,", "Financial Status,Fulfillment Status", UNPAID),
        ("refunded,fulfilled", "Financial Status,Fulfillment Status", REFUNDED),
        ("refunded,,2024-05-18", "Financial Status,Fulfillment Status,Cancelled at", GIVEN_BACK),
        ("completed,niet betaald,verzonden", "Status,Betaalstatus,Verzendstatus", ("completed", "unpaid", "shipped")),
        ("In Bearbeitung,Komplett bezahlt,Teilweise versendet", "Status,Zahlungsstatus,Versandstatus", HALF_SENT),
        ("completed,no,yes", "state,paid,shipped", ("completed", "unpaid", "shipped")),
        ("new,not_paid,not_shipped", "Status,Payment_status,Shipment_status", UNPAID),
    ],
)  # fmt: skip
def test_payment_and_shipping_have_columns_of_their_own(tmp_path, store, cells, titles, outcome):
    assert came(tmp_path, cells, titles) == outcome


def test_what_was_paid_and_refunded_is_entered(tmp_path, store):
    came(tmp_path, "completed,10.00,4.00,2024-05-18", "state,amount_paid,refunded,paid_at")
    order = Order.objects.get()
    assert (order.paid, list(order.payments.order_by("amount").values_list("amount", flat=True))) == (
        Decimal("6.00"), [Decimal("-4.00"), Decimal("10.00")]
    )  # fmt: skip


@pytest.mark.parametrize(("title", "payment"), [("Purchase Point", "refunded"), ("Shop", "paid")])
def test_magento_closes_what_it_refunded(tmp_path, store, title, payment):
    header = f"ID,Customer Email,Purchase Date,Grand Total (Base),Status,{title}"
    take_in(tmp_path, f"{header}\n000000002,b@k.example,2024-05-17,12.5000,closed,Main\n")
    assert Order.objects.get(number="000000002").payment_state == payment


def test_a_state_that_is_not_known_is_left_out_and_said(tmp_path, store):
    assert came(tmp_path, "zzz,yyy", "state,paid") == COMPLETED
    reason = "Cell skipped: This status is not recognised."
    assert left_out(tmp_path) == [("2", "paid / state", reason)]


def test_a_draft_is_no_order(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,wc-checkout-draft", more="state")
    assert refused(tmp_path) == [("2", "state", "This is a draft, not an order.")]
