"""Django's test client before real web servers: what tests do in one process, done over the network to any host."""

from http.client import HTTPConnection, HTTPException
from itertools import cycle
from unittest.mock import _patch, patch
from urllib.parse import quote

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

SECRET = "n" * 32
PATIENCE = 120  # seconds
OF_THE_CONNECTION = {"connection", "content-length", "date", "server", "set-cookie", "transfer-encoding"}


def clients_ask(ports: list[int]) -> _patch:
    """From now on every new `Client()` sends its requests to these ports in turns."""
    handler = EitherHost(ports)
    return patch("django.test.client.ClientHandler", lambda _enforces_csrf: handler)


class EitherHost:
    """What takes a client's requests, and hands back what a host answered; OSError where the connection is cut."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = cycle(ports)

    def __call__(self, environ: dict) -> HttpResponse:
        request = WSGIRequest(environ)
        connection = HTTPConnection("127.0.0.1", next(self.ports), timeout=PATIENCE)
        path = quote(environ["PATH_INFO"].encode("latin-1"))
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        try:
            connection.request(environ["REQUEST_METHOD"], path + query, body, _headers(request))
            answer = connection.getresponse()
            content = answer.read()
        except HTTPException as error:
            raise OSError(f"the connection was cut: {error!r}") from error
        finally:
            connection.close()
        assert answer.status < 500, f"{request.method} {path}: {answer.status} {content.decode(errors='replace')}"
        response = HttpResponse(content, status=answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in OF_THE_CONNECTION:
                response[name] = value
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            response.cookies.load(cookie)
        response.url = answer.headers.get("Location", "")
        response.wsgi_request = request
        return response


def _headers(request: WSGIRequest) -> dict[str, str]:
    """As a proxy would hand it on, from a browser that was sent the form that it sends."""
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    cookies = [request.META["HTTP_COOKIE"]] if request.META.get("HTTP_COOKIE") else []
    cookies += [] if secret else [f"{settings.CSRF_COOKIE_NAME}={SECRET}"]
    sent = {name: value for name, value in request.headers.items() if name not in {"Host", "Cookie"}}
    return sent | {
        "Host": settings.SITE_HOST, "Cookie": "; ".join(cookies), "X-CSRFToken": secret or SECRET,
        "Referer": f"{settings.SITE_URL}{request.path}", "X-Forwarded-For": "198.51.100.7",
        "X-Forwarded-Proto": "https" if settings.OVER_HTTPS else "http",
    }  # fmt: skip
