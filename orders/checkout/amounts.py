"""The sums under the lines of an order, row by row, as pages and mails show them (`components/amounts.jinja`)."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.checkout.quote import Quote
from orders.checkout.totals import Amounts, Part, by_rate
from orders.models import Order
from shopadmin.rendering.formats import money, percent


def rows_of_order(order: Order) -> list[dict]:
    """What an order came to."""
    delivery = _row(order.delivery_name or _("Delivery"), order.delivery_gross)
    vat = ((rate, amounts.vat) for rate, amounts in vat_of_order(order))
    return _rows(order.items_gross, delivery, order.total, vat)


def vat_of_order(order: Order) -> list[Part]:
    """The amounts of an order by VAT rate, highest first, delivery included."""
    lines = [(line.vat_rate, Amounts(line.net, line.vat, line.gross)) for line in order.lines.all()]
    delivery = Amounts(order.delivery_net, order.delivery_vat, order.delivery_gross)
    return by_rate([*lines, (order.delivery_vat_rate, delivery)])


def rows_of_quote(quote: Quote, *, is_estimate: bool = False) -> list[dict]:
    """What an order would come to; with an estimate the delivery is the cheapest one."""
    delivery = _row(_("Delivery"), quote.delivery.gross)
    if is_estimate and quote.delivery_method:
        price = money(quote.delivery.gross, quote.currency)
        delivery["text"] = _("from %s") % price if quote.delivery.gross else _("free")
    elif quote.delivery_method:
        delivery["label"] = str(quote.delivery_method)
    vat = ((rate, amounts.vat) for rate, amounts in quote.vat_by_rate)
    return _rows(quote.items.gross, delivery, quote.total.gross, vat)


def _rows(items: Decimal, delivery: dict, total: Decimal, vat: Iterable[tuple[Decimal, Decimal]]) -> list[dict]:
    return [
        _row(_("Subtotal"), items),
        delivery,
        _row(_("Total incl. VAT"), total, css="is-sum"),
        *(_row(_("Includes %s VAT") % percent(rate), amount, css="small") for rate, amount in vat),
    ]


def _row(label: str, amount: Decimal, *, css: str = "") -> dict:
    """A text, where there is one, is shown instead of the amount."""
    return {"label": label, "amount": amount, "text": "", "css": css}
