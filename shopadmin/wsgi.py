"""What a WSGI server runs: `gunicorn shopadmin.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopadmin.settings")

application = get_wsgi_application()

from shopadmin import heartbeat  # noqa: E402 (models can be loaded from here on)

heartbeat.begin()

# What is loaded by now stays until the process ends: looking for garbage need not go through it again and again.
get_resolver().url_patterns  # noqa: B018 (the views, which would be loaded by the first request)
gc.collect()
gc.freeze()
