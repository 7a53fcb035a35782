"""One product."""

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from orders.checkout.cart import in_store
from orders.models import Product, ProductPicture
from shopadmin.lists.json_rows import JSONRows, columns_of, model_instance

FEW = 5


@require_safe
@gzip_page
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, what it costs, and the button that puts it into the cart."""
    rows = JSONRows(ProductPicture.objects.filter(product=OuterRef("pk")), **columns_of(ProductPicture))
    products = Product.objects.on_sale().select_related("category").annotate(picture_rows=rows)
    shown = get_object_or_404(products, slug=slug)
    left = in_store(shown)
    pictures = [model_instance(ProductPicture, columns) for columns in shown.picture_rows]
    context = {"product": shown, "pictures": pictures, "category": shown.category.slug, "left": left}
    return render(
        request,
        "orders/catalogue/shop_product.jinja",
        {**context, "is_scarce": shown.stock is not None and 0 < left <= FEW},
    )
