"""What customers do when something happens elsewhere."""

from django_tasks import TaskResult
from django_tasks.signals import task_finished

from customers import tasks


def connect() -> None:
    """Called once, when the app is ready."""
    task_finished.connect(end_failed_job, dispatch_uid="end_failed_job")


def end_failed_job(sender: type, *, task_result: TaskResult, **kwargs) -> None:
    tasks.end_failed_job(task_result)
