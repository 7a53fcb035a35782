"""What the benchmark's server runs: the product, and `/bare/` behind the session and who is signed in, no more."""

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from shopadmin.wsgi import application as product

SIGNED_IN = ["accounts.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"]

with override_settings(MIDDLEWARE=SIGNED_IN):
    bare = WSGIHandler()


def application(environ: dict, start_response):
    """The bare view by its short way; everything else by the product's."""
    return (bare if environ["PATH_INFO"] == "/bare/" else product)(environ, start_response)
