"""`manage.py worker`: what runs beside the web server."""

import signal
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from shopadmin.models import Mail
from shopadmin.worker.process import Worker

EXAMPLE = "Example: manage.py worker --once (from cron, where no process can stay)"


class Command(BaseCommand):
    """Deliver mails, run tasks and keep house until SIGTERM."""

    help = "Send queued emails and run background tasks until stopped (SIGTERM, Ctrl-C)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is queued, try each email once, then exit.")

    def handle(self, *, once: bool, **options) -> None:
        worker = Worker()
        if once:
            worker.empty_queues()
        else:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: worker.stop.set())
            worker.wait_for_migrations()
            self.stdout.write("The worker is ready.")
            self.stdout.flush()
            worker.run()
        mails, tasks = worker.outcomes, worker.tasks.outcomes
        self.stdout.write(
            f"Emails: {mails[Mail.State.SENT]} sent, {mails[Mail.State.QUEUED]} to be tried again, "
            f"{mails[Mail.State.FAILED]} failed. "
            f"Tasks: {tasks['done']} done, {tasks['failed']} failed, {tasks['put back']} requeued."
        )
