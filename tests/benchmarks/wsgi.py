"""What the benchmark's server runs: the product, and `/bare/` behind the session and who is signed in, no more."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
product = get_wsgi_application()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.test import override_settings  # noqa: E402

SIGNED_IN = ["accounts.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"]

with override_settings(MIDDLEWARE=SIGNED_IN):
    bare = WSGIHandler()


def application(environ: dict, start_response):
    """The bare view by its short way; everything else by the product's."""
    return (bare if environ["PATH_INFO"] == "/bare/" else product)(environ, start_response)
