from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

INDEX = "CREATE INDEX customers_customer_search ON customers_customer USING gin (search_text gin_trgm_ops)"


def make_index(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


class Migration(migrations.Migration):
    """Fragments of three letters and more are found by an index; SQLite's is made after each `migrate`."""

    dependencies = [("customers", "0002_at_a_million")]
    operations = [TrigramExtension(), migrations.RunPython(make_index, migrations.RunPython.noop)]
