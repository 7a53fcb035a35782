from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from customers.exporting.csv_file import separator_of
from orders.catalogue.export import export
from orders.catalogue.forms import ProductFilter, ProductForm
from orders.catalogue.pictures_views import pictures_of
from orders.catalogue.stock_form import StockForm, change_in_words
from orders.models import Product
from shopadmin.access import has_right, staff_required
from shopadmin.edit_conflicts import edit
from shopadmin.lists.listing import Listing, Sort
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

SORTS = [
    Sort("name", gettext_lazy("By name"), ("name",), descending=False),
    Sort("newest", gettext_lazy("Newest first"), ("created_at",)),
    Sort("price", gettext_lazy("Highest price"), ("price",)),
]


@staff_required()
@require_http_methods(["GET", "HEAD", "POST"])
def products(request: HttpRequest) -> HttpResponse:
    """Everything the shop sells or sold; who may edit it types its stock into the list."""
    listing, can_edit = _listing(request), has_right(request.user, Right.CATALOGUE)
    stock = StockForm.of_page(listing.page, request.POST or None) if can_edit else None
    if request.method == "POST":
        if stock is None:
            raise PermissionDenied
        if stock.is_valid():
            _tell(request, stock.save())
            return redirect(request.get_full_path())
    context = {"section": "products", "listing": listing, "stock": stock, "views": _views(listing)}
    context["popups"] = listing.popups("category", "status")
    return render(request, "orders/catalogue/products.jinja", context, part="results")


@staff_required()
@require_safe
def products_total(request: HttpRequest) -> HttpResponse:
    """How many products the list holds: a fragment of its own, so that the list waits for no count."""
    return HttpResponse(_listing(request).total, content_type="text/plain")


@staff_required(Right.CATALOGUE)
@require_GET  # HEAD would write the whole file for nobody
def product_export(request: HttpRequest) -> StreamingHttpResponse:
    """The products of a view of the list, by its query string, as a file; none where a filter makes no sense."""
    view, products = ProductFilter(request.GET), Product.objects.all()
    products = view.apply(products) if view.is_valid() else products.none()
    content = export(products, separator=separator_of(request.LANGUAGE_CODE))
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="products-{timezone.localdate()}.csv"'
    return response


def _listing(request: HttpRequest) -> Listing:
    return Listing(request, Product.objects.defer("search_text"), ProductFilter(request.GET), SORTS)


def _views(listing: Listing) -> list[tuple[str, str, bool]]:
    states = [(word, {"status": state}) for state, word in ProductFilter.STATES]
    return listing.views([(_("All"), {}), *states])


def _tell(request: HttpRequest, saved: list[tuple[Product, int]]) -> None:
    """Say how many were saved, and which of them had changed meanwhile."""
    if saved:
        words = ngettext("Stock of %(count)d product saved", "Stock of %(count)d products saved", len(saved))
        messages.success(request, words % {"count": len(saved)})
    for product, changed in saved:
        if changed:
            messages.warning(request, change_in_words(product, changed))


@staff_required(Right.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def product_add(request: HttpRequest) -> HttpResponse:
    """A new product."""
    form = ProductForm(request.POST or None)
    if form.is_valid() and (product := form.save()):
        messages.success(request, _("Product added. You can add its pictures now."))
        return redirect("product_edit", product.pk)
    return render(request, "orders/catalogue/product.jinja", {"section": "products", "form": form})


@staff_required(Right.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a product is called, costs and looks like; placed orders keep what they were placed with."""
    data = request.POST if request.method == "POST" else None
    form, product = edit(data, Product.objects.all(), lambda sent, row: ProductForm(sent, instance=row), pk=pk)
    if product:
        messages.success(request, _("Product saved"))
        if form.stock_changed:
            messages.warning(request, change_in_words(product, form.stock_changed))
        return redirect("products")
    saved = Product.objects.get(pk=pk)
    context = {"section": "products", "form": form, "product": saved, **pictures_of(saved)}
    return render(request, "orders/catalogue/product.jinja", context)
