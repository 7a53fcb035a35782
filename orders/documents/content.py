"""What an invoice says: the facts of an order as they are now, and the words for them in a language.

`Document.content` keeps both for good: whatever reads it must cope with documents of older releases (hence the `get`s).
Days are ISO dates of the shop's time zone, amounts strings of decimals in `currency`, rates strings of per cent:

    kind, number, issued, currency, order {number, placed}, delivered (day of the last parcel, or empty)
    seller, buyer: name, address and registration numbers (`parties.py`)
    lines [{name, sku, quantity, unit_gross, discount, vat_category, vat_country, vat_rate, net, vat, gross}]
        is_delivery  of the delivery, which comes last
        at           position on the order; on invoices from which a withdrawal left something out
        of, pieces   position on the invoice, and how many pieces (0: a lower price); on credit notes by line
    vat [{vat_category, country, rate, net, vat, reason}]: the sums of each treatment; reason where no VAT is charged
    totals {net, vat, gross}, payment {method, open (left to pay), days (the term), due (the last day), terms}
    credits {number, issued, is_whole}, remark: on credit notes, about the invoice
    paper: all of it in words, for `invoice.typ` to place
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from orders.checkout.payment_methods import label_of, refund_label_of
from orders.checkout.totals import ZERO, Amounts, rounded, shared, vat_in
from orders.documents import parties
from orders.documents.exemptions import reason_of
from orders.models import Document, Order
from orders.vat.words import rate_in_words
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import day, iban_in_groups, money, number

# No font of ours shows them, and product names are fond of them.
PICTOGRAPHS = re.compile(" ?[\U0001f000-\U0001faff][\U0001f000-\U0001faff\u200d\ufe0f]*")


def content_of(order: Order) -> dict:
    """The facts of an invoice, as JSON keeps them; names of countries in the active language."""
    store = StoreSettings.current()
    shipped = order.shipments.order_by("at").last()
    lines = lines_to_invoice(order)
    totals = {name: str(sum(Decimal(line[name]) for line in lines)) for name in ("net", "vat", "gross")}
    return {
        "currency": order.currency,
        "seller": parties.seller_of(store),
        "buyer": parties.buyer_of(order),
        "order": {"number": order.number, "placed": _iso(order.placed_at, store)},
        "delivered": _iso(shipped.at, store) if shipped else "",
        "is_of_services": not order.has_goods,
        "lines": lines,
        "vat": _sums(lines, store),
        "totals": totals,
        "payment": {"method": order.payment_method, "open": str(order.outstanding), "days": store.payment_days},
    }


def lines_of(order: Order) -> list[dict]:
    """The lines of an order as a document has them, the delivery last."""
    return [*map(_line, order.lines.all()), *_delivery(order)]


def lines_to_invoice(order: Order) -> list[dict]:
    """The same without what a withdrawal was accepted of; `at` is then the position of each line on the order.

    The VAT of a rate is taken out of what is left at that rate.
    """
    lines, kept = lines_of(order), [line.kept for line in order.lines.all()]
    if all(line["quantity"] == pieces for line, pieces in zip(lines, kept, strict=False)):
        return lines
    left = [
        line | {"at": at, **_left_of(line, pieces)} for at, (line, pieces) in enumerate(zip(lines, kept, strict=False))
    ]
    left += [line | {"at": at} for at, line in enumerate(lines) if at >= len(kept)]
    return _taxed_anew([line for line in left if line["quantity"]])


def gross_of(line: dict, pieces: int) -> Decimal:
    """The price of some pieces of a line, VAT included."""
    return rounded(Decimal(line["gross"]) * pieces / line["quantity"])


def _left_of(line: dict, pieces: int) -> dict:
    gone = gross_of(line, line["quantity"] - pieces)
    discount = rounded(Decimal(line.get("discount", 0)) * pieces / line["quantity"])
    return {"quantity": pieces, "gross": str(Decimal(line["gross"]) - gone), "discount": str(discount)}


def _taxed_anew(lines: list[dict]) -> list[dict]:
    for treatment in {_treatment(line) for line in lines}:
        alike = [line for line in lines if _treatment(line) == treatment]
        grosses = [Decimal(line["gross"]) for line in alike]
        vats = shared(vat_in(sum(grosses, ZERO), Decimal(treatment[2])), grosses)
        for line, gross, vat in zip(alike, grosses, vats, strict=True):
            line |= {"net": str(gross - vat), "vat": str(vat)}
    return lines


def _treatment(line: dict) -> tuple[str, str, str]:
    return line["vat_category"], line["vat_country"], line["vat_rate"]


def terms_of(content: dict) -> dict:
    """By when what is left to pay is due, and in a sentence; a credit note says what becomes of its amount."""
    payment = content["payment"]
    if content["kind"] == Document.Kind.CREDIT_NOTE:
        return {"due": "", "terms": _("We will refund this amount or deduct it from what you still have to pay.")}
    due = date.fromisoformat(content["issued"]) + timedelta(days=payment["days"])
    words = {"amount": money(Decimal(payment["open"]), content["currency"]), "day": day(due)}
    return {"due": due.isoformat(), "terms": _("Amount due by %(day)s: %(amount)s.") % words}


def paper_of(content: dict) -> dict:
    """Everything that the paper shows, in words of the active language; the template only places it."""
    return without_pictographs(_paper_of(content))


def _paper_of(content: dict) -> dict:
    seller, is_invoice = content["seller"], content["kind"] == Document.Kind.INVOICE
    title = _("Invoice %s") if is_invoice else _("Credit note %s")
    return {
        "title": title % content["number"],
        "sender": [seller["name"], *seller["lines"]],
        "recipient": content["buyer"]["lines"],
        "facts": _facts(content),
        "columns": [_("Description"), _("Quantity"), _("Unit price"), _("VAT"), _("Net"), _("Total")],
        "lines": [_written_line(line, content["currency"]) for line in content["lines"]],
        "vat_columns": [_("VAT rate"), _("Net"), _("VAT"), _("Total")],
        "vat": [_written_rate(rate, content["currency"]) for rate in content["vat"] if Decimal(rate["net"])],
        "totals": _totals(content),
        "notes": [*_exempt(content), *(_how_to_pay(content) if is_invoice else _corrects(content))],
        "bank": _bank(content) if is_invoice and Decimal(content["payment"]["open"]) else [],
        "qr_alt": _("QR code with the details of the bank transfer"),
        "footer": _footer(seller),
    }


def without_pictographs(words):
    """The same lists and texts without pictures among the letters."""
    if isinstance(words, dict):
        return {name: without_pictographs(value) for name, value in words.items()}
    if isinstance(words, list):
        return [without_pictographs(word) for word in words]
    return PICTOGRAPHS.sub("", words).strip() if isinstance(words, str) else words


def _sums(lines: list[dict], store: StoreSettings) -> list[dict]:
    """What was sold under each treatment, highest rate first; a gift has one too, as e-invoices ask for."""
    sums: dict[tuple[str, str, str], Amounts] = {}
    for line in lines:
        treatment = _treatment(line)
        amounts = Amounts(*(Decimal(line[name]) for name in ("net", "vat", "gross")))
        sums[treatment] = sums.get(treatment, Amounts()) + amounts
    return [
        {
            "vat_category": category,
            "rate": rate,
            "country": country,
            "net": str(amounts.net),
            "vat": str(amounts.vat),
            "reason": reason_of(category, str(store.country)),
        }
        for (category, country, rate), amounts in sorted(sums.items(), key=lambda item: -Decimal(item[0][2]))
    ]


def _iso(moment: datetime, store: StoreSettings) -> str:
    with timezone.override(store.time_zone):
        return timezone.localdate(moment).isoformat()


def _line(line) -> dict:
    names = ("unit_gross", "discount", "vat_category", "vat_country", "vat_rate", "net", "vat", "gross")
    amounts = {name: str(getattr(line, name)) for name in names}
    return {"name": line.name, "sku": line.sku, "quantity": line.quantity, **amounts}


def _delivery(order: Order) -> list[dict]:
    if not order.delivery_gross:
        return []
    amounts = {"unit_gross": order.delivery_gross, "vat_rate": order.delivery_vat_rate, "net": order.delivery_net}
    amounts |= {"vat": order.delivery_vat, "gross": order.delivery_gross}
    line = {"name": order.delivery_name, "sku": "", "quantity": 1, "is_delivery": True}
    line |= {"vat_category": order.delivery_vat_category, "vat_country": order.delivery_vat_country}
    return [line | {name: str(amount) for name, amount in amounts.items()}]


def _facts(content: dict) -> list[list[str]]:
    facts = [
        (_("Number"), content["number"]),
        (_("Date"), _day(content["issued"])),
        (_("Order"), content["order"]["number"]),
        (_("Order date"), _day(content["order"]["placed"])),
        (_("Date provided") if content.get("is_of_services") else _("Delivery date"), _day(content["delivered"])),
        (_("Your VAT number"), content["buyer"]["vat_number"]),
        (_("Your reference"), content["buyer"].get("reference", "")),
    ]
    return [[label, value] for label, value in facts if value]


def _written_line(line: dict, currency: str) -> list[str]:
    name = _("Delivery: %s") % line["name"] if line.get("is_delivery") else line["name"]
    amounts = [money(Decimal(line[field]), currency) for field in ("unit_gross", "net", "gross")]
    rate = rate_in_words(Decimal(line["vat_rate"]), line.get("vat_country", ""))
    discount = Decimal(line.get("discount", 0))
    words = _("Discount: %s") % money(-discount, currency) if discount else ""
    return [
        name,
        " · ".join(filter(None, [line["sku"], words])),
        number(line["quantity"]),
        amounts[0],
        rate,
        *amounts[1:],
    ]


def _written_rate(rate: dict, currency: str) -> list[str]:
    net, vat = Decimal(rate["net"]), Decimal(rate["vat"])
    return [
        rate_in_words(Decimal(rate["rate"]), rate.get("country", "")),
        *(money(amount, currency) for amount in (net, vat, net + vat)),
    ]


def _totals(content: dict) -> list[list[str]]:
    labels = {"net": _("Total excl. VAT"), "vat": _("VAT"), "gross": _("Total incl. VAT")}
    return [[label, money(Decimal(content["totals"][key]), content["currency"])] for key, label in labels.items()]


def _how_to_pay(content: dict) -> list[str]:
    payment = content["payment"]
    method, open_amount = label_of(payment["method"]), Decimal(payment["open"])
    if not open_amount:
        return [_("Paid: %s. Thank you.") % method]
    return [_("Payment method: %s.") % method, payment["terms"]]


def _exempt(content: dict) -> list[str]:
    return list(dict.fromkeys(part["reason"] for part in content["vat"] if part.get("reason")))


def _corrects(content: dict) -> list[str]:
    credits, payment = content["credits"], content["payment"]
    words = {"number": credits["number"], "day": _day(credits["issued"])}
    if credits["is_whole"]:
        what = _("This credit note cancels invoice %(number)s of %(day)s.") % words
    else:
        what = _("This credit note corrects invoice %(number)s of %(day)s.") % words
    if Decimal(payment["open"]):
        money_back = payment["terms"]
    else:
        money_back = _("We have refunded this amount: %s.") % refund_label_of(payment["method"])
    return [line for line in (what, content["remark"], money_back) if line]


def _bank(content: dict) -> list[list[str]]:
    seller = content["seller"]
    facts = [
        (_("Account holder"), seller["name"]),
        (_("IBAN"), iban_in_groups(seller["iban"])),
        (_("BIC"), seller["bic"]),
        (_("Bank"), seller["bank_name"]),
        (_("Reference"), content["number"]),
    ]
    return [[label, value] for label, value in facts if value] if seller["iban"] else []


def _footer(seller: dict) -> list[str]:
    numbers = [
        (_("VAT number %s"), seller["vat_number"]),
        (_("Tax number %s"), seller.get("tax_number", "")),
        (_("Chamber of commerce number %s"), seller["coc_number"]),
        (_("IBAN %s"), iban_in_groups(seller["iban"])),
    ]
    contact = [part for part in (seller["name"], seller["contact_email"], seller["phone"]) if part]
    return [" · ".join(contact), " · ".join(words % value for words, value in numbers if value)]


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso)) if iso else ""
