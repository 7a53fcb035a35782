"""Tasks that only tests know; what they did is what mails there are."""

import time

from django_tasks import task

from shopadmin.models import Mail
from shopadmin.worker.task_runner import between_batches
from tests.factories import MailFactory


@task
def write(subject: str) -> None:
    """Write one mail."""
    MailFactory(subject=subject, state=Mail.State.SENT, message_id=f"<{time.time_ns()}@shop.example>")


@task
def write_slowly(subject: str) -> None:
    """Write forty mails in four seconds, one a batch; begun again, go on."""
    while (written := Mail.objects.filter(name=subject).count()) < 40:
        MailFactory(name=subject, subject=f"{written}", state=Mail.State.SENT, message_id=f"<{subject}{written}>")
        time.sleep(0.1)
        between_batches()


@task
def stumble(secret: str) -> None:
    """Fail, and say too much."""
    raise ValueError(secret)
