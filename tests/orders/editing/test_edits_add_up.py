"""Whatever is ordered, taken off, edited, paid, refunded and credited, in whatever order: it all adds up."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orders.checkout.discounts import Discount, Discounts
from orders.checkout.place import place
from orders.checkout.quote import Quote, QuoteLine
from orders.checkout.totals import ZERO, rounded, vat_in
from orders.documents import issue
from orders.documents.e_invoice.cii import cii_of
from orders.documents.e_invoice.ubl import ubl_of
from orders.documents.remaining_lines import LinePart
from orders.documents.standing import standing_invoice
from orders.editing.edit import edit
from orders.editing.edited import Edited, Wanted
from orders.handling.errors import OrderError
from orders.handling.payments import enter_payment
from orders.handling.refunds import RefundedLine, refund
from orders.models import DailySales, Order, OrderLine, Product
from orders.vat.sale import sale_of
from tests.factories import CustomerFactory, DeliveryMethodFactory, ProductFactory
from tests.orders.documents.e_invoices import wrong_in_cii, wrong_in_ubl
from tests.people import member_of_staff

pytestmark = pytest.mark.django_db
STOCK = 60
PLACES = {
    "NL": {"postcode": "3511 AW", "city": "Utrecht", "house_number": "1"},
    "DE": {"postcode": "04107", "city": "Leipzig", "house_number": "1"},
    "CH": {"postcode": "8001", "city": "Zürich"},
}
prices = st.integers(1, 30_000).map(lambda cents: rounded(Decimal(cents) / 100))
products = st.tuples(prices, st.sampled_from(["standard", "reduced", "zero"]))
discounts = st.builds(Discount, amount=prices) | st.builds(Discount, percent=st.integers(0, 100).map(Decimal))
shops = st.lists(products, min_size=2, max_size=4)
parts = st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)
deeds = [
    "edit line", "add", "take off line", "take off added", "take off order", "deliver", "move", "pay", "refund",
    "refund line", "invoice", "credit", "credit line",
]  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(deeds), parts), max_size=10)
few = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def address_in(country: str) -> dict[str, str]:
    empty = dict.fromkeys(("attention", "addition", "line2", "region", "house_number"), "")
    return {**empty, "country": country, "street": "Kade", **PLACES[country]}


def ordered(shop: list, on_line: Discount, on_order: Discount, country: str) -> Order:
    """An order by phone of one to three of each product."""
    things = [ProductFactory(price=price, tax_class=tax_class, stock=STOCK) for price, tax_class in shop]
    quantities = {thing.pk: at % 3 + 1 for at, thing in enumerate(things)}
    off = Discounts({things[0].pk: on_line}, on_order)
    customer, delivery = CustomerFactory(), DeliveryMethodFactory(countries=[], free_from=Decimal(200))
    details = {"email": customer.email, "first_name": "Gus", "last_name": "Gast", "phone": "", "language": "en"}
    details |= {"customer_type": "private", "vat_number": ""}
    addresses = {"billing": address_in(country)}
    lines = off.taken_off([QuoteLine(thing, quantities[thing.pk]) for thing in things])
    agreed = Quote(lines, "EUR", sale_of(details, addresses, delivery), delivery).fingerprint
    by = member_of_staff(f"{uuid4()}@shop.example", "Mara", "owner")
    return place(
        quantities, delivery=delivery, key=uuid4(), agreed=agreed, details=details, addresses=addresses,
        payment_method="invoice", shopper=customer, discounts=off, by=by,
    ).order  # fmt: skip


def wanted(order: Order, deed: str, part: Decimal) -> Wanted:
    if deed == "edit line":
        line = order.lines.order_by("-id").first()
        return Wanted(quantities={line.pk: int(part * 8)})
    if deed == "add":
        return Wanted(added={Product.objects.order_by("price", "pk").last().pk: int(part * 4)})
    if deed.startswith("take off"):
        return discounted(order, deed, part)
    if deed == "deliver":
        return Wanted(delivery=DeliveryMethodFactory(countries=[], price=rounded(part * 20)))
    return Wanted(addresses={"billing": address_in(sorted(PLACES)[int(part * 2)])})


def discounted(order: Order, deed: str, part: Decimal) -> Wanted:
    """Another discount, in per cent or as an amount, which now and then is more than there is to pay."""
    off = Discount(percent=rounded(part * 100)) if part * 100 % 2 else Discount(amount=rounded(part * 300))
    if deed == "take off order":
        return Wanted(order_discount=off)
    if deed == "take off line":
        line = order.lines.first()
        return Wanted(discounts={line.pk: off}, quantities={line.pk: int(part * 6) or 1})
    product = Product.objects.order_by("price", "pk").first()
    return Wanted(added={product.pk: 2}, discounts_added={product.pk: off}, order_discount=Discount(amount=part * 20))


def do(order: Order, deed: str, part: Decimal) -> None:
    """Do a part of it; what is not possible is refused."""
    amount, pieces = rounded(order.total * part), int(order.lines.first().quantity * part)
    invoice = standing_invoice(order)
    if deed == "pay":
        enter_payment(order, amount=amount)
    elif deed == "invoice":
        issue.issue_invoice(order)
    elif deed == "refund":
        refund(order, amount=amount, credit_note=bool(invoice))
    elif deed == "refund line":
        refund(order, lines={0: RefundedLine(pieces)}, credit_note=bool(invoice))
    elif deed.startswith("credit"):
        what = {"amount": amount} if deed == "credit" else {"lines": {0: LinePart(pieces)}}
        issue.issue_credit_note(invoice or issue.issue_invoice(order), **what)
    else:
        as_reviewed = Edited.of(order, wanted(order, deed, part))
        edit(order, as_reviewed.wanted, agreed=as_reviewed.fingerprint)


def adds_up(order: Order) -> None:
    """Lines, delivery, VAT by rate, totals, stock, sales and what was paid."""
    lines = list(order.lines.all())
    rows = [(line.vat_category, line.vat_country, line.vat_rate, line.gross, line.vat) for line in lines]
    rows.append((order.delivery_vat_category, order.delivery_vat_country, order.delivery_vat_rate,
                 order.delivery_gross, order.delivery_vat))  # fmt: skip
    assert order.total == sum(row[3] for row in rows) == order.total_net + order.total_vat
    assert order.total_vat == sum(row[4] for row in rows)
    for treatment in {row[:3] for row in rows}:
        alike = [row for row in rows if row[:3] == treatment]
        assert sum(row[4] for row in alike) == vat_in(sum(row[3] for row in alike), treatment[2])
    assert min(min(line.net, line.vat, line.order_discount) for line in lines) >= 0
    assert all(line.order_discount <= line.discount for line in lines)
    assert all(abs(line.unit_gross * line.quantity - line.discount - line.gross) < line.quantity for line in lines)


def is_counted(order: Order) -> None:
    """Stock, amount spent, revenue, and no money beyond what there was."""
    for product in Product.objects.all():
        on_orders = OrderLine.objects.filter(product=product).aggregate(all=Sum("quantity"))["all"] or 0
        assert product.stock + on_orders == STOCK
    received = sum((payment.amount for payment in order.payments.filter(amount__gt=0)), ZERO)
    spent = max(order.total - order.refunded, order.paid)
    assert 0 <= order.paid == received - order.refunded
    assert 0 <= order.credited <= order.total
    order.customer.refresh_from_db()
    assert order.customer.spent == spent == rounded(DailySales.objects.aggregate(all=Sum("revenue"))["all"])


@few
@given(shops, discounts, discounts, st.sampled_from(sorted(PLACES)), steps)
def test_whatever_happens_to_an_order_adds_up(store, shop, on_line, on_order, country, steps):
    store.vat_number, store.city, store.postcode = "NL001234567B01", "Utrecht", "3511 NR"
    store.one_stop_shop = True
    with transaction.atomic():
        store.save()
        happens(ordered(shop, on_line, on_order, country), steps)
        transaction.set_rollback(True)


def happens(order: Order, steps: list) -> None:
    for deed, part in [("pay", Decimal(0)), *steps]:
        try:
            do(order, deed, part)
        except OrderError:
            pass
        order.refresh_from_db()
        adds_up(order)
        is_counted(order)
    papers_add_up(order)


def papers_add_up(order: Order) -> None:
    """Each document by itself, and all of them together with the order."""
    documents = [document.content for document in order.documents.all()]
    for content in documents:
        for name in ("net", "vat"):
            total = Decimal(content["totals"][name])
            assert sum(Decimal(line[name]) for line in content["lines"]) == total
            assert sum(Decimal(part[name]) for part in content["vat"]) == total
            assert min(Decimal(line[name]) for line in content["lines"]) >= 0
    if documents:
        assert order.documents.first().total == order.total
        assert (wrong_in_cii(cii_of(documents[-1])), wrong_in_ubl(ubl_of(documents[-1]))) == ([], [])
