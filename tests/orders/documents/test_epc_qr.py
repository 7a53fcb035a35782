"""The QR code of a bank transfer, read back as a banking app reads it."""

import io
from decimal import Decimal

import pytest
import zxingcpp
from PIL import Image
from segno.helpers import make_epc_qr

from orders.documents import epc_qr
from orders.handling.payments import enter_payment
from orders.models import Order
from tests.factories import OrderFactory

pytestmark = pytest.mark.any_database
FACTS = ["BCD", "002", "1", "SCT", "", "Veld & Vorm", "NL91ABNA0417164300", "EUR37.95", "", "", "W10479"]


@pytest.fixture
def order(store, ines) -> Order:
    store.iban = "NL91 ABNA 0417 1643 00"
    store.save()
    return OrderFactory(customer=ines, number="W10479")


def test_it_holds_account_amount_and_reference(order, monkeypatch):
    made = []
    monkeypatch.setattr(
        epc_qr, "make_epc_qr", lambda *args, **kwargs: made.append(make_epc_qr(*args, **kwargs)) or made[0]
    )
    assert epc_qr.qr_of_order(order).startswith("<svg ")
    picture = io.BytesIO()
    made[0].save(picture, kind="png", scale=4)
    [code] = zxingcpp.read_barcodes(Image.open(picture))
    assert code.text.split("\n") == FACTS


def test_the_order_page_shows_it_until_the_order_is_paid(client, order):
    url = f"/order/{order.token}/"
    client.cookies["language"] = "en"
    assert "Scan the code with your banking app" in client.get(url).content.decode()
    enter_payment(order, amount=Decimal("37.95"))
    assert "Scan the code with your banking app" not in client.get(url).content.decode()


@pytest.mark.parametrize("change", [{"currency": "CHF"}, {"payment_method": "on_pickup"}])
def test_there_is_none_for_other_money_or_ways_to_pay(order, change):
    Order.objects.update(**change)
    assert epc_qr.qr_of_order(Order.objects.get()) == ""


def test_there_is_none_without_an_account_or_with_one_that_is_none(order, store):
    for iban in ("", "NL91"):
        store.iban = iban
        store.save()
        assert epc_qr.qr_of_order(order) == ""
