"""`manage.py metrics`: what Prometheus asks, answered by a process of its own."""

import os
import signal
from argparse import ArgumentParser
from pathlib import Path
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from prometheus_client import CollectorRegistry, start_wsgi_server
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from shopadmin.metrics.queues import QueueCollector
from shopadmin.metrics.request_times import FOLDER

EXAMPLE = "Example: manage.py metrics (with METRICS_PORT=9108, then curl http://127.0.0.1:9108/metrics)"


class Command(BaseCommand):
    """Answer with the sums of all web processes of this machine, and with the queues, until SIGTERM."""

    help = f"Serve metrics for Prometheus until stopped: requests, counted in {FOLDER}, and the worker's queues."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def handle(self, **options) -> None:
        if not settings.METRICS_PORT:
            raise CommandError("METRICS_PORT is not set. Set it to the port on which Prometheus asks, such as 9108.")
        stop, where = Event(), (settings.METRICS_PORT, settings.METRICS_HOST)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            server, thread = start_wsgi_server(*where, registry=registry())
        except OSError as error:
            raise CommandError(
                f"METRICS_PORT {where[0]} of METRICS_HOST {where[1]} cannot be had: {error.strerror}."
            ) from error
        self.stdout.write(f"Metrics are at http://{where[1]}:{server.server_port}/metrics.")
        self.stdout.flush()
        stop.wait()
        server.shutdown()
        thread.join()


def registry() -> CollectorRegistry:
    """All that is told."""
    made = CollectorRegistry(auto_describe=False)
    made.register(RequestCollector())
    made.register(QueueCollector())
    return made


class RequestCollector(Collector):
    """What stands in the folder and in those inside of it, one a gunicorn: killed processes' files count too."""

    def collect(self) -> list[Metric]:
        folder = os.environ.get(FOLDER)
        files = sorted(map(str, Path(folder).rglob("*.db"))) if folder else []
        return list(MultiProcessCollector.merge(files))
