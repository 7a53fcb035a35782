from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('customers', '0027_people_in_files'),
    ]

    operations = [
        AddIndexWhileOpen(
            model_name='historyentry',
            index=models.Index(condition=models.Q(('seen', False)), fields=['at'], name='history_not_seen_oldest'),
        ),
    ]
