"""Settings of gunicorn: `gunicorn --config python:shopadmin.web_server shopadmin.wsgi`.

What stands on its command line or in GUNICORN_CMD_ARGS counts more.
"""

import os

from gunicorn.arbiter import Arbiter

from shopadmin.log_settings import log_settings
from shopadmin.metrics.request_times import empty_folder

worker_class = "gthread"  # a long download takes a thread, not a process
workers = int(os.environ.get("WEB_CONCURRENCY") or 3)
threads = int(os.environ.get("WEB_THREADS") or 4)
graceful_timeout = 30

# No access log: paths hold keys and names. Its own handlers go, so that all is written as Django writes it.
accesslog = None
logconfig_dict = log_settings() | {
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("gunicorn.error", "gunicorn.access")}
}


def on_starting(server: Arbiter) -> None:
    """Before the first web process there is."""
    empty_folder()
