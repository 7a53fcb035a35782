"""The migrations that squashed ones replace, as shops go on with them that are older."""

from django.db.migrations.loader import MigrationLoader


class OldMigrations(MigrationLoader):
    """What there would be without the squashed ones."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {
            key: migration for key, migration in self.disk_migrations.items() if not migration.replaces
        }
