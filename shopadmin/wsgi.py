"""What a WSGI server runs: `gunicorn shopadmin.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopadmin.settings")

application = get_wsgi_application()

# What is loaded by now stays until the process ends: looking for garbage need not go through it again and again.
gc.collect()
gc.freeze()
