"""What a migration may not do while the last release still runs beside the new schema."""

import inspect
from collections.abc import Iterator

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

# What the last release would miss.
TAKES_AWAY = (
    operations.RemoveField,
    operations.DeleteModel,
    operations.RenameField,
    operations.RenameModel,
    operations.AlterModelTable,
)
# Making an index keeps everybody from writing to its table: seconds to minutes, at two million orders.
BIG = {
    "customers": {"customer", "address", "historyentry", "consent", "customertag"},
    "orders": {"order", "orderline", "orderaddress", "orderevent", "payment", "document", "dailysales"},
    "shopadmin": {"mail", "stafflogentry"},
    "accounts": {"session", "signin"},
}
# A comment in a migration that may do so all the same, with the reason behind it.
EXCUSE = "# Goes beside the last release: "


def faults(known: set[tuple[str, str]], loader: MigrationLoader) -> list[str]:
    """What is wrong with the migrations of our apps that the last release did not know."""
    fresh = [key for key in loader.disk_migrations if key[0] in BIG and key not in known]
    return [
        f"{app}.{name}: {words}"
        for app, name in sorted(fresh)
        if not is_excused(migration := loader.disk_migrations[app, name])
        for words in wrong_in(migration, loader.project_state((app, name), at_end=False))
    ]


def is_excused(migration: Migration) -> bool:
    return EXCUSE in inspect.getsource(inspect.getmodule(type(migration)))


def wrong_in(migration: Migration, state: ProjectState) -> Iterator[str]:
    """What a migration does that the last release does not survive; `state` is what it begins from."""
    app = migration.app_label
    made = {operation.name_lower for operation in migration.operations if isinstance(operation, operations.CreateModel)}
    for operation in migration.operations:
        if reason := _reason(app, operation, state, made):
            yield f"{operation.describe()}: {reason}"


def _reason(app: str, operation: operations.base.Operation, state: ProjectState, made: set[str]) -> str:
    if isinstance(operation, TAKES_AWAY):
        return "the last release still asks for it; take it away one release later"
    if getattr(operation, "model_name_lower", "") in made:
        return ""
    if isinstance(operation, operations.AddField):
        field = operation.field
        fills_itself = field.null or field.has_db_default() or field.many_to_many
        return "" if fills_itself else "the last release writes no value; give it db_default, or null=True"
    if isinstance(operation, operations.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        narrows = before.null and not operation.field.null
        return "the last release still writes NULL; do this one release later" if narrows else ""
    is_locked = isinstance(operation, operations.AddIndex) and not isinstance(operation, AddIndexConcurrently)
    if is_locked and operation.model_name_lower in BIG.get(app, ()):
        return "nobody can write meanwhile; take AddIndexWhileOpen of shopadmin.models.concurrent_index"
    return ""
