from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_search_index")]

    operations = [
        migrations.AddField(
            "bulkaction",
            "skipped",
            models.PositiveBigIntegerField(default=0, verbose_name="left alone"),
        ),
        migrations.AddField(
            "bulkaction",
            "until_id",
            models.BigIntegerField(help_text="Nobody who came after it was asked for.", null=True),
        ),
        migrations.AlterField(
            "bulkskip",
            "reason",
            models.CharField(
                choices=[
                    ("accounts_off", "Customer accounts are switched off"),
                    ("staff", "Is on the staff"),
                    ("not_waiting", "Does not wait for approval"),
                    ("not_open", "May not sign in"),
                    ("has_tag", "Has the tag already"),
                    ("lacks_tag", "Does not have the tag"),
                    ("changed", "Did not match any more when its turn came"),
                    ("error", "Did not work; the log of the worker says why"),
                ],
                max_length=40,
                verbose_name="why",
            ),
        ),
    ]
