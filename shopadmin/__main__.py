"""The command line: `manage.py …` in a clone, `shopadmin …` where it is installed."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error

from shopadmin.database_state import migrate_first
from shopadmin.logs import NOT_MIGRATED, reason_of


def main() -> None:
    """Run a command; a setting or a database that is at fault is said in a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopadmin.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The settings are wrong: {error}")
    except Error as error:
        if not (reason := reason_of(error)):
            raise
        sys.exit(migrate_first() if reason == NOT_MIGRATED else f"{reason}.")


if __name__ == "__main__":
    main()
