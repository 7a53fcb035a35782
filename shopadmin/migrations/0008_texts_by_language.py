from django.db import migrations, models


def keep_tagline(apps, schema_editor) -> None:
    """The tagline there is becomes that of the shop's first language."""
    for store in apps.get_model("shopadmin", "StoreSettings").objects.exclude(old_tagline=""):
        store.tagline = {"": store.old_tagline}
        store.save(update_fields=["tagline"])


def put_tagline_back(apps, schema_editor) -> None:
    for store in apps.get_model("shopadmin", "StoreSettings").objects.all():
        store.old_tagline = store.tagline.get("", "")
        store.save(update_fields=["old_tagline"])


class Migration(migrations.Migration):
    """The shop introduces itself in each of its languages."""

    dependencies = [("shopadmin", "0007_guide_hidden")]

    operations = [
        migrations.RenameField("storesettings", "tagline", "old_tagline"),
        *(
            migrations.AddField("storesettings", name, models.JSONField(words, default=dict, blank=True))
            for name, words in [
                ("tagline", "tagline"), ("introduction", "introduction"), ("opening_hours", "opening hours"),
            ]
        ),
        *(
            migrations.AlterField("storesettings", name, models.JSONField(words, default=dict, blank=True))
            for name, words in [
                ("privacy_policy", "privacy policy"), ("terms", "terms"), ("imprint", "imprint"),
                ("withdrawal_information", "withdrawal information"),
            ]
        ),
        migrations.RunPython(keep_tagline, put_tagline_back),
        migrations.RemoveField("storesettings", "old_tagline"),
    ]  # fmt: skip
