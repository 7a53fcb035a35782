from django.db import migrations, models

from shopadmin.models.concurrent_index import AddIndexWhileOpen

KINDS = [
    ('payment', 'Record payment'),
    ('ship', 'Ship items'),
    ('ready', 'Ready for pick-up'),
    ('provide', 'Mark services as provided'),
    ('invoice', 'Create invoices'),
    ('remind', 'Send payment reminders'),
    ('tag', 'Add tag'),
    ('untag', 'Remove tag'),
    ('export', 'Export'),
]
REASONS = [
    ('over', 'Cancelled or withdrawn'),
    ('nothing_due', 'Nothing left to pay'),
    ('shipped', 'Already shipped, picked up or provided'),
    ('nothing_to_ship', 'Nothing left to ship'),
    ('nothing_to_provide', 'No services left to provide'),
    ('no_pickup', 'Not a pick-up order'),
    ('ready', 'Already ready for pick-up'),
    ('nothing_to_pack', 'Nothing to pack'),
    ('refunded', 'Refunded in full'),
    ('withdrawal', 'The withdrawal has not been answered'),
    ('unpaid', 'To be paid in advance, and not paid yet'),
    ('invoiced', 'Already has an invoice'),
    ('reminded', 'A payment reminder was already sent today'),
    ('no_email', 'No email address'),
    ('erased', 'Personal data erased'),
    ('restricted', "The use of the customer's data is restricted"),
    ('changed', 'No longer matched the filters'),
    ('refused', 'Not possible; try it on the order itself to see why'),
    ('error', "Failed; see the worker's log for the reason"),
]


class Migration(migrations.Migration):
    """Orders that are ready for pick-up are a filter; services are marked as provided in bulk."""

    atomic = False

    dependencies = [('orders', '0055_only_services_left')]

    operations = [
        AddIndexWhileOpen(
            'order',
            models.Index(
                fields=['state', 'placed_at', 'id'], name='order_ready', condition=models.Q(ready_at__isnull=False)
            ),
        ),
        migrations.AlterField(
            'orderbulkaction', 'kind', models.CharField(choices=KINDS, max_length=10, verbose_name='kind')
        ),
        migrations.AlterField(
            'orderbulkskip', 'reason', models.CharField(choices=REASONS, max_length=40, verbose_name='why')
        ),
    ]
