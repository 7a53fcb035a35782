"""The one clock that all machines of a shop share: the database's. Claims, due times and signs of life go by it."""

from datetime import datetime

from django.db import connection
from django.utils import timezone


def database_now() -> datetime:
    """What time it is, for what is worked out here; a query takes `Now()`."""
    if connection.vendor == "sqlite":  # it has the clock of the one machine there is
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT STATEMENT_TIMESTAMP()")
        return cursor.fetchone()[0]
