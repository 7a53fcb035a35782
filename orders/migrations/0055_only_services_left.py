from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Q

from shopadmin.models.concurrent_index import AddIndexWhileOpen

BATCH = 10_000


def fill(apps, schema_editor):
    """Find the orders of which only services are left, in short transactions."""
    Order, OrderLine = apps.get_model('orders', 'Order'), apps.get_model('orders', 'OrderLine')
    gone = F('sent') + F('withdrawn_unsent') + F('refunded_unsent')
    unsent, last = OrderLine.objects.filter(order=OuterRef('pk'), quantity__gt=gone), 0
    services, goods = Exists(unsent.filter(is_service=True)), Exists(unsent.filter(is_service=False))
    while ids := list(Order.objects.filter(pk__gt=last).order_by('pk').values_list('pk', flat=True)[:BATCH]):
        batch = Order.objects.filter(pk__gte=ids[0], pk__lte=ids[-1])
        batch.filter(Q(has_goods=False) | Q(services, ~goods)).update(only_services_left=True)
        last = ids[-1]


class Migration(migrations.Migration):
    """Orders of goods and services leave what is to ship once the goods are gone."""

    atomic = False

    dependencies = [('orders', '0054_indexes_of_sort_copies')]

    operations = [
        migrations.AddField('order', 'only_services_left', models.BooleanField(db_default=False, default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexWhileOpen(
            'order',
            models.Index(
                fields=['state', 'payment_state', 'shipping_state', 'only_services_left'],
                name='order_to_ship_or_provide',
            ),
        ),
        migrations.RemoveIndex('order', 'order_to_ship'),
        AddIndexWhileOpen(
            'order',
            models.Index(
                fields=['placed_at'],
                name='order_to_provide',
                condition=models.Q(state='open', only_services_left=True) & ~models.Q(shipping_state='shipped'),
            ),
        ),
        migrations.RemoveIndex('order', 'order_of_services_open'),
    ]
