"""What remains of the lines of an order or invoice once some were credited, refunded or withdrawn from.

Forms and verbs name a line by its position, counted from 0: the lines of the order by their ids, then the delivery
where it cost something. An invoice has the same lines without those that were withdrawn from before it was issued;
`positions_on_order` leads from its positions to those on the order.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Self

from django.utils.translation import gettext

from orders.checkout.totals import ZERO, rounded
from orders.documents.content import gross_of, lines_of
from orders.handling.errors import OrderError
from orders.models import Document, Order, OrderEvent, RefundLine
from shopadmin.rendering.formats import money


class LinePart(NamedTuple):
    """Some pieces of a line that are credited or refunded; `amount`, VAT included, where that is not their price.

    No pieces and an amount are a reduction of the price.
    """

    quantity: int
    amount: Decimal | None = None


@dataclass
class RemainingLine:
    """One line, and how many pieces and which amount (VAT included) remain of it."""

    name: str
    sku: str
    unit_gross: Decimal
    currency: str
    whole_quantity: int
    whole_gross: Decimal
    quantity: int
    gross: Decimal

    @classmethod
    def of(cls, line: dict, currency: str) -> Self:
        """Begin with the whole of a line of a document."""
        unit_gross, gross = Decimal(line["unit_gross"]), Decimal(line["gross"])
        quantity = line["quantity"]
        return cls(line["name"], line["sku"], unit_gross, currency, quantity, gross, quantity, gross)

    def subtract(self, quantity: int, gross: Decimal) -> None:
        """Take off what was credited or refunded."""
        self.quantity -= quantity
        self.gross -= gross

    def limit_to(self, quantity: int, gross: Decimal) -> None:
        """Leave no more of it than that."""
        self.quantity = min(self.quantity, quantity)
        self.gross = min(self.gross, gross)

    def price_of(self, quantity: int) -> Decimal:
        """The price of some of the remaining pieces.

        A difference of cumulated prices, so that the prices of all parts add up to that of the line, to the cent.
        """
        before = self.whole_quantity - self.quantity
        upto = [rounded(self.whole_gross * count / self.whole_quantity) for count in (before, before + quantity)]
        return min(upto[1] - upto[0], self.gross)

    def amount_of(self, part: LinePart) -> Decimal:
        """The amount of a part; OrderError where that is more than remains."""
        if part.quantity > self.quantity:
            words = {"count": self.quantity, "product": self.name}
            raise OrderError(gettext("You can choose up to %(count)d × %(product)s") % words)
        if part.amount is None:
            return self.price_of(part.quantity)
        if part.amount > self.gross:
            words = {"amount": money(self.gross, self.currency), "product": self.name}
            raise OrderError(gettext("You can choose up to %(amount)s for %(product)s") % words)
        return part.amount


def remaining_of_invoice(invoice: Document) -> list[RemainingLine]:
    """The lines of an invoice as they stand there, less what credit notes took off each."""
    lines = [RemainingLine.of(line, invoice.currency) for line in invoice.content["lines"]]
    for note in invoice.credit_notes.all():
        for line in note.content["lines"]:
            if line.get("of") is not None:
                lines[line["of"]].subtract(line["pieces"], Decimal(line["gross"]))
    return lines


def remaining_of_order(order: Order) -> list[RemainingLine]:
    """The lines of an order, the delivery last, less what was refunded of each or withdrawn from."""
    whole, order_lines = lines_of(order), list(order.lines.all())
    lines = [RemainingLine.of(line, order.currency) for line in whole]
    kept = [RemainingLine.of(line, order.currency) for line in whole]
    for at, line in enumerate(order_lines):
        kept[at].subtract(line.withdrawn, gross_of(whole[at], line.withdrawn))
    positions: dict[int | None, int] = {line.pk: position for position, line in enumerate(order_lines)}
    for part, is_of_others in refund_lines_of(order):
        position = positions.get(part.order_line_id, len(positions))
        if position >= len(lines):
            continue  # it is of a delivery that costs nothing since an edit
        lines[position].subtract(part.quantity, part.amount)
        if is_of_others:
            kept[position].subtract(part.quantity, part.amount)
    for remaining, left in zip(lines, kept, strict=True):
        gross = max(left.gross, ZERO) if remaining.whole_gross > 0 else left.gross
        remaining.limit_to(max(left.quantity, 0), gross)
    return lines


def refund_lines_of(order: Order) -> list[tuple[RefundLine, bool]]:
    """What was refunded by line, and whether it is of other pieces than those that were withdrawn from.

    What was refunded after the first accepted withdrawal may be what was withdrawn from, and is not taken off twice.
    """
    parts = list(RefundLine.objects.filter(refund__order=order).select_related("refund"))
    if not parts:
        return []
    accepted = order.events.filter(kind=OrderEvent.Kind.WITHDRAWN).order_by("at")
    first = accepted.values_list("at", flat=True).first()
    return [(part, first is None or part.refund.at < first) for part in parts]


def positions_on_order(invoice: Document) -> list[int]:
    """Of each line of an invoice, which line of the order it is; the delivery comes last on both."""
    return [line.get("at", position) for position, line in enumerate(invoice.content["lines"])]
