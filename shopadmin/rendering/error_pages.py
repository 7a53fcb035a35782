"""Pages for what went wrong: in the frame of shop or backoffice, and on their own where the frame cannot be had."""

import sys
from contextlib import suppress

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.backends.utils import csrf_input_lazy
from django.template.loader import render_to_string
from django.utils import translation

from shopadmin.database_state import is_away, is_busy, is_full, is_not_migrated, is_read_only
from shopadmin.storage.kept import OutOfReach

RETRY_AFTER = 60  # seconds


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _page("errors/400.jinja", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than any form of ours needs."""
    return _page("errors/400.jinja", status=413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for staff whose role does not include the page, or for the reason that the exception gives."""
    return _page_in_its_frame(request, "errors/403.jinja", status=403, context={"reason": str(exception or "")})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for what is not there and for what must not be known to be there."""
    return _page_in_its_frame(request, "errors/404.jinja", status=404)


def not_allowed(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """405: an address that only takes forms was opened, or one that only shows something was sent a form."""
    response = not_found(request)
    response.status_code, response["Allow"] = 405, allowed
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """429: more tries than we take in a short time."""
    return _page_in_its_frame(request, "errors/429.jinja", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; or 503 while nothing can be saved, or database or files are out of reach."""
    # What failed may stand outside of the middleware that sets the language.
    with translation.override(
        getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    ):
        template = template_of(sys.exception())
        if template == "errors/500.jinja":
            return _page(template, status=500)
        response = _page(template, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def template_of(error: BaseException | None) -> str:
    """The page that says what went wrong."""
    if is_read_only(error) or is_full(error):
        return "errors/503.jinja"
    if is_away(error) or is_busy(error):
        return "errors/503_away.jinja"
    if isinstance(error, OutOfReach):
        return "errors/503_files.jinja"
    try:
        return "errors/503_updating.jinja" if is_not_migrated(error) else "errors/500.jinja"
    except Error:
        return "errors/500.jinja"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a stale or missing form token: what was typed on a page of ours can be sent again from here."""
    context = {"typed": typed_on_our_page(request), "address": request.get_full_path()}
    context["csrf_input"] = csrf_input_lazy(request)
    return _page_in_its_frame(request, "errors/403_csrf.jinja", status=403, context=context)


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


def _page_in_its_frame(
    request: HttpRequest, template: str, *, status: int, context: dict | None = None
) -> HttpResponse:
    """The page with menu, or head and foot, around it; bare while the database does not answer."""
    with suppress(Error):
        if shell := _shell_of(request):
            return render(request, template, {**(context or {}), "shell": shell}, status=status)
    return _page(template, status=status, context=context)


def _shell_of(request: HttpRequest) -> str:
    """The frame of the pages around this address; none for a part of a page, or before it is known who asks."""
    if not hasattr(request, "htmx") or request.htmx:
        return ""
    in_backoffice = request.path.startswith("/backoffice/") and request.user.is_staff
    return "backoffice/error_base.jinja" if in_backoffice else "storefront/error_base.jinja"


def _page(template: str, *, status: int, context: dict | None = None) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)
