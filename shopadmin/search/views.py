from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.search.everywhere import LONGEST, SHORTEST, search


@staff_required()
@require_safe
def search_everywhere(request: HttpRequest) -> HttpResponse:
    """Customers, orders, products and pages that the words find; the dialog asks for the results alone."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    groups = search(request, words)
    context = {"section": "search", "words": words, "groups": groups, "is_searched": len(words) >= SHORTEST}
    context["count"] = sum(len(group.hits) for group in groups)
    return render(request, "shopadmin/search/everywhere.jinja", context, part="found")
