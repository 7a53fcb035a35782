"""How the log is written, by Django and by gunicorn alike; it needs neither, since both ask before they are set up."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

FORMATTERS = {
    "json": {"()": "shopadmin.logs.JsonLine"},
    "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
}


def log_settings() -> dict:
    """LOGGING as LOG_FORMAT wants it; unset, people at a terminal get text and everybody else gets JSON."""
    wanted = os.environ.get("LOG_FORMAT") or ("text" if sys.stderr and sys.stderr.isatty() else "json")
    if wanted not in FORMATTERS:
        raise ImproperlyConfigured(f"LOG_FORMAT is json or text, not {wanted!r}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": FORMATTERS[wanted]},
        "filters": {"discreet": {"()": "shopadmin.logs.Discreet"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
        # It writes the number of each passkey that is made or used: a person's, and there after an erasure.
        "loggers": {"fido2": {"level": "WARNING"}},
        "root": {"handlers": ["console"], "level": "INFO"},
    }
