"""Whatever is paid, refunded and credited, in whatever order: amounts, VAT and both spellings of the XML add up."""

from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from orders.checkout.totals import Amounts, total_of
from orders.documents import issue
from orders.documents.e_invoice.cii import cii_of
from orders.documents.e_invoice.ubl import ubl_of
from orders.documents.remaining_lines import LinePart
from orders.documents.standing import standing_invoice
from orders.handling.errors import OrderError
from orders.handling.payments import enter_payment
from orders.handling.refunds import RefundedLine, refund
from orders.models import Order
from orders.withdrawal.acceptance import Withdrawn, accept_withdrawal
from tests.factories import OrderFactory
from tests.orders.documents.e_invoices import wrong_in_cii, wrong_in_ubl

pytestmark = pytest.mark.slow
prices = st.decimals("0.01", "300", places=2)
rates = st.sampled_from([Decimal("21.0"), Decimal("9.0"), Decimal("7.0")])
carts = st.lists(st.tuples(prices, st.integers(1, 20), rates), min_size=1, max_size=4)
parts = st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)
steps = st.lists(
    st.tuples(st.sampled_from(["pay", "refund", "refund line", "credit", "credit line", "withdraw"]), parts), max_size=6
)
before_the_invoice = st.lists(st.tuples(st.sampled_from(["pay", "withdraw"]), parts), max_size=2)


def placed(cart: list) -> Order:
    """An order of these things; the delivery is free."""
    amounts = [Amounts.of_gross(price * quantity, rate) for price, quantity, rate in cart]
    total = total_of(amounts)
    sums = {"items_gross": total.gross, "total_net": total.net, "total_vat": total.vat, "total": total.gross}
    order = OrderFactory(delivery_net=0, delivery_vat=0, delivery_gross=0, **sums)
    order.lines.all().delete()
    for (price, quantity, rate), amount in zip(cart, amounts, strict=True):
        facts = {"unit_gross": price, "quantity": quantity, "vat_rate": rate, "name": "Mug"}
        order.lines.create(**facts, net=amount.net, vat=amount.vat, gross=amount.gross)
    return order


def do(order: Order, deed: str, part: Decimal) -> None:
    """Do a part of it; what is not possible is refused."""
    order.refresh_from_db()
    amount = (order.total * part).quantize(Decimal("0.01"))
    pieces = int(order.lines.first().quantity * part)
    invoice = standing_invoice(order)
    try:
        if deed == "pay":
            enter_payment(order, amount=amount)
        elif deed == "refund":
            refund(order, amount=amount, credit_note=True)
        elif deed == "refund line":
            refund(order, lines={0: RefundedLine(pieces)}, credit_note=True)
        elif deed == "withdraw":
            accept_withdrawal(order, lines={0: Withdrawn(pieces)}, refund=bool(pieces % 2))
        elif invoice:
            what = {"amount": amount} if deed == "credit" else {"lines": {0: LinePart(pieces)}}
            issue.issue_credit_note(invoice, **what)
    except OrderError:
        pass


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(carts, before_the_invoice, steps)
def test_whatever_happens_to_an_order_adds_up(store, cart, before, steps):
    store.vat_number, store.city, store.postcode = "NL001234567B01", "Utrecht", "3511 NR"
    store.save()
    order = placed(cart)
    for deed, part in before:
        do(order, deed, part)
    order.refresh_from_db()
    invoice = None if order.is_over else issue.issue_invoice(order)
    for deed, part in steps:
        do(order, deed, part)
        order.refresh_from_db()
        assert 0 <= order.paid <= order.total
        assert 0 <= order.credited <= order.total
    notes = list(invoice.credit_notes.all()) if invoice else []
    assert invoice is None or order.total - invoice.total + sum(note.total for note in notes) == order.credited
    for document in (invoice, *notes) if invoice else ():
        adds_up(document.content)
        assert (wrong_in_cii(cii_of(document.content)), wrong_in_ubl(ubl_of(document.content))) == ([], [])


def adds_up(content: dict) -> None:
    for name in ("net", "vat"):
        total = Decimal(content["totals"][name])
        assert sum(Decimal(line[name]) for line in content["lines"]) == total
        assert sum(Decimal(part[name]) for part in content["vat"]) == total
        assert min(Decimal(line[name]) for line in content["lines"]) >= 0
    assert Decimal(content["totals"]["net"]) + Decimal(content["totals"]["vat"]) == Decimal(content["totals"]["gross"])
