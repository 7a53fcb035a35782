"""Triggers of the database: made anew after every `migrate`, taken away before it, and missed by `check --deploy`.

SQLite drops the triggers of a table without a word when Django remakes it, and neither database alters a table that a
trigger on another one speaks of.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import Error as DatabaseError
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_migrate, pre_migrate

from shopadmin.database_state import missing_migrations

# Triggers that are there and switched on.
STANDING = {
    "postgresql": "SELECT tgname AS name FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


class Trigger(NamedTuple):
    """One trigger, in SQL.

    `when` is its event, such as `BEFORE DELETE`; `rows` what the database says of rows, such as `FOR EACH ROW` or
    `WHEN …`; `body` its statements, each with a semicolon, which on PostgreSQL become a function of the same name.
    """

    name: str
    table: str
    when: str
    body: str
    rows: str = ""

    def make(self, connection: BaseDatabaseWrapper) -> None:
        """Write the trigger into the database, in the place of one that is there."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                function = f"{self.name}() RETURNS trigger LANGUAGE plpgsql"
                cursor.execute(f"CREATE OR REPLACE FUNCTION {function} AS $$ BEGIN {self.body} END $$")
                cursor.execute(f"CREATE OR REPLACE {self._head} EXECUTE FUNCTION {self.name}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.name}")
                cursor.execute(f"CREATE {self._head} BEGIN {self.body} END")

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        """Take the trigger out of the database, if it is there."""
        on = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {self.name}{on}")

    @property
    def _head(self) -> str:
        return f"TRIGGER {self.name} {self.when} ON {self.table} {self.rows}"


class Triggers:
    """Triggers that do one thing together.

    `write` returns them for a database by its vendor. `speaks_of` names the tables that they read or write besides
    their own. On PostgreSQL, those that are `dropped_before_migrate` do nothing while it runs, beside a shop at work.
    """

    def __init__(
        self,
        write: Callable[[str], Iterable[Trigger]],
        *,
        speaks_of: Iterable[str] = (),
        dropped_before_migrate: bool = True,
    ) -> None:
        self._of = cache(lambda vendor: tuple(write(vendor)))
        self._speaks_of, self._dropped_before_migrate = frozenset(speaks_of), dropped_before_migrate

    def keep(self, *, app: AppConfig) -> None:
        """Look after them whenever `migrate` runs."""
        pre_migrate.connect(self._before_migrate, sender=app)
        post_migrate.connect(self.install, sender=app)

    def names(self, using: str = "default") -> frozenset[str]:
        """Name all that there should be."""
        return frozenset(trigger.name for trigger in self._of(connections[using].vendor))

    def install(self, using: str = "default", **kwargs) -> None:
        """Make them anew, once the tables are there."""
        connection = connections[using]
        triggers = self._of(connection.vendor)
        if self._speaks_of | {trigger.table for trigger in triggers} <= {*connection.introspection.table_names()}:
            for trigger in triggers:
                trigger.make(connection)

    def drop(self, using: str = "default") -> None:
        """Take them out of the database."""
        connection = connections[using]
        for trigger in self._of(connection.vendor):
            trigger.drop(connection)

    def missing(self, using: str = "default") -> set[str]:
        """Names of those that are not there, or switched off."""
        connection = connections[using]
        with connection.cursor() as cursor:
            cursor.execute(STANDING[connection.vendor])
            return self.names(using) - {name for (name,) in cursor.fetchall()}

    def number_standing(self) -> RawSQL:
        """How many are there and switched on, as a part of a query that asks more; all are `len(names())`."""
        names = ", ".join(f"'{name}'" for name in sorted(self.names()))
        sql = f"SELECT COUNT(*) FROM ({STANDING[connections['default'].vendor]}) standing WHERE name IN ({names})"
        return RawSQL(sql.replace("%", "%%"), [], models.IntegerField())

    def trouble(self) -> str:
        """Say which are missing; empty while none is."""
        missing = self.missing()
        return f"the database lacks the triggers {', '.join(sorted(missing))}" if missing else ""

    def check(self, otherwise: str, *, id: str) -> list[CheckMessage]:
        """Answer `check --deploy`: `otherwise` says what comes of it when one is missing.

        Before the first `migrate` none need be there.
        """
        try:
            trouble = "" if missing_migrations() else self.trouble()
        except DatabaseError:
            return []  # said by shopadmin.W002
        if not trouble:
            return []
        return [Error(f"{otherwise}: {trouble}.", hint="Run `manage.py migrate`: it makes them again.", id=id)]

    def _before_migrate(self, using: str, **kwargs) -> None:
        if self._dropped_before_migrate or connections[using].vendor == "sqlite":
            self.drop(using)
