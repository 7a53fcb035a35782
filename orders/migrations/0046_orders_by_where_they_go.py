from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen

INDEXES = {
    'order_by_country': 'delivery_country',
    'order_by_channel': 'channel',
    'order_by_delivery': 'delivery_method',
    'order_by_payment_method': 'payment_method',
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [('orders', '0045_fill_where_orders_go')]

    operations = [
        AddIndexWhileOpen('order', models.Index(fields=[field, 'placed_at', 'id'], name=name))
        for name, field in INDEXES.items()
    ]
