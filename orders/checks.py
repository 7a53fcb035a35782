"""What `manage.py check --deploy` says of orders."""

from collections.abc import Callable

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError

from orders.dashboard import sales_triggers
from orders.documents import frozen
from shopadmin.database_state import missing_migrations


@register(Tags.security, deploy=True)
def documents_are_frozen(**kwargs) -> list[CheckMessage]:
    """Find out whether the database refuses changes of issued documents; before the first `migrate` it need not."""
    return _found(frozen.missing_triggers, "Issued documents could be changed", id="orders.E001")


@register(Tags.security, deploy=True)
def sales_are_counted(**kwargs) -> list[CheckMessage]:
    """Find out whether the database counts the sales that the dashboard shows."""
    return _found(sales_triggers.missing_triggers, "Sales are not counted for the dashboard", id="orders.E002")


def _found(missing_triggers: Callable[[], set[str]], what: str, *, id: str) -> list[CheckMessage]:
    try:
        missing = set() if missing_migrations() else missing_triggers()
    except DatabaseError:
        return []  # said by shopadmin.W002
    if not missing:
        return []
    message = f"{what}: the database lacks the triggers {', '.join(sorted(missing))}."
    return [Error(message, hint="Run `manage.py migrate`: it makes them again.", id=id)]
