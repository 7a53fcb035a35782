"""Pages for what went wrong. They stand without database, session or context processors."""

import sys

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation

from shopadmin.database_state import is_not_migrated, is_read_only

RETRY_AFTER = 60  # seconds


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _page("400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than any form of ours needs."""
    return _page("400.html", status=413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for staff whose role does not include the page."""
    return _page("403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for what is not there and for what must not be known to be there."""
    return _page("404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; or 503 while the database takes no changes or is being migrated."""
    # What failed may stand outside of the middleware that sets the language.
    with translation.override(
        getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    ):
        template = template_of(sys.exception())
        if template == "500.html":
            return _page(template, status=500)
        response = _page(template, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def template_of(error: BaseException | None) -> str:
    """The page that says what went wrong."""
    if is_read_only(error):
        return "503.html"
    try:
        return "503_updating.html" if is_not_migrated(error) else "500.html"
    except Error:
        return "500.html"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a stale or missing form token: what was typed on a page of ours can be sent again from here."""
    context = {"typed": typed_on_our_page(request), "address": request.get_full_path()}
    return _page("403_csrf.html", status=403, context=context | {"csrf_token": get_token(request)})


def typed_on_our_page(request: HttpRequest) -> list[tuple[str, str]]:
    """The entries of a refused form, passwords left out; nothing unless the browser vouches for where it comes from.

    A form that another site made must not get a button of ours that sends it.
    """
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    if request.headers.get("Origin") not in own:
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


def _page(template: str, *, status: int, context: dict | None = None) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)
