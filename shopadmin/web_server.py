"""Settings of gunicorn: `gunicorn --config python:shopadmin.web_server shopadmin.wsgi`.

What stands on its command line or in GUNICORN_CMD_ARGS counts more.
"""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from shopadmin.log_settings import log_settings
from shopadmin.metrics.request_times import empty_folder


class QuietLogger(Logger):
    """Writes down what happens to gunicorn, and no requests: their paths hold keys and names."""

    def access(self, *args, **kwargs) -> None:
        pass


worker_class = "gthread"  # a long download takes a thread, not a process
workers = int(os.environ.get("WEB_CONCURRENCY") or 3)
threads = int(os.environ.get("WEB_THREADS") or 4)
graceful_timeout = 30
control_socket_disable = True  # several on one machine would share it, and its folder may be closed to us
# Its own handlers go, so that all is written as Django writes it.
logger_class = QuietLogger
logconfig_dict = log_settings() | {"loggers": {"gunicorn.error": {"handlers": [], "propagate": True}}}


def on_starting(server: Arbiter) -> None:
    """Before the first web process there is."""
    empty_folder()
