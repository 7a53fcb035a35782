"""Products in the search of the backoffice."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from orders.models import Product
from shopadmin.access import has_right
from shopadmin.lists.planner.list_view import View
from shopadmin.lists.planner.read_rows import read_rows
from shopadmin.rendering.formats import money, number
from shopadmin.roles import Right
from shopadmin.search.everywhere import READ, Group, Hit, best

COLUMNS = ("pk", "name", "translations", "sku", "price", "stock", "low_stock_at", "active", "picture")


def find_products(request: HttpRequest, words: str) -> Group:
    """Return products that the words find; one of which they are the SKU comes first."""
    products = Product.objects.only(*COLUMNS)
    found = products.found_by(words)
    view = View(found, products, products, ("name", "pk"), descending=False, is_filtered=True, is_search=True)
    rows = {product.pk: product for product in read_rows(view, READ)}
    if len(rows) == READ and any(map(str.isdigit, words)):
        rows |= {product.pk: product for product in found.filter(sku__iexact=words)}
    hits = [_hit(product, request, is_exact=product.sku.casefold() == words.casefold()) for product in rows.values()]
    return Group(_("Products"), best(hits, words))


def _hit(product: Product, request: HttpRequest, *, is_exact: bool) -> Hit:
    stock = _("%(count)s in stock") % {"count": number(product.stock)} if product.stock is not None else ""
    picture = product.shown_picture
    return Hit(
        _address(product, request),
        str(product),
        " · ".join(filter(None, [product.sku, stock])),
        "products",
        None if product.active else product.badge,
        money(product.price, request.store.currency),
        picture.thumb_url if picture else "",
        is_exact,
    )


def _address(product: Product, request: HttpRequest) -> str:
    """Its own page for whoever edits products; else the list, with it alone."""
    if has_right(request.user, Right.CATALOGUE):
        return reverse("product_edit", args=[product.pk])
    return f"{reverse('products')}?{urlencode({'q': product.sku})}"
