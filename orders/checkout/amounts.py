"""The sums under the lines of an order, row by row, as pages and mails show them (`components/amounts.jinja`)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from orders.checkout.quote import Quote
from orders.checkout.totals import ZERO, Amounts, Part, by_rate
from orders.models import Order, VatCategory
from orders.vat.words import rate_in_words
from shopadmin.rendering.formats import money


def rows_of_order(order: Order) -> list[dict]:
    """What an order came to."""
    is_free = order.delivery_name and not order.delivery_gross
    delivery = _row(order.delivery_name or _("Delivery"), order.delivery_gross, text=_("Free") if is_free else "")
    is_delivered = order.has_goods or order.delivery_name or order.delivery_gross
    discount = sum((line.discount for line in order.lines.all()), ZERO)
    deliveries = [delivery] if is_delivered else []
    return _rows(order.items_gross, deliveries, order.total, vat_of_order(order), discount=discount)


def vat_of_order(order: Order) -> list[Part]:
    """The amounts of an order by VAT category, country and rate, highest rate first, delivery included."""
    lines = [_part(line, Amounts(line.net, line.vat, line.gross)) for line in order.lines.all()]
    delivery = Amounts(order.delivery_net, order.delivery_vat, order.delivery_gross)
    return by_rate([*lines, _part(order, delivery, prefix="delivery_")])


def _part(row, amounts: Amounts, *, prefix: str = "") -> Part:
    category, country, rate = (getattr(row, f"{prefix}{name}") for name in ("vat_category", "vat_country", "vat_rate"))
    return Part(VatCategory(category), country, rate, amounts)


def rows_of_quote(quote: Quote, *, is_estimate: bool = False) -> list[dict]:
    """What an order would come to; with an estimate the delivery is the cheapest one. Services have none."""
    method, gross = quote.delivery_method, quote.delivery.gross
    delivery = _row(_("Delivery"), gross, text="" if gross or not method else _("Free"))
    if is_estimate and method and gross:
        delivery["text"] = _("from %s") % money(gross, quote.currency)
    elif method and not is_estimate:
        delivery["label"] = str(method)
    deliveries = [delivery] if quote.has_goods else []
    return _rows(quote.items.gross, deliveries, quote.total.gross, quote.parts, discount=quote.discount)


def _rows(
    items: Decimal, deliveries: list[dict], total: Decimal, parts: list[Part], *, discount: Decimal
) -> list[dict]:
    charged = [part for part in parts if part.rate]
    others = dict.fromkeys(part.category for part in parts if not part.rate and part.category != VatCategory.ZERO_RATED)
    return [
        _row(_("Subtotal"), items + discount),
        *([_row(_("Discount"), -discount)] if discount else []),
        *deliveries,
        _row(_("Total") if others and not charged else _("Total incl. VAT"), total, css="is-sum"),
        *(
            _row(_("Includes %s VAT") % rate_in_words(part.rate, part.country), part.amounts.vat, css="small")
            for part in charged
        ),
        *(_row(str(category.label), ZERO, text=_("No VAT"), css="small") for category in others),
    ]


def _row(label: str, amount: Decimal, *, text: str = "", css: str = "") -> dict:
    """A text, where there is one, is shown instead of the amount."""
    return {"label": label, "amount": amount, "text": text, "css": css}
