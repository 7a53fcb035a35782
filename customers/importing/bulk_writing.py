from types import ModuleType

from django.db import connection

from customers.importing import postgresql, sqlite


def database() -> ModuleType:
    """How the database that is connected takes many rows."""
    return postgresql if connection.vendor == "postgresql" else sqlite
