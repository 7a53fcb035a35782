from django.db import migrations

INDEX = "CREATE INDEX orders_order_search ON orders_order USING gin (search_text gin_trgm_ops)"


def make_index(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


class Migration(migrations.Migration):
    """Fragments of orders are found by an index too."""

    dependencies = [("orders", "0001_initial"), ("customers", "0003_search_index")]
    operations = [migrations.RunPython(make_index, migrations.RunPython.noop)]
