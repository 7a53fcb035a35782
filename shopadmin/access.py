"""Who may do what in the backoffice. The one place that asks."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from shopadmin.roles import RIGHTS, Right


def has_right(user: settings.AUTH_USER_MODEL, right: Right) -> bool:
    """Whether this person is staff with that right."""
    return user.is_authenticated and user.is_staff and right in RIGHTS.get(user.role, set())


def staff_required(right: Right = Right.LOOK) -> Callable:
    """Let in staff with `right`: strangers are sent to sign in, shoppers see a 404, other staff a 403."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_the_door(request)
            if not request.user.is_staff:
                raise Http404
            if not has_right(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.right = right
        return guarded

    return decorate


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """Off to sign in, and back; for a part of a page, too, the whole page goes."""
    shown = request.htmx.current_url_abs_path if request.htmx else None
    door = redirect_to_login(shown or request.get_full_path(), reverse("staff_sign_in"))
    return HttpResponseClientRedirect(door.url) if request.htmx else door
