"""What is on the shelves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from orders.models import Category, Product

ON_A_PAGE = 24


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The things of one shelf (`?category=`), or all of them, newest first."""
    slug, page = request.GET.get("category", ""), page_number(request)
    category = get_object_or_404(Category, slug=slug) if slug else None
    shelf = category.products if category else Product.objects
    start = (page - 1) * ON_A_PAGE
    products = list(shelf.on_sale().order_by("-created_at", "-pk")[start : start + ON_A_PAGE + 1])
    if page > 1 and not products:
        raise Http404
    context = {"shelf": category, "category": slug, "products": products[:ON_A_PAGE]}
    context["is_front"] = page == 1 and not category
    return render(
        request, "orders/catalogue/home.jinja", {**context, **neighbours(page, more=len(products) > ON_A_PAGE)}
    )


def page_number(request: HttpRequest) -> int:
    """The number in the address, from 1 to 999; anything else is not a page."""
    raw = request.GET.get("page", "1")
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 3 and int(raw)):
        raise Http404
    return int(raw)


def neighbours(page: int, *, more: bool) -> dict[str, int]:
    """The numbers of the pages before and after; 0 where there is none."""
    return {"previous": page - 1, "next": page + 1 if more else 0}
