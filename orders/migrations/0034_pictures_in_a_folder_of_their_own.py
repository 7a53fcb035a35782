import os
from pathlib import Path

from django.conf import settings
from django.db import migrations

MOVES = {"documents/pictures": "pictures/products", "documents/shop": "pictures/shop"}


def move(apps, schema_editor):
    """Leave a link, by which the release before finds them."""
    for before, after in MOVES.items():
        old, new = Path(settings.DATA_DIR, before), Path(settings.DATA_DIR, after)
        if old.is_dir() and not old.is_symlink() and not new.exists():
            new.parent.mkdir(mode=0o700, exist_ok=True)
            old.rename(new)
            old.symlink_to(os.path.relpath(new, old.parent))


def move_back(apps, schema_editor):
    for before, after in MOVES.items():
        old, new = Path(settings.DATA_DIR, before), Path(settings.DATA_DIR, after)
        if new.is_dir():
            if old.is_symlink():
                old.unlink()
            old.parent.mkdir(mode=0o700, exist_ok=True)
            new.rename(old)


class Migration(migrations.Migration):
    """Pictures lay among the documents, and can be kept elsewhere now."""

    dependencies = [("orders", "0033_tags_and_exports_in_bulk")]

    operations = [migrations.RunPython(move, move_back)]
