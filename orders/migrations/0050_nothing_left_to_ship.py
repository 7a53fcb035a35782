from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0049_ready_for_pickup'),
    ]

    operations = [
        migrations.AlterField(
            model_name='orderbulkskip',
            name='reason',
            field=models.CharField(choices=[('over', 'Cancelled or withdrawn'), ('nothing_due', 'Nothing left to pay'), ('shipped', 'Already shipped or picked up'), ('nothing_to_ship', 'Nothing left to ship'), ('no_pickup', 'Not a pick-up order'), ('ready', 'Already ready for pick-up'), ('nothing_to_pack', 'Nothing to pack'), ('refunded', 'Refunded in full'), ('withdrawal', 'The withdrawal has not been answered'), ('unpaid', 'To be paid in advance, and not paid yet'), ('invoiced', 'Already has an invoice'), ('reminded', 'A payment reminder was already sent today'), ('no_email', 'No email address'), ('erased', 'Personal data erased'), ('restricted', "The use of the customer's data is restricted"), ('changed', 'No longer matched the filters'), ('refused', 'Not possible; try it on the order itself to see why'), ('error', "Failed; see the worker's log for the reason")], max_length=40, verbose_name='why'),
        ),
    ]
