"""The settings of production, with the bare view and the counting of queries added to the addresses."""

from shopadmin.settings import *  # noqa: F403
from shopadmin.settings import MIDDLEWARE

ROOT_URLCONF = "tests.benchmarks.urls"
WSGI_APPLICATION = "tests.benchmarks.wsgi.application"
MIDDLEWARE = ["tests.benchmarks.counting.count_queries", *MIDDLEWARE]
