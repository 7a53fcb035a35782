"""`manage.py worker`: what runs beside the web server."""

import signal
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from shopadmin.models import Mail
from shopadmin.worker import Worker

EXAMPLE = "Example: manage.py worker --once (from cron, where no process can stay)"


class Command(BaseCommand):
    """Deliver mails and keep house until SIGTERM."""

    help = "Delivers the queued mails and keeps house until it is told to stop (SIGTERM or Ctrl-C)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Try each mail that is due once, then end.")

    def handle(self, *, once: bool, **options) -> None:
        worker = Worker()
        if once:
            worker.empty_queue()
        else:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: worker.stop.set())
            self.stdout.write("The worker is ready.")
            self.stdout.flush()
            worker.run()
        counts = worker.outcomes
        self.stdout.write(
            f"Mails: {counts[Mail.State.SENT]} delivered, {counts[Mail.State.QUEUED]} to be tried again, "
            f"{counts[Mail.State.FAILED]} refused for good."
        )
