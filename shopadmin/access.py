"""Who may do what in the backoffice. The one place that asks."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from shopadmin.roles import RIGHTS, Right
from shopadmin.sign_in_records import came_with_second_factor, proved_lately
from shopadmin.staff_log import writing


def has_right(user: settings.AUTH_USER_MODEL, right: Right) -> bool:
    """Whether this person is staff with that right."""
    return user.is_authenticated and user.is_staff and right in RIGHTS.get(user.role, set())


def staff_required(
    right: Right = Right.LOOK, *, second_factor: bool = True, again: bool = False, own_transaction: bool = False
) -> Callable:
    """Let in staff with `right`: strangers are sent to sign in, shoppers see a 404, other staff a 403.

    Who has no second factor yet is sent to set one up, but for the pages where one does. `again`: for what cannot
    be undone, who signed in a while ago says again who they are. What is shown and done goes into the staff log.

    A form is taken in one transaction with its row of the log: no row, no change. `own_transaction`: the view has one
    that is shorter or must be the outermost, and writes the row in it (`writing.log_change`); or it changes nothing.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return on_to(request, "staff_sign_in")
            if not request.user.is_staff:
                writing.log_refusal(request)
                raise Http404
            if second_factor and settings.REQUIRE_STAFF_MFA and not came_with_second_factor(request):
                return on_to(request, "staff_security")
            if not has_right(request.user, right):
                writing.log_refusal(request)
                raise PermissionDenied
            if again and not proved_lately(request):
                return on_to(request, "staff_confirm")
            is_change = request.method not in writing.READING and not own_transaction
            return _logged(view, request, *args, is_change=is_change, **kwargs)

        guarded.right, guarded.second_factor = right, second_factor
        return guarded

    return decorate


def _logged(view: Callable[..., HttpResponse], request: HttpRequest, *args, is_change: bool, **kwargs) -> HttpResponse:
    """Answer once it is written down what one of the staff is shown, has changed or was refused."""
    actor = request.user.pk
    try:
        with transaction.atomic() if is_change else nullcontext():
            response = view(request, *args, **kwargs)
            writing.log_page(request, response, actor=actor)
    except PermissionDenied:
        writing.log_refusal(request)
        raise
    return response


def on_to(request: HttpRequest, page: str, *, way_on: str | None = None) -> HttpResponse:
    """Off to a page that comes first, and from there `way_on`, or back to where somebody is.

    After a form, that is the page it stood on; and for a part of a page, too, the whole page goes.
    """
    if way_on is None:
        way_on = _page_shown(request) or request.get_full_path()
    way = redirect_to_login(way_on, reverse(page)) if way_on else redirect(page)
    return HttpResponseClientRedirect(way.url) if request.htmx else way


def _page_shown(request: HttpRequest) -> str:
    if request.htmx:
        return request.htmx.current_url_abs_path or ""
    shown = urlsplit(request.headers.get("Referer", "") if request.method == "POST" else "")
    return f"{shown.path}?{shown.query}".rstrip("?") if shown.netloc == request.get_host() else ""
