"""Writing how an order is taxed anew: on its lines, its delivery and its sums."""

from orders.checkout.totals import Amounts, discount_under, rounded
from orders.models import Order, OrderLine
from orders.vat.treatment import LineVat

OF_LINE = [
    "vat_category", "vat_country", "vat_rate", "net", "vat", "gross", "unit_gross", "discount", "order_discount",
]  # fmt: skip


def tax_line(line: OrderLine, vat: LineVat, amounts: Amounts) -> None:
    """Set how a line is taxed and what it comes to; `OF_LINE` are the columns to save."""
    line.vat_category, line.vat_country, line.vat_rate = vat.category, vat.country, vat.rate
    line.net, line.vat, line.gross = amounts.net, amounts.vat, amounts.gross
    if not vat.is_charged:
        line.discount = discount_under(vat, line.discount)
        line.order_discount = discount_under(vat, line.order_discount)
        line.unit_gross = rounded((amounts.gross + line.discount) / line.quantity)


def tax_order(order: Order, vat: LineVat, delivery: Amounts, items: Amounts) -> None:
    """Set how the delivery is taxed, what it comes to, and the sums; whoever calls it saves the order."""
    order.delivery_vat_category, order.delivery_vat_country, order.delivery_vat_rate = vat[:3]
    order.delivery_net, order.delivery_vat, order.delivery_gross = delivery.net, delivery.vat, delivery.gross
    total = items + delivery
    order.items_gross = items.gross
    order.total_net, order.total_vat, order.total = total.net, total.vat, total.gross
