import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from shopadmin.models.concurrent_index import AddIndexWhileOpen

BATCH = 5_000


def begin_copying(apps, schema_editor) -> None:
    """On PostgreSQL the triggers come before the rest is filled in: shoppers order meanwhile."""
    if schema_editor.connection.vendor == 'postgresql':
        from orders.handling.sort_copies import TRIGGERS

        TRIGGERS.install(schema_editor.connection.alias)


def stop_copying(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        from orders.handling.sort_copies import TRIGGERS

        TRIGGERS.drop(schema_editor.connection.alias)


def fill(apps, schema_editor) -> None:
    """Each batch is a transaction of its own, so that shoppers order meanwhile; a run that was killed goes on."""
    alias = schema_editor.connection.alias
    orders, last = apps.get_model('orders', 'Order').objects.using(alias).order_by('pk'), 0
    order = orders.order_by().filter(pk=OuterRef('order'))
    copies = {f'order_{name}': Subquery(order.values(name)[:1]) for name in ('placed_at', 'total')}
    while ids := list(orders.filter(pk__gt=last).values_list('pk', flat=True)[:BATCH]):
        for name in ('OrderLine', 'OrderTag'):
            below = apps.get_model('orders', name).objects.using(alias).filter(order_placed_at=None)
            below.filter(order__gte=ids[0], order__lte=ids[-1]).update(**copies)
        last = ids[-1]


class Migration(migrations.Migration):
    """Copies of what orders are sorted by, on their lines and tags."""

    atomic = False

    dependencies = [('orders', '0051_orders_of_services')]

    operations = [
        *(
            migrations.AddField(model, copy, field)
            for model in ('orderline', 'ordertag')
            for copy, field in {
                'order_placed_at': models.DateTimeField(editable=False, null=True),
                'order_total': models.DecimalField(decimal_places=2, editable=False, max_digits=12, null=True),
            }.items()
        ),
        migrations.RunPython(begin_copying, stop_copying),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexWhileOpen(
            'orderline', models.Index(fields=['product', 'order_placed_at', 'order'], name='order_line_by_placed_at')
        ),
        AddIndexWhileOpen(
            'orderline', models.Index(fields=['product', 'order_total', 'order'], name='order_line_by_total')
        ),
        migrations.RemoveIndex('orderline', 'order_line_of_a_product'),
        AddIndexWhileOpen(
            'ordertag', models.Index(fields=['tag', 'order_placed_at', 'order'], name='order_tag_by_placed_at')
        ),
        AddIndexWhileOpen('ordertag', models.Index(fields=['tag', 'order_total', 'order'], name='order_tag_by_total')),
        # The indexes that begin with the tag serve the foreign key too.
        migrations.AlterField(
            'ordertag',
            'tag',
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name='order_tags',
                to='customers.tag',
            ),
        ),
    ]
