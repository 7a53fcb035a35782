"""What a credit note says: which part of an invoice it takes back, by line or by amount.

The VAT of each part is the difference of cumulated amounts: what belongs to all that is credited at a rate, this part
included, less what was credited before. So the last part meets the invoice to the cent, and none is below zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext

from orders.checkout.totals import ZERO, Amounts, rounded, shared
from orders.documents.remaining_lines import LinePart, RemainingLine, remaining_of_invoice
from orders.handling.errors import OrderError
from orders.models import Document
from shopadmin.rendering.formats import money

Rate = tuple[str, str, Decimal]  # category, country and per cent


@dataclass
class RemainingAtRate:
    """What an invoice comes to at one rate, and what of it was credited."""

    facts: dict  # the invoice's sum at this rate
    gross: Decimal
    vat: Decimal
    credited: Decimal = ZERO
    credited_vat: Decimal = ZERO

    @property
    def remaining(self) -> Decimal:
        return self.gross - self.credited

    def credit(self, gross: Decimal) -> Decimal:
        """Count an amount as credited; returns the VAT in it."""
        self.credited += gross
        vat = self._vat_in(self.credited) - self.credited_vat
        self.credited_vat += vat
        return vat

    def _vat_in(self, gross: Decimal) -> Decimal:
        # Invoices from before VAT was taken out of the sum at a rate may be cents away from that.
        percent = Decimal(self.facts["rate"])
        if self.vat == Amounts.of_gross(self.gross, percent).vat:
            return Amounts.of_gross(gross, percent).vat
        return rounded(self.vat * gross / self.gross)


def credited(
    invoice: Document, *, lines: Mapping[int, LinePart] | None = None, amount: Decimal | None = None, remark: str = ""
) -> dict:
    """The facts of a credit note for some lines (by position) or an amount of an invoice; else for all that is left.

    In the invoice's language; OrderError, in that of whoever wants it, where less is left.
    """
    rates = _rates_left(invoice)
    if amount is not None:
        parts = _by_amount(invoice, rates, amount)
    elif lines is not None:
        parts = _by_line(invoice, rates, lines)
    else:
        parts = _all_that_is_left(invoice, rates)
    vat = _add_vat(parts, rates)
    net, tax = (sum((Decimal(part[name]) for part in vat), ZERO) for name in ("net", "vat"))
    facts = {name: value for name, value in invoice.content.items() if name != "paper"}
    return facts | {
        "lines": parts,
        "vat": vat,
        "totals": {"net": str(net), "vat": str(tax), "gross": str(net + tax)},
        "credits": {
            "number": invoice.number,
            "issued": invoice.content["issued"],
            "is_whole": net + tax == invoice.total,
        },
        "remark": remark,
    }


def left_to_credit(invoice: Document) -> Decimal:
    """How much of an invoice credit notes have not taken back."""
    return invoice.total - sum((note.total for note in invoice.credit_notes.all()), ZERO)


def rate_of(part: dict) -> Rate:
    """How a line or sum is taxed; documents from before categories were kept have standard ones, of no country."""
    if "vat_rate" in part:
        return part.get("vat_category", "S"), part.get("vat_country", ""), Decimal(part["vat_rate"])
    return part.get("vat_category", "S"), part.get("country", ""), Decimal(part["rate"])


def _rates_left(invoice: Document) -> dict[Rate, RemainingAtRate]:
    rates = {}
    for part in invoice.content["vat"]:
        net, vat = Decimal(part["net"]), Decimal(part["vat"])
        rates[rate_of(part)] = RemainingAtRate(part, net + vat, vat)
    for note in invoice.credit_notes.all():
        for part in note.content["vat"]:
            rate = rates[rate_of(part)]
            rate.credited += Decimal(part["net"]) + Decimal(part["vat"])
            rate.credited_vat += Decimal(part["vat"])
    return rates


def _by_line(invoice: Document, rates: dict[Rate, RemainingAtRate], wanted: Mapping[int, LinePart]) -> list[dict]:
    lines, room, parts = remaining_of_invoice(invoice), {rate: part.remaining for rate, part in rates.items()}, []
    for at in _discounts_first(lines, wanted):
        line, taken = invoice.content["lines"][at], wanted[at]
        rate = rate_of(line)
        amount = lines[at].amount_of(taken)
        # After a credit by amount less may be left at the rate than of the line.
        if amount > room.get(rate, ZERO):
            if taken.amount is not None:
                raise OrderError(_too_much(room[rate], invoice))
            amount = room[rate]
            if not amount:
                raise OrderError(_too_much(ZERO, invoice))
        if amount or taken.quantity:
            parts.append(_part(invoice, at, taken.quantity, amount))
            room[rate] = room.get(rate, ZERO) - amount
    if not parts:
        raise OrderError(gettext("Choose at least 1 item or enter an amount"))
    return _in_order(parts)


def _all_that_is_left(invoice: Document, rates: dict[Rate, RemainingAtRate]) -> list[dict]:
    lines, room, parts = remaining_of_invoice(invoice), {rate: part.remaining for rate, part in rates.items()}, []
    for at in _discounts_first(lines, range(len(lines))):
        line, remaining = invoice.content["lines"][at], lines[at]
        amount = min(remaining.gross, room.get(rate_of(line), ZERO))
        if amount or (remaining.quantity and not remaining.gross):
            parts.append(_part(invoice, at, remaining.quantity, amount))
            room[rate_of(line)] = room.get(rate_of(line), ZERO) - amount
    return _in_order(parts)


def _discounts_first(lines: Sequence[RemainingLine], positions: Iterable[int]) -> list[int]:
    """Positions of lines, those below zero first: they leave more at their rate for the others.

    Orders that were imported have such lines, for what their items came to beyond the total.
    """
    return sorted(positions, key=lambda at: (lines[at].gross >= 0, at))


def _in_order(parts: list[dict]) -> list[dict]:
    """The parts as the invoice has their lines."""
    return sorted(parts, key=lambda part: part["of"])


def _part(invoice: Document, at: int, quantity: int, amount: Decimal) -> dict:
    """Some pieces of a line, or, of none, a reduction of its price."""
    line = invoice.content["lines"][at]
    unit_gross = Decimal(line["unit_gross"])
    if unit_gross * quantity != amount:
        unit_gross = rounded(amount / (quantity or 1))
    with translation.override(invoice.language):
        name = line["name"] if quantity else gettext("Price reduction: %s") % line["name"]
    changed = {"name": name, "quantity": quantity or 1, "unit_gross": str(unit_gross), "gross": str(amount)}
    changed["discount"] = "0.00"  # what it comes to is credited, and that is less already
    return line | changed | {"of": at, "pieces": quantity}


def _by_amount(invoice: Document, rates: dict[Rate, RemainingAtRate], amount: Decimal) -> list[dict]:
    left = [part.remaining for part in rates.values()]
    if not ZERO < amount <= sum(left):
        raise OrderError(_too_much(sum(left, ZERO), invoice))
    with translation.override(invoice.language):
        name = gettext("Amount credited")
    return [
        {
            "name": name,
            "sku": "",
            "quantity": 1,
            "unit_gross": str(gross),
            "vat_category": category,
            "vat_country": country,
            "vat_rate": str(rate),
            "gross": str(gross),
        }
        for (category, country, rate), gross in zip(rates, shared(amount, left), strict=True)
        if gross
    ]


def _too_much(left: Decimal, invoice: Document) -> str:
    return gettext("You can credit up to %s") % money(left, invoice.currency)


def _add_vat(lines: list[dict], rates: dict[Rate, RemainingAtRate]) -> list[dict]:
    """Give each line its net and VAT, and return the sums by rate."""
    for line in lines:
        line |= {"net": "0.00", "vat": "0.00"}
    sums = []
    for rate, part in rates.items():
        at_rate = [line for line in lines if rate_of(line) == rate]
        if not at_rate:
            continue
        grosses = [Decimal(line["gross"]) for line in at_rate]
        gross, vat = sum(grosses, ZERO), part.credit(sum(grosses, ZERO))
        for line, line_gross, line_vat in zip(at_rate, grosses, shared(vat, grosses), strict=True):
            line |= {"net": str(line_gross - line_vat), "vat": str(line_vat)}
        sums.append(part.facts | {"vat_category": rate[0], "net": str(gross - vat), "vat": str(vat)})
    return sums
