from django.db import migrations, models

INDEX = "CREATE INDEX orders_product_search ON orders_product USING gin (search_text gin_trgm_ops)"


def make_index(apps, schema_editor) -> None:
    """SQLite's is made after each `migrate`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def let_the_column_go(apps, schema_editor) -> None:
    """SQLite refuses while a trigger speaks of it; PostgreSQL drops the index with it."""
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS orders_product_search_{event}")


class Migration(migrations.Migration):
    """Products are searched by an index; `migrate` composes the texts of those there are when it is done."""

    dependencies = [("orders", "0015_pictures_of_products"), ("shopadmin", "0003_search_text_of_mails")]

    operations = [
        migrations.AddField("product", "search_text", models.TextField(blank=True, default="", editable=False), False),
        migrations.RunPython(make_index, let_the_column_go),
    ]
