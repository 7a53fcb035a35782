"""The cart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from orders.checkout.cart import Cart
from orders.checkout.cart_form import QuantityForm
from orders.models import Product
from orders.vat.treatment import Sale


@require_safe
@never_cache
def cart(request: HttpRequest) -> HttpResponse:
    """What is in the cart; it says so when the shop has less of something by now."""
    chosen = Cart(request.session)
    gone = chosen.fit()
    quote = chosen.quote(currency=request.store.currency, sale=Sale.at_home(request.store))
    return render(request, "orders/checkout/cart.jinja", {"quote": quote, "gone": gone})


@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put some of a product into the cart."""
    product = get_object_or_404(Product.objects.on_sale(), slug=slug)
    form = QuantityForm({"quantity": request.POST.get("quantity") or 1})
    if not form.is_valid():
        messages.error(request, form.errors["quantity"][0])
        return redirect(product)
    missing = Cart(request.session).add(product, form.wanted)
    if missing:
        messages.warning(request, _("Not enough in stock. We have adjusted the quantity."))
    return redirect("cart")


@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change how many of a product are in the cart; none takes it out."""
    product = get_object_or_404(Product, slug=slug)
    form = QuantityForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
    elif Cart(request.session).change(product, form.wanted) < form.wanted:
        messages.warning(request, _("Not enough in stock. We have adjusted the quantity."))
    return redirect("cart")
