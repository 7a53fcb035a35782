"""How many requests there were and how long each took, for Prometheus: by route, method and status, and no more.

Each web process counts in a file of its own in PROMETHEUS_MULTIPROC_DIR, which outlives it; `manage.py metrics` adds
them up.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from prometheus_client import Histogram

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
NO_ROUTE = "none"  # static files, health checks, and what leads nowhere
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
OTHER_METHOD = "other"  # else strangers could make as many series as they know words
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_times: list["Histogram"] = []  # one a process, however often its middleware is made


def time_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count each answer and the time until it began, where there is a folder for it."""
    if not os.environ.get(FOLDER):
        raise MiddlewareNotUsed
    times = _times[0] if _times else _begin()

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        route = f"/{request.resolver_match.route}" if request.resolver_match else NO_ROUTE
        method = request.method if request.method in METHODS else OTHER_METHOD
        times.labels(route, method, response.status_code).observe(time.perf_counter() - began)
        return response

    return middleware


def empty_folder() -> None:
    """Begin anew: process ids of an earlier start come again. Called before there is a web process."""
    if folder := os.environ.get(FOLDER):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in Path(folder).glob("*.db"):
            file.unlink()


def _begin() -> "Histogram":
    # Reason: where nobody asks for metrics, no process loads their library.
    from prometheus_client import Histogram

    labels = ["route", "method", "status"]
    _times.append(Histogram("shopadmin_request_seconds", "Time until an answer began.", labels, buckets=SECONDS))
    return _times[0]
