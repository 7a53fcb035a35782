"""What the shop sells, page by page: everything, one category, or what a search finds."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from orders.models import Category, Product

ON_A_PAGE, LONGEST = 24, 100


@require_safe
@gzip_page
def home(request: HttpRequest) -> HttpResponse:
    """Everything, newest first; `?category=` is where categories were before they had addresses of their own."""
    if slug := request.GET.get("category"):
        page = page_number(request)
        address = get_object_or_404(Category, slug=slug).get_absolute_url()
        return redirect(f"{address}?page={page}" if page > 1 else address, permanent=True)
    return _page_of(request, Product.objects.all(), is_front=page_number(request) == 1)


@require_safe
@gzip_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The products of one category, newest first."""
    shown = get_object_or_404(Category, slug=slug)
    return _page_of(request, shown.products.all(), shown_category=shown, category=slug)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The products in which the words of `?q=` stand, newest first; without words, the field to type them."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    address = f"?{urlencode({'q': words})}&"
    return _page_of(request, Product.objects.found_by(words), "search", words=words, address=address)


def _page_of(request: HttpRequest, products: QuerySet[Product], template: str = "home", **context) -> HttpResponse:
    page = page_number(request)
    start = (page - 1) * ON_A_PAGE
    found = list(products.on_sale().order_by("-created_at", "-pk")[start : start + ON_A_PAGE + 1])
    if page > 1 and not found:
        raise Http404
    pictures = (product.shown_picture for product in found if product.picture)
    context |= {"newest_picture": next(pictures, None), **neighbours(page, more=len(found) > ON_A_PAGE)}
    return render(request, f"orders/catalogue/{template}.jinja", {"products": found[:ON_A_PAGE], **context})


def page_number(request: HttpRequest) -> int:
    """The number in the address, from 1 to 999; anything else is not a page."""
    raw = request.GET.get("page", "1")
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 3 and int(raw)):
        raise Http404
    return int(raw)


def neighbours(page: int, *, more: bool) -> dict[str, int]:
    """The numbers of the pages before and after; 0 where there is none."""
    return {"previous": page - 1, "next": page + 1 if more else 0}
