"""What the dashboard shows of the rows, asked in one query: how many wait, what is left to set up, what is broken."""

from django.db.models import Count, Subquery, Value

from customers.history.triggers import TRIGGERS
from customers.models import UnwrittenErasure
from orders.dashboard import needs_attention
from orders.setting_up import steps
from shopadmin.models import StoreSettings


def read(*, for_owner: bool, sees_restricted: bool) -> dict:
    """Return everything by name; what only owners are told is asked for them alone."""
    unwritten = UnwrittenErasure.objects.annotate(one=Value(1)).values("one").annotate(many=Count("pk")).values("many")
    asked = needs_attention.asked(for_owner=for_owner, sees_restricted=sees_restricted)
    asked |= {"erasures_unwritten": Subquery(unwritten)}
    if for_owner:
        asked |= steps.asked() | {"triggers": TRIGGERS.number_standing()}
    return StoreSettings.objects.values(**asked).first() or {}
