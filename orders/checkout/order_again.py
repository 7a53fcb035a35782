"""Ordering again: the cart is filled from an earlier order at today's prices, and what is different now is said."""

from collections import Counter
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from orders.checkout.cart import Cart, in_store
from orders.guest_order.order_by_token import order_by_token_or_404
from orders.models import OrderLine, Product
from orders.vat.treatment import WITHOUT_VAT
from shopadmin.rendering.formats import money


@require_POST
def order_again(request: HttpRequest, token: str) -> HttpResponse:
    """Put what was ordered into the cart, and say what is gone, sold out, dearer or cheaper."""
    order = order_by_token_or_404(token)
    cart, lines = Cart(request.session), list(order.lines.select_related("product"))
    if fill(cart, lines):
        messages.success(request, _("The items of order %s are in your cart, at today's prices.") % order.number)
    for line in lines:
        for words in differences(line, order.currency if order.currency == request.store.currency else ""):
            messages.warning(request, words)
    return redirect("cart")


def fill(cart: Cart, lines: list[OrderLine]) -> bool:
    """Put as many of each line into the cart as there are; pressed twice, no more. Says whether there are any."""
    wanted: Counter[Product] = Counter()
    for line in lines:
        if line.product and in_store(line.product):
            wanted[line.product] += line.quantity
    for product, quantity in wanted.items():
        cart.change(product, max(quantity, cart.quantities.get(product.pk, 0)))
    return bool(wanted)


def differences(line: OrderLine, currency: str) -> Iterator[str]:
    """What of a line is not as it was when it was ordered, in sentences; of its price only with a `currency`.

    Who was charged no VAT paid another price than the shop shows, which says nothing of today's.
    """
    product, there = line.product, in_store(line.product) if line.product else 0
    words = {"product": product or line.name}
    if product is None or not product.active:
        yield _("%(product)s is no longer available.") % words
    elif not there:
        yield _("%(product)s is sold out.") % words
    elif there < line.quantity:
        said = ngettext("%(product)s: only 1 left.", "%(product)s: only %(number)s left.", there)
        yield said % (words | {"number": there})
    if there and currency and line.vat_category not in WITHOUT_VAT and product.price != line.unit_gross:
        prices = {"now": money(product.price, currency), "before": money(line.unit_gross, currency)}
        yield _("%(product)s now costs %(now)s instead of %(before)s.") % (words | prices)
