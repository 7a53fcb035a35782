"""What an invoice or credit note is in the terms of EN 16931, worked out once for both of its spellings.

It is read from the frozen content alone. Amounts are written as they stand there; BT and BG are the standard's terms.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from orders.models import Document

# Codes of the standard's lists: UNTDID 1001, 4461, VATEX, ISO 6523 and EAS.
TYPES = {Document.Kind.INVOICE: "380", Document.Kind.CREDIT_NOTE: "381"}
SEPA, CREDIT_TRANSFER = "58", "30"
REASON_CODES = {"K": "VATEX-EU-IC", "AE": "VATEX-EU-AE", "G": "VATEX-EU-G"}
REGISTERS = {"NL": "0106", "BE": "0208"}
PIECE = "H87"
UNIT = Decimal("0.000001")


@dataclass(frozen=True)
class Address:
    """A postal address (BG-5, BG-8, BG-15)."""

    line: str
    line2: str
    postcode: str
    city: str
    region: str
    country: str


@dataclass(frozen=True)
class Party:
    """Seller or buyer."""

    name: str
    contact: str
    address: Address
    vat_number: str
    tax_number: str
    register_number: str
    email: str
    phone: str

    @property
    def register(self) -> str:
        """The list that its number is of, where that is one of the standard's."""
        return REGISTERS.get(self.address.country, "")

    @property
    def identifier(self) -> str:
        """What names the seller when nothing else does (BR-CO-26)."""
        return "" if self.vat_number or self.register_number else self.tax_number


@dataclass(frozen=True)
class Line:
    """One line (BG-25)."""

    id: str
    name: str
    sku: str
    quantity: str
    net: str
    category: str
    rate: str

    @property
    def unit_net(self) -> str:
        """To six decimals, so that quantity times price gives the line's net again."""
        return str((Decimal(self.net) / Decimal(self.quantity)).quantize(UNIT))


@dataclass(frozen=True)
class Tax:
    """What is charged at one rate (BG-23)."""

    category: str
    rate: str
    net: str
    vat: str
    reason: str

    @property
    def reason_code(self) -> str:
        return REASON_CODES.get(self.category, "")


@dataclass(frozen=True)
class Description:
    """A document."""

    content: dict
    seller: Party
    buyer: Party
    ship_to: Address
    ship_to_name: str
    lines: list[Line]
    taxes: list[Tax]

    @property
    def is_invoice(self) -> bool:
        return self.content["kind"] == Document.Kind.INVOICE

    @property
    def type(self) -> str:
        return TYPES[self.content["kind"]]

    @property
    def delivered(self) -> str:
        """When the goods left; category K asks for a day, which is the document's own until then."""
        is_intra_community = any(tax.category == "K" for tax in self.taxes)
        return self.content["delivered"] or (self.content["issued"] if is_intra_community else "")

    @property
    def total(self) -> Decimal:
        return Decimal(self.content["totals"]["gross"])

    @property
    def due(self) -> Decimal:
        return Decimal(self.content["payment"]["open"])

    @property
    def prepaid(self) -> str:
        return str(self.total - self.due) if self.total != self.due else ""

    @property
    def iban(self) -> str:
        """The account to pay to; none where nothing is left to pay, or the shop is who pays."""
        return "".join(self.content["seller"]["iban"].split()) if self.due and self.is_invoice else ""

    @property
    def means(self) -> str:
        if not self.iban:
            return ""
        return SEPA if self.content["currency"] == "EUR" else CREDIT_TRANSFER

    @property
    def terms(self) -> str:
        """What is said of what is left to pay, or to pay back."""
        return self.content["payment"]["terms"] if self.due else ""

    @property
    def due_date(self) -> str:
        return self.content["payment"]["due"] if self.due and self.is_invoice else ""


def can_describe(content: dict) -> bool:
    """Whether a document holds all that is asked for; those of before did not."""
    return "address" in content["seller"]


def describe(content: dict) -> Description:
    """Work out the description of a document from its frozen content."""
    buyer = content["buyer"]
    return Description(
        content=content,
        seller=_party(content["seller"]),
        buyer=_party(buyer),
        ship_to=Address(**buyer["ship_to"]),
        ship_to_name=buyer["ship_to_name"],
        lines=[_line(at, line) for at, line in enumerate(content["lines"], 1)],
        taxes=_taxes(content["vat"]),
    )


def _party(facts: dict) -> Party:
    return Party(
        name=facts["name"],
        contact=facts.get("contact", ""),
        address=Address(**facts["address"]),
        vat_number=facts["vat_number"].replace(" ", "").upper(),
        tax_number=facts.get("tax_number", ""),
        register_number=facts["coc_number"],
        email=facts["email"],
        phone=facts.get("phone", ""),
    )


def _line(at: int, line: dict) -> Line:
    # No price may be below zero (BR-27), so what is taken off, as on imported orders, is a negative quantity.
    quantity = -line["quantity"] if Decimal(line["net"]) < 0 else line["quantity"]
    return Line(
        id=str(at),
        name=line["name"],
        sku=line["sku"],
        quantity=str(quantity),
        net=line["net"],
        category=line["vat_category"],
        rate=_percent(line["vat_rate"]),
    )


def _taxes(sums: list[dict]) -> list[Tax]:
    """One for each category and rate, as EN 16931 wants it: two countries may have the same rate."""
    taxes: dict[tuple[str, str], Tax] = {}
    for part in sums:
        treatment = part["vat_category"], _percent(part["rate"])
        tax = taxes.get(treatment, Tax(*treatment, "0.00", "0.00", part["reason"]))
        net, vat = Decimal(tax.net) + Decimal(part["net"]), Decimal(tax.vat) + Decimal(part["vat"])
        taxes[treatment] = replace(tax, net=str(net), vat=str(vat))
    return list(taxes.values())


def _percent(rate: str) -> str:
    return f"{Decimal(rate):.2f}"
