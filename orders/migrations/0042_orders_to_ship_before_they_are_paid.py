from django.conf import settings
from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('orders', '0041_pdf_after_its_document'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexWhileOpen(
            model_name='order',
            index=models.Index(
                condition=models.Q(
                    ('payment_state__in', ['unpaid', 'partly_paid']),
                    ('state', 'open'),
                    models.Q(('shipping_state', 'shipped'), _negated=True),
                ),
                fields=['payment_method', 'placed_at'],
                name='order_unpaid_unsent',
            ),
        ),
    ]
