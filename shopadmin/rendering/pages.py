"""Answer with a page or, to htmx, with the part of it that changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers


def render(
    request: HttpRequest, template: str, context: dict | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render `template`, or only its partial `part` when htmx asks (page and part share the URL, hence Vary)."""
    is_part = bool(part and request.htmx and not request.htmx.history_restore_request)
    response = render_template(request, f"{template}#{part}" if is_part else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
