from django.db import migrations, models
from django.db.models import Exists, OuterRef

from shopadmin.models.concurrent_index import AddIndexWhileOpen

BATCH = 10_000


def fill(apps, schema_editor):
    """Find the orders of services alone, in short transactions."""
    Order, OrderLine = apps.get_model('orders', 'Order'), apps.get_model('orders', 'OrderLine')
    lines, last = OrderLine.objects.filter(order=OuterRef('pk')), 0
    while ids := list(Order.objects.filter(pk__gt=last).order_by('pk').values_list('pk', flat=True)[:BATCH]):
        batch = Order.objects.filter(pk__gte=ids[0], pk__lte=ids[-1])
        of_services = batch.filter(Exists(lines.filter(is_service=True)), ~Exists(lines.filter(is_service=False)))
        of_services.update(has_goods=False)
        last = ids[-1]


class Migration(migrations.Migration):
    """Orders of services alone are not to be shipped."""

    atomic = False

    dependencies = [('orders', '0050_nothing_left_to_ship')]

    operations = [
        migrations.AddField('order', 'has_goods', models.BooleanField(db_default=True, default=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexWhileOpen(
            'order',
            models.Index(fields=['state', 'payment_state', 'shipping_state', 'has_goods'], name='order_to_ship'),
        ),
        migrations.RemoveIndex('order', 'order_to_send'),
        AddIndexWhileOpen(
            'order',
            models.Index(
                fields=['placed_at'],
                name='order_of_services_open',
                condition=models.Q(state='open', has_goods=False),
            ),
        ),
    ]
