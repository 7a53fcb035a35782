from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower

INDEX = "CREATE INDEX orders_order_search ON orders_order USING gin (search_text gin_trgm_ops)"


def drop_index(apps, schema_editor) -> None:
    """Let the column go: SQLite refuses while a trigger speaks of it; PostgreSQL drops the index with it."""
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS orders_order_search_{event}")


def make_index(apps, schema_editor) -> None:
    """SQLite's is made again after each `migrate`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


class Migration(migrations.Migration):
    """The text that is searched is composed by the product; `migrate` fills it for all orders when it is done."""

    dependencies = [("orders", "0008_work_out_payments")]

    operations = [
        migrations.RunPython(drop_index, migrations.RunPython.noop),
        migrations.RemoveField("order", "search_text"),
        migrations.AddField("order", "search_text", models.TextField(blank=True, default="", editable=False), False),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(search_text="")
                | Q(search_text=Concat(Value(" "), Lower("number"), Value(" "), output_field=models.TextField())),
                name="erased_order_is_found_by_number",
            ),
        ),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
