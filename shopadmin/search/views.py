from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.views.decorators.http import require_safe

from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.search.everywhere import LONGEST, SHORTEST, Group, search
from shopadmin.staff_log.writing import shown


@staff_required()
@require_safe
def search_everywhere(request: HttpRequest) -> HttpResponse:
    """Customers, orders, products and pages that the words find; the dialog asks for the results alone."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    groups = search(request, words)
    context = {"section": "search", "words": words, "groups": groups, "is_searched": len(words) >= SHORTEST}
    context["count"] = sum(len(group.hits) for group in groups)
    shown(request, filters=["q"] if words else [], hits=context["count"], **_numbers(groups))
    return render(request, "shopadmin/search/everywhere.jinja", context, part="found")


def _numbers(groups: list[Group]) -> dict[str, list]:
    """The numbers in the addresses of what was found, by the pages they lead to."""
    found: dict[str, list] = {}
    for match in (resolve(hit.url.partition("?")[0]) for group in groups for hit in group.hits):
        if match.kwargs:
            found.setdefault(match.url_name, []).extend(match.kwargs.values())
    return found
