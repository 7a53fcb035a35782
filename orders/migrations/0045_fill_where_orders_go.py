from django.db import migrations, transaction
from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower

BATCH = 5_000


def fill(apps, schema_editor) -> None:
    """Each batch is a transaction of its own, so that shoppers order meanwhile; a run that was killed goes on."""
    alias = schema_editor.connection.alias
    Order = apps.get_model('orders', 'Order')
    addresses = apps.get_model('orders', 'OrderAddress').objects.filter(order=OuterRef('pk')).order_by('-kind')
    country = Coalesce(Subquery(addresses.values('country')[:1]), Value(''))
    method = linked(apps.get_model('orders', 'DeliveryMethod').objects.using(alias))
    orders, last = Order.objects.using(alias).order_by('pk'), 0
    while ids := list(orders.filter(pk__gt=last).values_list('pk', flat=True)[:BATCH]):
        with transaction.atomic(using=alias):
            batch = orders.order_by().alias(lower_name=Lower('delivery_name')).filter(pk__gte=ids[0], pk__lte=ids[-1], delivery_country='??')
            batch.update(delivery_country=country, **method)
        last = ids[-1]


def linked(methods) -> dict:
    """The method of which the delivery bears the name, in any language; no column where there are no methods."""
    names = {}
    for method in methods.order_by('-active', 'position', 'pk'):
        for words in (method.name, *(texts.get('name', '') for texts in method.translations.values())):
            names.setdefault(words.strip().lower(), method.pk)
    names.pop('', None)
    cases = [When(lower_name=name, then=Value(pk)) for name, pk in names.items()]
    return {'delivery_method': Case(*cases)} if cases else {}


class Migration(migrations.Migration):
    """The country and the delivery method of orders that are there already."""

    atomic = False

    dependencies = [('orders', '0044_where_orders_go')]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
