"""What `manage.py check --deploy` and /readyz say of customers, their history and their erasure."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from customers.history.triggers import TRIGGERS
from customers.privacy.erasure.erasure_log import trouble

SHORTEST_KEY = 32


@register(Tags.security, deploy=True)
def history_is_written(**kwargs) -> list[CheckMessage]:
    """Find out whether the database still writes the history; before the first `migrate` it need not."""
    return TRIGGERS.check("Changes of customers are not written into their history", id="customers.E001")


@register(Tags.security, deploy=True)
def erasures_are_logged(**kwargs) -> list[CheckMessage]:
    """Without the log and its key, a restored backup brings back whoever was erased since it was made."""
    log = settings.ERASURE_LOG
    if reason := trouble():
        message = f"ERASURE_LOG cannot be written ({log}: {reason}): a restored backup would bring erased people back."
        hint = "Make the file writable for the user that runs web server and worker, or set ERASURE_LOG to another."
        return [Error(message, hint=hint, id="customers.E002")]
    if not log.resolve().is_relative_to(settings.DATA_DIR.resolve()):
        return []
    message = f"ERASURE_LOG lies in DATA_DIR ({log}), and is lost or overwritten with it when a backup is restored."
    return [Warning(message, hint="Set ERASURE_LOG to a file on another disk.", id="customers.W001")]


@register(Tags.security, deploy=True)
def erasure_key_is_kept(**kwargs) -> list[CheckMessage]:
    """Who has lost the key cannot read the log, and who can guess it can try addresses on it."""
    kept = settings.DATA_DIR / "erasure-key"
    if len(settings.ERASURE_KEY) < SHORTEST_KEY:
        message = f"ERASURE_KEY has fewer than {SHORTEST_KEY} characters."
        hint = "Before anybody is erased, set a random one; afterwards keep it."
        return [Warning(message, hint=hint, id="customers.W002")]
    if not kept.is_file() or kept.read_text() != settings.ERASURE_KEY:
        return []
    message = f"ERASURE_KEY is not set, but kept in {kept}, and is lost with DATA_DIR."
    return [Warning(message, hint="Set ERASURE_KEY to what is in that file.", id="customers.W003")]


def trouble_with_history() -> str:
    """Return what keeps the history from being written; empty while nothing does."""
    trouble = TRIGGERS.trouble()
    return f"not written: {trouble}" if trouble else ""
