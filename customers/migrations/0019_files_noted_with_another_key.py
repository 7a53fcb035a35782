from django.conf import settings
from django.db import migrations


def forget_notes(apps, schema_editor):
    """Drop the notes of who is in files to import, made with SECRET_KEY: the next erasure takes such a file along."""
    for path in (settings.DATA_DIR / "imports").glob("*.people"):
        path.unlink(missing_ok=True)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0018_privacy_request_kinds"),
    ]

    operations = [
        migrations.RunPython(forget_notes, migrations.RunPython.noop, elidable=True),
    ]
