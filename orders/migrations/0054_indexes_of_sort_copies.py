import django.db.models.deletion
from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen

INDEXES = [
    ('orderline', 'product', 'order_placed_at', 'order_line_by_placed_at'),
    ('orderline', 'product', 'order_total', 'order_line_by_total'),
    ('ordertag', 'tag', 'order_placed_at', 'order_tag_by_placed_at'),
    ('ordertag', 'tag', 'order_total', 'order_tag_by_total'),
]


class Migration(migrations.Migration):
    """The orders of a product or tag are read in each sort from an index alone."""

    atomic = False

    dependencies = [('orders', '0053_fill_sort_copies')]

    operations = [
        *(
            AddIndexWhileOpen(model, models.Index(fields=[asked, copy, 'order'], name=name))
            for model, asked, copy, name in INDEXES
        ),
        migrations.RemoveIndex('orderline', 'order_line_of_a_product'),
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
