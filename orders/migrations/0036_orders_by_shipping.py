from django.conf import settings
from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('orders', '0035_rows_of_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexWhileOpen(
            model_name='order',
            index=models.Index(fields=['shipping_state', 'placed_at', 'id'], name='order_by_shipping'),
        ),
    ]
