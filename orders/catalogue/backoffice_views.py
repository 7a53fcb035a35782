from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from orders.catalogue.forms import ProductFilter, ProductForm
from orders.models import Product
from shopadmin.access import has_right, staff_required
from shopadmin.lists.listing import Listing, Sort
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

SORTS = [
    Sort("name", gettext_lazy("By name"), ("name",), descending=False),
    Sort("newest", gettext_lazy("Newest first"), ("created_at",)),
    Sort("price", gettext_lazy("Highest price"), ("price",)),
]


@staff_required()
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Everything the shop sells or sold."""
    listing = Listing(request, Product.objects.select_related("category"), ProductFilter(request.GET), SORTS)
    can_edit = has_right(request.user, Right.CATALOGUE)
    context = {"section": "products", "listing": listing, "can_edit": can_edit}
    return render(request, "orders/catalogue/products.jinja", context)


@staff_required(Right.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def product_add(request: HttpRequest) -> HttpResponse:
    """A new product."""
    form = ProductForm(request.POST or None)
    if form.is_valid():
        form.save()
        messages.success(request, _("Product added"))
        return redirect("products")
    return render(request, "orders/catalogue/product.jinja", {"section": "products", "form": form})


@staff_required(Right.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a product is called, costs and looks like; placed orders keep what they were placed with."""
    product = get_object_or_404(Product, pk=pk)
    form = ProductForm(request.POST or None, instance=product)
    if form.is_valid():
        form.save()
        messages.success(request, _("Product saved"))
        return redirect("products")
    saved = Product.objects.get(pk=pk)
    return render(request, "orders/catalogue/product.jinja", {"section": "products", "form": form, "product": saved})
