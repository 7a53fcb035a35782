"""What has to be tidied once in a while, by whichever worker comes to it."""

import logging
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.db import Error
from django.utils import timezone

from shopadmin.delivery import forget_bodies
from shopadmin.models import CacheRow
from shopadmin.tasks_worker import forget_tasks

log = logging.getLogger(__name__)


def forget_sessions() -> None:
    """Delete the sessions that ended by themselves."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def forget_cached() -> None:
    """Delete the cached values that nobody will ask for again."""
    CacheRow.objects.filter(expires__lt=timezone.now()).delete()


# The apps above add theirs when they are ready. A chore can be done twice, or by two workers at once, without harm.
chores: list[Callable[[], object]] = [forget_sessions, forget_cached, forget_bodies, forget_tasks]


def keep_house() -> None:
    """Do every chore; one that fails does not keep the others from being done."""
    for chore in chores:
        try:
            chore()
        except Error:
            raise
        except Exception:
            log.exception("The chore %s failed", chore.__name__)
