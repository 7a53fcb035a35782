from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

INDEX = "CREATE INDEX shopadmin_mail_search ON shopadmin_mail USING gin (search_text gin_trgm_ops)"


def make_index(apps, schema_editor) -> None:
    """SQLite's is made after each `migrate`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


class Migration(migrations.Migration):
    """Emails are searched by an index, and it is known by which folding the search texts of a table were composed."""

    dependencies = [("shopadmin", "0002_hosts")]

    operations = [
        migrations.CreateModel(
            "SearchTextVersion",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63, unique=True)),
                ("version", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField("mail", "search_text", models.TextField(blank=True, default="", editable=False), False),
        TrigramExtension(),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
