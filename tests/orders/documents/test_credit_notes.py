"""What a credit note takes back: by line, by amount, and to the cent with what went before."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.checkout.totals import Part, by_rate, taxed
from orders.documents.credit import credited, left_to_credit
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.remaining_lines import LinePart, remaining_of_invoice
from orders.documents.standing import standing_invoice
from orders.handling.errors import OrderError
from orders.models import Document, Order, VatCategory
from orders.vat.treatment import LineVat
from tests.factories import OrderFactory
from tests.orders.documents.pdfs import text_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def invoice(store, ines) -> Document:
    order = OrderFactory(customer=ines, language="en", number="W10479")
    return issue_invoice(order)


def amounts(note: Document) -> list[str]:
    return [note.content["totals"][name] for name in ("net", "vat", "gross")]


def test_a_credit_note_is_refused_in_the_language_of_whoever_wants_it(invoice):
    wrongs = [{"lines": {0: LinePart(3)}}, {"amount": Decimal("99.00")}]
    for wrong in wrongs:
        with translation.override("nl"), pytest.raises(OrderError, match="^Je kunt"):
            issue_credit_note(invoice, **wrong)


def test_one_of_two_pieces_is_credited(invoice):
    note = issue_credit_note(invoice, lines={0: LinePart(1)})
    [line] = note.content["lines"]
    assert (line["name"], line["quantity"], line["unit_gross"]) == ("Stacking mug", 1, "16.50")
    assert amounts(note) == ["13.64", "2.86", "16.50"]
    assert standing_invoice(note.order) == invoice


def test_ten_of_119_is_credited_by_amount(invoice):
    note = issue_credit_note(invoice, amount=Decimal("10.00"), remark="Sorry for the scratch.")
    assert amounts(note) == ["8.26", "1.74", "10.00"]
    text = text_of(note)
    assert f"This credit note corrects invoice {invoice.number}" in text
    assert "Sorry for the scratch." in text


def test_the_last_part_meets_the_invoice_to_the_cent(invoice):
    notes = [
        issue_credit_note(invoice, amount=Decimal("0.01")),
        issue_credit_note(invoice, lines={0: LinePart(1)}),
        issue_credit_note(invoice, lines={1: LinePart(1, Decimal("4.94"))}),
        issue_credit_note(invoice),
    ]
    for name in ("net", "vat", "gross"):
        assert sum(Decimal(note.content["totals"][name]) for note in notes) == Decimal(invoice.content["totals"][name])
    assert standing_invoice(invoice.order) is None


@pytest.fixture
def discounted_invoice(store, ines) -> Document:
    """As of an imported order: five euros less than the items came to are a line of their own."""
    order = OrderFactory(customer=ines, language="en", number="W10481", total=Decimal("32.95"))
    order.lines.create(
        name="Discount", quantity=1, unit_gross=Decimal("-5.00"), vat_rate=Decimal("21.0"),
        net=Decimal("-4.13"), vat=Decimal("-0.87"), gross=Decimal("-5.00"),
    )  # fmt: skip
    return issue_invoice(order)


@pytest.mark.parametrize("lines", [None, {0: LinePart(2), 1: LinePart(1), 2: LinePart(1)}])
def test_an_invoice_with_a_line_below_zero_is_credited_in_full(discounted_invoice, lines):
    note = issue_credit_note(discounted_invoice, lines=lines)
    assert [line["name"] for line in note.content["lines"]] == ["Stacking mug", "Discount", "Parcel"]
    assert amounts(note) == [discounted_invoice.content["totals"][name] for name in ("net", "vat", "gross")]
    assert standing_invoice(note.order) is None


def test_two_countries_with_the_same_rate_stay_apart(store, ines):
    """A repair is taxed at home, the mugs where they go to: Lithuania has 21 % as the Netherlands do."""
    order = OrderFactory(customer=ines, language="en", number="W10480")
    order.lines.update(vat_country="LT")
    invoice = issue_invoice(order)
    assert [part["country"] for part in invoice.content["vat"]] == ["LT", order.delivery_vat_country]
    note = issue_credit_note(invoice)
    assert note.total == invoice.total
    assert note.content["vat"] == invoice.content["vat"]


def test_an_amount_names_the_country_of_its_vat(store, ines):
    order = OrderFactory(customer=ines, language="en", number="W10480")
    order.lines.update(vat_country="LT")
    note = issue_credit_note(issue_invoice(order), amount=Decimal("10.00"))
    assert [line["vat_country"] for line in note.content["lines"]] == ["LT", order.delivery_vat_country]


def test_part_of_a_price_is_credited_without_a_piece(invoice):
    note = issue_credit_note(invoice, lines={0: LinePart(0, Decimal("3.30"))})
    assert note.content["lines"][0]["name"] == "Price reduction: Stacking mug"
    [mugs, _delivery] = remaining_of_invoice(invoice)
    assert (mugs.quantity, mugs.gross) == (2, Decimal("29.70"))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"lines": {0: LinePart(3)}}, "You can choose up to 2 × Stacking mug"),
        ({"lines": {0: LinePart(1, Decimal("33.01"))}}, "You can choose up to €33.00 for Stacking mug"),
        ({"amount": Decimal("37.96")}, "You can credit up to €37.95"),
        ({"amount": Decimal("0.00")}, "You can credit up to €37.95"),
        ({"lines": {}}, "Choose at least 1 item or enter an amount"),
    ],
)
def test_no_more_is_credited_than_was_invoiced(invoice, what, words):
    with pytest.raises(OrderError, match=f"^{words}$"):
        issue_credit_note(invoice, **what)
    assert not Document.objects.filter(kind="credit_note").exists()


def test_what_was_credited_by_amount_is_not_credited_again_by_line(invoice):
    issue_credit_note(invoice, amount=Decimal("20.00"))
    note = issue_credit_note(invoice, lines={0: LinePart(2)})
    assert note.total == Decimal("17.95")
    with pytest.raises(OrderError, match="fully|in full"):
        issue_credit_note(invoice)


def test_what_the_order_owes_follows_part_credits(invoice):
    issue_credit_note(invoice, amount=Decimal("7.95"))
    order = Order.objects.get()
    assert (order.due, order.outstanding, order.payment_state) == (Decimal("30.00"), Decimal("30.00"), "unpaid")


def standard(rate: str) -> LineVat:
    return LineVat(VatCategory.STANDARD, "NL", Decimal(rate), Decimal(rate))


class Paper:
    """An invoice that stands in no database, with the credit notes that it got."""

    currency, language = "EUR", "en"

    def __init__(self, lines: list[tuple[str, int, str]]) -> None:
        self.notes, rows, parts = [], [], []
        prices = [(Decimal(price) * quantity, standard(rate)) for price, quantity, rate in lines]
        for (price, quantity, rate), amount in zip(lines, taxed(prices), strict=True):
            parts.append(Part("S", "NL", Decimal(rate), amount))
            row = {"name": "x", "sku": "", "quantity": quantity, "unit_gross": price, "vat_rate": rate}
            rows.append(row | {name: str(getattr(amount, name)) for name in ("net", "vat", "gross")})
        sums = [
            {"rate": str(part.rate), "net": str(part.amounts.net), "vat": str(part.amounts.vat)}
            for part in by_rate(parts)
        ]
        self.content = {"lines": rows, "vat": sums, "issued": "2026-11-19"}
        self.total, self.number, self.credit_notes = sum(part.amounts.gross for part in parts), "2026-00001", self

    def all(self) -> list:
        return self.notes

    def credit(self, **what) -> dict:
        note = Note(credited(self, **what))
        self.notes.append(note)
        return note.content


class Note:
    def __init__(self, content: dict) -> None:
        self.content, self.total = content, Decimal(content["totals"]["gross"])


prices = st.decimals("0.01", "400", places=2).map(str)
carts = st.lists(
    st.tuples(prices, st.integers(1, 40), st.sampled_from(["0.0", "7.0", "9.0", "21.0"])), min_size=1, max_size=5
)


@settings(max_examples=60)
@given(carts, st.data())
def test_parts_of_any_invoice_add_up_to_it(cart, data):
    paper = Paper(cart)
    for _step in range(data.draw(st.integers(0, 4))):
        left = left_to_credit(paper)
        if not left:
            break
        if data.draw(st.booleans()):
            paper.credit(amount=data.draw(st.decimals("0.01", left, places=2)))
        else:
            wanted = {
                at: LinePart(data.draw(st.integers(0, line.quantity)))
                for at, line in enumerate(remaining_of_invoice(paper))
            }
            try_to_credit(paper, wanted)
    if left_to_credit(paper):
        paper.credit()
    check(paper)


def try_to_credit(paper: Paper, wanted: dict) -> None:
    """Nothing, or what was credited by amount before, is refused."""
    with suppress(OrderError):
        paper.credit(lines=wanted)


def check(paper: Paper) -> None:
    for note in paper.notes:
        for part in (*note.content["lines"], note.content["totals"]):
            net, vat, gross = (Decimal(part[name]) for name in ("net", "vat", "gross"))
            assert net + vat == gross
            assert min(net, vat) >= 0
        assert sum(Decimal(line["gross"]) for line in note.content["lines"]) == note.total
    for rate in paper.content["vat"]:
        for name in ("net", "vat"):
            credited_at = (
                Decimal(part[name])
                for note in paper.notes
                for part in note.content["vat"]
                if Decimal(part["rate"]) == Decimal(rate["rate"])
            )
            assert sum(credited_at) == Decimal(rate[name])


def test_a_line_of_which_nothing_is_left_at_its_rate_is_not_credited(invoice):
    issue_credit_note(invoice, amount=Decimal("37.94"))
    issue_credit_note(invoice, lines={0: LinePart(1)})
    with pytest.raises(OrderError):
        issue_credit_note(invoice, lines={0: LinePart(1)})
    assert invoice.credit_notes.count() == 2
