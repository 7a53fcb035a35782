from django.db import migrations
from django.db.models import Exists, OuterRef


def mark(apps, schema_editor):
    """Orders with a withdrawal that nobody has answered wait for it."""
    unanswered = apps.get_model("orders", "WithdrawalNotice").objects.filter(order=OuterRef("pk"), answered_at=None)
    apps.get_model("orders", "Order").objects.filter(Exists(unanswered)).update(withdrawal_waits=True)


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0028_withdrawal_by_line'),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
