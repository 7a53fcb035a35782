"""The number of an order is unique whatever its case: `sw10001` and `SW10001` are one order."""

from itertools import count

from django.db import migrations, models
from django.db.models.functions import Lower

LONGEST = 20


def tell_apart(apps, schema_editor):
    """Add a number to those that differ from another order's by case alone; one that the shop drew itself stays."""
    orders = apps.get_model("orders", "Order").objects
    folded = orders.annotate(folded=Lower("number"))
    twice = folded.values("folded").annotate(n=models.Count("pk")).filter(n__gt=1).values_list("folded", flat=True)
    for number in list(twice.order_by("folded")):
        first, *others = sorted(folded.filter(folded=number), key=lambda order: (order.channel == "import", order.pk))
        for order in others:
            new = _free(folded, order.number)
            orders.filter(pk=order.pk).update(number=new)
            print(f"\n  Order {order.number} is now called {new}: only its case told it from {first.number}.", end="")


def _free(folded, number):
    for n in count(2):
        new = f"{number[:LONGEST - len(f'-{n}')]}-{n}"
        if not folded.filter(folded=new.lower()).exists():
            return new


class Migration(migrations.Migration):

    dependencies = [
        ("orders", "0004_orders_to_send_on_sqlite"),
    ]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(Lower("number"), name="order_number_whatever_its_case"),
        ),
    ]
