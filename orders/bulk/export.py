"""A bulk export of orders: the file goes straight to whoever asked for it, and is kept nowhere."""

from collections.abc import Iterator

from django.db import transaction

from orders.bulk.selection import judged, possible
from orders.exporting.csv_file import export
from orders.models import OrderBulkAction, OrderBulkSkip


def hand_out(action: OrderBulkAction, *, doing: int, separator: str) -> Iterator[bytes]:
    """Write down who exports what, and return the file piece by piece."""
    orders = possible(action)
    with transaction.atomic():
        left = judged(action).exclude(skip="").values_list("pk", "skip")
        action.done, action.skipped = action.total, action.total - doing
        action.save()
        OrderBulkSkip.objects.bulk_create(
            (OrderBulkSkip(action=action, order_id=pk, reason=reason) for pk, reason in left.iterator()),
            batch_size=1_000,
        )
        action.finish(action.State.DONE)
    return export(orders, separator=separator)
