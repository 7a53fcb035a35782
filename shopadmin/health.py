"""For whoever watches over the servers: does the process live, is it ready to serve?

Answered by a middleware, before anything that needs the database, a valid host or a session.
"""

from collections.abc import Callable

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from shopadmin.database_state import is_read_only, missing_migrations, takes_changes
from shopadmin.mail.server_state import trouble as mail_trouble
from shopadmin.models import WorkerSeen
from shopadmin.storage.kept import trouble as files_trouble

READ_ONLY = "read-only: nothing can be saved"
# What else /readyz reports, by its name: a function that says what is wrong, or nothing. The apps above add theirs.
reports: dict[str, Callable[[], str]] = {"storage": files_trouble, "mail": mail_trouble}


def health_checks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer /healthz and /readyz; let everything else through."""
    checks = {"/healthz": healthz, "/readyz": readyz}

    def middleware(request: HttpRequest) -> HttpResponse:
        check = checks.get(request.path)
        if check is None:
            return get_response(request)
        response = check(request)
        add_never_cache_headers(response)
        return response

    return middleware


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process can answer at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, is migrated and takes changes, else 503.

    The cache, which the database stands in for, the worker's last sign of life and what else is found wrong are for
    information: orders are taken all the same.
    """
    report = {"database": "ok", "migrations": "ok", "cache": cache_state(), "worker": None}
    try:
        if missing := missing_migrations():
            return JsonResponse({**report, "migrations": f"{len(missing)} to be applied"}, status=503)
        report["worker"] = WorkerSeen.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
        if not takes_changes():
            return JsonResponse({**report, "database": READ_ONLY}, status=503)
        report |= {name: find_trouble() or "ok" for name, find_trouble in reports.items()}
    except Error as error:
        connection.close()
        # SQLite may refuse to open a file in a folder where it cannot write.
        state = READ_ONLY if is_read_only(error) else "away"
        return JsonResponse({**report, "database": state, "migrations": "unknown"}, status=503)
    return JsonResponse(report)


def cache_state() -> str:
    """What to say of the cache: Redis may be away while everything goes on."""
    trouble = cache.trouble() if hasattr(cache, "trouble") else ""
    return f"{trouble}: limits are counted in the database" if trouble else "ok"
