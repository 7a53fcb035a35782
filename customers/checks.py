"""What `manage.py check --deploy` refuses of customers."""

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
    names = ", ".join(sorted(missing))
    message = f"Changes of customers are not written into their history: the database lacks the triggers {names}."
    return [Error(message, hint="Run `manage.py migrate`: it makes them again.", id="customers.E001")]
