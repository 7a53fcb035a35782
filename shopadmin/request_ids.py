"""An id for every request, in its answer and in every line of the log that is about it."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

# What a proxy may have drawn; anything else would be a stranger's words in our log.
FITS = re.compile(r"[A-Za-z0-9-]{8,64}")
current: ContextVar[str] = ContextVar("request_id", default="")


def request_ids(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """`request.id`: the proxy's X-Request-ID if it looks like one, else drawn here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = request.META.get("HTTP_X_REQUEST_ID", "")
        request.id = sent if FITS.fullmatch(sent) else uuid4().hex
        token = current.set(request.id)
        try:
            response = get_response(request)
        finally:
            current.reset(token)
        response["X-Request-ID"] = request.id
        return response

    return middleware
