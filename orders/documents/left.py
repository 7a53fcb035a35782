"""What is left of the lines of an order or invoice, after some were credited or refunded."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Self

from django.utils.translation import gettext

from orders.checkout.totals import rounded
from orders.documents.content import gross_of, lines_of
from orders.handling.errors import OrderError
from orders.models import Document, Order, RefundLine
from shopadmin.rendering.formats import money


class Taken(NamedTuple):
    """So many pieces of a line; `amount` is what they come to where that is not their price."""

    quantity: int
    amount: Decimal | None = None


@dataclass
class LineLeft:
    """One line, and what is left of it."""

    name: str
    sku: str
    unit_gross: Decimal
    currency: str
    all_quantity: int
    all_gross: Decimal
    quantity: int
    gross: Decimal

    @classmethod
    def of(cls, line: dict, currency: str) -> Self:
        """Begin with the whole of a line of a document."""
        unit_gross, gross = Decimal(line["unit_gross"]), Decimal(line["gross"])
        quantity = line["quantity"]
        return cls(line["name"], line["sku"], unit_gross, currency, quantity, gross, quantity, gross)

    def less(self, quantity: int, gross: Decimal) -> None:
        """Take off what went before."""
        self.quantity -= quantity
        self.gross -= gross

    def keep(self, pieces: int, gross: Decimal) -> None:
        """Leave no more of it than that."""
        self.quantity = min(self.quantity, pieces)
        self.gross = min(self.gross, gross)

    def price_of(self, quantity: int) -> Decimal:
        """What so many of the pieces that are left come to: the line's price to the cent once all of them went."""
        before = self.all_quantity - self.quantity
        upto = [rounded(self.all_gross * count / self.all_quantity) for count in (before, before + quantity)]
        return min(upto[1] - upto[0], self.gross)

    def amount_of(self, taken: Taken) -> Decimal:
        """What is taken comes to; OrderError where that is more than there is."""
        if taken.quantity > self.quantity:
            words = {"count": self.quantity, "product": self.name}
            raise OrderError(gettext("You can choose up to %(count)d × %(product)s") % words)
        if taken.amount is None:
            return self.price_of(taken.quantity)
        if taken.amount > self.gross:
            words = {"amount": money(self.gross, self.currency), "product": self.name}
            raise OrderError(gettext("You can choose up to %(amount)s for %(product)s") % words)
        return taken.amount


def left_of_invoice(invoice: Document) -> list[LineLeft]:
    """The lines of an invoice as they stand there, less what credit notes took off each."""
    lines = [LineLeft.of(line, invoice.currency) for line in invoice.content["lines"]]
    for note in invoice.credit_notes.all():
        for line in note.content["lines"]:
            if line.get("of") is not None:
                lines[line["of"]].less(line["pieces"], Decimal(line["gross"]))
    return lines


def left_of_order(order: Order) -> list[LineLeft]:
    """The lines of an order, the delivery last, less what was refunded of each or withdrawn from."""
    whole = lines_of(order)
    lines = [LineLeft.of(line, order.currency) for line in whole]
    positions: dict[int | None, int] = {line.pk: position for position, line in enumerate(order.lines.all())}
    for part in RefundLine.objects.filter(refund__order=order):
        position = positions.get(part.order_line_id, len(positions))
        if position < len(lines):  # else it is of a delivery that costs nothing since an edit
            lines[position].less(part.quantity, part.amount)
    for at, line in enumerate(order.lines.all()):
        lines[at].keep(line.kept, Decimal(whole[at]["gross"]) - gross_of(whole[at], line.withdrawn))
    return lines


def positions_on_order(invoice: Document) -> list[int]:
    """Of each line of an invoice, which line of the order it is; the delivery comes last on both."""
    return [line.get("at", position) for position, line in enumerate(invoice.content["lines"])]
