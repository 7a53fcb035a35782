"""What waits for the worker and whether it lives, asked of the database whenever Prometheus asks us."""

from collections.abc import Iterator
from datetime import datetime

from django.db import Error, connection
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Now
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from shopadmin.database_clock import database_now
from shopadmin.health import reports
from shopadmin.models import Mail, WorkerSeen


class QueueCollector(Collector):
    """Lengths and ages of both queues, the workers' signs of life, and what /readyz reports."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what is known; of a database that is away, that it is."""
        try:
            found, is_up = [*_mails(), *_tasks(), *_workers(), _reports()], 1
        except Error:
            found, is_up = [], 0
        finally:
            connection.close()  # each scrape has a thread of its own
        yield GaugeMetricFamily("shopadmin_database_up", "Whether the database answers.", is_up)
        yield from found


def _mails() -> Iterator[GaugeMetricFamily]:
    state = Mail.State
    due = Q(state=state.QUEUED, try_at__lte=Now())
    found = Mail.objects.filter(state__in=[state.QUEUED, state.SENDING]).aggregate(
        due=Count("pk", due),
        paused=Count("pk", Q(state=state.QUEUED, try_at__gt=Now())),
        sending=Count("pk", Q(state=state.SENDING)),
        since=Min("try_at", filter=due),
    )
    since = found.pop("since")
    yield _by("state", "shopadmin_mails", "Emails that are due, wait for another try, or are being sent.", found)
    yield _age("shopadmin_mails_due_seconds", "How long the email that has waited longest is due.", since)


def _tasks() -> Iterator[GaugeMetricFamily]:
    status = TaskResultStatus
    # What is to be done later does not wait.
    ready = Q(status=status.READY) & (Q(run_after__lte=Now()) | Q(run_after=get_date_max()))
    found = DBTaskResult.objects.exclude(status=status.SUCCESSFUL).aggregate(
        ready=Count("pk", ready),
        running=Count("pk", Q(status=status.RUNNING)),
        failed=Count("pk", Q(status=status.FAILED)),
        since=Min("enqueued_at", filter=ready),
    )
    since = found.pop("since")
    yield _by("state", "shopadmin_tasks", "Tasks that wait, run, or failed in the last two weeks.", found)
    yield _age("shopadmin_tasks_ready_seconds", "How long the oldest task has waited.", since)


def _workers() -> Iterator[GaugeMetricFamily]:
    workers = WorkerSeen.objects
    yield GaugeMetricFamily("shopadmin_workers", "Workers that gave a sign of life lately.", workers.alive().count())
    if last := workers.aggregate(last=Max("seen_at"))["last"]:
        yield _age("shopadmin_worker_seen_seconds", "How long ago a worker gave the last sign of life.", last)


def _reports() -> GaugeMetricFamily:
    troubles = {name: int(bool(find_trouble())) for name, find_trouble in reports.items()}
    return _by("report", "shopadmin_trouble", "1 where /readyz says that something is wrong, and what.", troubles)


def _by(label: str, name: str, words: str, values: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _age(name: str, words: str, since: datetime | None) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, (database_now() - since).total_seconds() if since else 0)
