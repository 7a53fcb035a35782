from django.db import migrations, models


class Migration(migrations.Migration):
    """Copies of what orders are sorted by, on their lines and tags."""

    dependencies = [('orders', '0051_orders_of_services')]

    operations = [
        migrations.AddField(model, copy, field)
        for model in ('orderline', 'ordertag')
        for copy, field in {
            'order_placed_at': models.DateTimeField(editable=False, null=True),
            'order_total': models.DecimalField(decimal_places=2, editable=False, max_digits=12, null=True),
        }.items()
    ]
