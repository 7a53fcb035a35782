"""The settings of production, with the bare view and the counting of queries added to the addresses."""

from shopadmin.settings import *  # noqa: F403
from shopadmin.settings import AUTHENTICATION_BACKENDS, INSTALLED_APPS, MIDDLEWARE

ROOT_URLCONF = "tests.benchmarks.urls"
WSGI_APPLICATION = "tests.benchmarks.wsgi.application"
# The bare view's sign-in is Django's.
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sessions"]
AUTHENTICATION_BACKENDS = [*AUTHENTICATION_BACKENDS, "django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE = ["tests.benchmarks.counting.count_queries", *MIDDLEWARE]
