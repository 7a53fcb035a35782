"""The number of an order is unique whatever its case: `sw10001` and `SW10001` are one order."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):

    dependencies = [
        ("orders", "0004_orders_to_send_on_sqlite"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(Lower("number"), name="order_number_whatever_its_case"),
        ),
    ]
