import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen

TABLE, COLUMNS = 'orders_order', 'state, payment_state, shipping_state'


def count_states_together(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(f'CREATE STATISTICS IF NOT EXISTS order_states (mcv) ON {COLUMNS} FROM {TABLE}')
        schema_editor.execute(f'ANALYZE {TABLE} ({COLUMNS})')


def count_them_apart(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('DROP STATISTICS IF EXISTS order_states')


class Migration(migrations.Migration):
    """A list by total reads its filters from the index; PostgreSQL learns which statuses come together."""

    atomic = False

    dependencies = [
        ('orders', '0039_payments_that_did_not_go_through'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexWhileOpen(
            model_name='order',
            index=models.Index(
                fields=['total', 'id', 'placed_at', 'state', 'payment_state', 'shipping_state'],
                name='order_by_total_with_states',
            ),
        ),
        migrations.RemoveIndex(model_name='order', name='order_by_total'),
        # `order_of_a_customer` begins with the customer too.
        migrations.AlterField(
            model_name='order',
            name='customer',
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name='orders',
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(count_states_together, count_them_apart),
    ]
