from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 5_000


# Those of PostgreSQL in `orders/handling/sort_copies.py`, which takes their place after `migrate`. They come before what
# is there is filled in: shoppers order meanwhile.
COPY = '''
    CREATE FUNCTION {table}_sort() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        SELECT placed_at, total INTO NEW.order_placed_at, NEW.order_total FROM orders_order WHERE id = NEW.order_id;
        RETURN NEW;
    END $$;
    CREATE TRIGGER {table}_sort BEFORE INSERT OR UPDATE OF order_id, order_placed_at, order_total ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_sort();'''
SEND = '''
    CREATE FUNCTION orders_order_sort() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE orders_orderline SET order_placed_at = NEW.placed_at, order_total = NEW.total WHERE order_id = NEW.id;
        UPDATE orders_ordertag SET order_placed_at = NEW.placed_at, order_total = NEW.total WHERE order_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER orders_order_sort AFTER UPDATE OF placed_at, total ON orders_order
        FOR EACH ROW WHEN (OLD.placed_at IS DISTINCT FROM NEW.placed_at OR OLD.total IS DISTINCT FROM NEW.total)
        EXECUTE FUNCTION orders_order_sort();'''
TABLES = ('orders_orderline', 'orders_ordertag', 'orders_order')


def begin_copying(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        stop_copying(apps, schema_editor)
        for statement in (*(COPY.format(table=table) for table in TABLES[:2]), SEND):
            schema_editor.execute(statement)


def stop_copying(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        for table in TABLES:
            schema_editor.execute(f'DROP FUNCTION IF EXISTS {table}_sort() CASCADE')


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
    """The copies of orders that are there already."""

    atomic = False

    dependencies = [('orders', '0052_sort_copies_of_orders')]

    operations = [
        migrations.RunPython(begin_copying, stop_copying),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
