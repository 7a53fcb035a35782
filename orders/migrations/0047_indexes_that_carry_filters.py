import django.db.models.deletion
from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen


class Migration(migrations.Migration):
    """A list by total reads all its filters from the index, and that of a product reads no line."""

    atomic = False

    dependencies = [('orders', '0046_orders_by_where_they_go')]

    operations = [
        AddIndexWhileOpen(
            'order',
            models.Index(
                fields=[
                    'total', 'id', 'placed_at', 'state', 'payment_state', 'shipping_state',
                    'delivery_country', 'channel', 'delivery_method', 'payment_method',
                ],
                name='order_by_total_with_filters',
            ),
        ),
        migrations.RemoveIndex('order', 'order_by_total_with_states'),
        AddIndexWhileOpen('orderline', models.Index(fields=['product', 'order'], name='order_line_of_a_product')),
        # The index that begins with the product serves the foreign key too.
        migrations.AlterField(
            'orderline',
            'product',
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name='order_lines',
                to='orders.product',
            ),
        ),
    ]
