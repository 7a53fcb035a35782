"""What the benchmark's server runs: the product, and bare views behind Django's session, CSRF and sign-in alone."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.test import override_settings

from shopadmin.wsgi import application as product


class DjangosSession(SessionMiddleware):
    """Django's own sessions, in a cookie beside the product's."""

    def process_request(self, request: HttpRequest) -> None:
        """Open the session that the cookie `bare` names."""
        request.session = self.SessionStore(request.COOKIES.get("bare"))


DJANGOS = [
    "tests.benchmarks.wsgi.DjangosSession",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

with override_settings(MIDDLEWARE=DJANGOS, SESSION_ENGINE="django.contrib.sessions.backends.db"):
    bare = WSGIHandler()


def application(environ: dict, start_response):
    """The bare views by their short way; everything else by the product's."""
    return (bare if environ["PATH_INFO"] in {"/bare/", "/bare-order/"} else product)(environ, start_response)
