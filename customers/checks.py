"""What `manage.py check --deploy` and /readyz say of the history of customers."""

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError

from customers.history.triggers import missing_triggers
from shopadmin.database_state import missing_migrations


@register(Tags.security, deploy=True)
def history_is_written(**kwargs) -> list[CheckMessage]:
    """Find out whether the database still writes the history; before the first `migrate` it need not."""
    try:
        missing = set() if missing_migrations() else missing_triggers()
    except DatabaseError:
        return []  # said by shopadmin.W002
    if not missing:
        return []
    message = f"Changes of customers are not written into their history: {_lacks(missing)}."
    return [Error(message, hint="Run `manage.py migrate`: it makes them again.", id="customers.E001")]


def trouble_with_history() -> str:
    """Return what keeps the history from being written; empty while nothing does."""
    missing = missing_triggers()
    return f"not written: {_lacks(missing)}" if missing else ""


def _lacks(triggers: set[str]) -> str:
    return f"the database lacks the triggers {', '.join(sorted(triggers))}"
