from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AddIndexWhileOpen(AddIndexConcurrently):
    """An index on a table that shoppers are writing to meanwhile; its migration says `atomic = False`."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        make = super().database_forwards if on_postgresql else super(AddIndexConcurrently, self).database_forwards
        make(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        drop = super().database_backwards if on_postgresql else super(AddIndexConcurrently, self).database_backwards
        drop(app_label, schema_editor, from_state, to_state)
