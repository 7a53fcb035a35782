"""A web process shows on which machine it lives, and whether a proxy stands before it; no request waits for that."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from shopadmin.models.host import Host
from shopadmin.storage.private_files import forget_uploads

HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED")
forwarded = Event()


def watch_for_proxies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take note of headers that proxies send, while none is said to stand in front."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.TRUSTED_PROXIES and any(header in request.META for header in HEADERS):
            forwarded.set()
        return get_response(request)

    return middleware


def begin() -> None:
    """Show life from now on, in a thread that ends with the process; in processes that are forked from it, too."""
    _start()
    os.register_at_fork(after_in_child=_start)


def show() -> bool:
    """Write this machine down, and tidy it up; returns whether a header of proxies was seen since the last time."""
    was_forwarded = forwarded.is_set()
    forwarded.clear()
    with suppress(Error):  # away, not migrated or read-only: others say so
        Host.sign(forwarded=was_forwarded)
    connection.close()
    forget_uploads()
    return was_forwarded


def _start() -> None:
    Thread(target=_go_on, daemon=True).start()


def _go_on() -> None:
    pause = Host.SIGNS_EVERY.total_seconds()
    while True:
        # The first header is written down at once, those that follow when the pause is over: anybody can send one.
        if show():
            time.sleep(pause)
        else:
            forwarded.wait(pause)
