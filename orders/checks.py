"""What `manage.py check --deploy` says of orders."""

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError

from orders.documents.frozen import missing_triggers
from shopadmin.database_state import missing_migrations


@register(Tags.security, deploy=True)
def documents_are_frozen(**kwargs) -> list[CheckMessage]:
    """Find out whether the database refuses changes of issued documents; before the first `migrate` it need not."""
    try:
        missing = set() if missing_migrations() else missing_triggers()
    except DatabaseError:
        return []  # said by shopadmin.W002
    if not missing:
        return []
    message = f"Issued documents could be changed: the database lacks the triggers {', '.join(sorted(missing))}."
    return [Error(message, hint="Run `manage.py migrate`: it makes them again.", id="orders.E001")]
