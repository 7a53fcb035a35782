"""Search texts composed anew when `migrate` has run and the folding is another than the one they were composed by.

Batch by batch, each a short transaction, so that the shop can be open meanwhile: what is not composed yet is found as
before. A run that is killed begins again at the next `migrate`, and passes quickly by what is right already.
"""

import sys
from collections.abc import Callable, Iterable

from django.apps import AppConfig
from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate

from shopadmin.models import SearchTextVersion
from shopadmin.search.folding import VERSION

BATCH = {"postgresql": 2_000, "sqlite": 500}
SAID_EVERY = 50_000
Write = Callable


def keep_composed(model: type[models.Model], write: Write, *, app: AppConfig) -> None:
    """Have `write` bring the rows of these ids into step whenever `migrate` has run and the folding is a newer one."""

    def look_after(using: str = "default", plan: Iterable | None = None, verbosity: int = 0, **kwargs) -> None:
        # Without a plan it is `flush`, which has emptied the tables.
        if plan is not None and not _is_up_to_date(model, using):
            said = kwargs.get("stdout") or sys.stdout
            _compose_all(model, write, using, lambda words: said.write(f"  {words}\n") if verbosity else None)

    post_migrate.connect(look_after, sender=app, weak=False, dispatch_uid=f"search texts of {model._meta.label}")


def _is_up_to_date(model: type[models.Model], using: str) -> bool:
    """True as well while tables are not yet what the models say, as where only some migrations were applied."""
    connection = connections[using]
    if SearchTextVersion._meta.db_table not in connection.introspection.table_names():
        return True
    if SearchTextVersion.objects.using(using).filter(table=model._meta.db_table, version=VERSION).exists():
        return True
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _compose_all(model: type[models.Model], write: Write, using: str, say: Callable) -> None:
    table, done, last = model._meta.db_table, 0, 0
    rows, size = model._base_manager.using(using).order_by("pk"), BATCH[connections[using].vendor]
    while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:size]):
        with transaction.atomic(using):
            write(ids)
        last, before = ids[-1], done
        done += len(ids)
        if done // SAID_EVERY > before // SAID_EVERY:
            say(f"Composing what is searched in {table}: {done:,}")
    SearchTextVersion.objects.using(using).update_or_create(table=table, defaults={"version": VERSION})
    if done:
        say(f"Composed what is searched in {table}: {done:,} rows")
