"""Doing something as if it were done in the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.db.models import Max

from customers.models import HistoryEntry
from orders.models import OrderEvent, OrderMessage, Payment, WithdrawalNotice
from shopadmin.models import Mail

# What the product dates itself, by the field that holds the date.
DATED = {
    HistoryEntry: "at", OrderEvent: "at", OrderMessage: "at", Payment: "at", WithdrawalNotice: "at", Mail: "created_at",
}  # fmt: skip


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the product take `moment` for now; what it writes is dated back, and its mails were delivered then."""
    before = {model: model.objects.aggregate(last=Max("pk", default=0))["last"] for model in DATED}
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield
    for model, field in DATED.items():
        model.objects.filter(pk__gt=before[model]).update(**{field: moment})
    mails = Mail.objects.filter(pk__gt=before[Mail], secret=False)
    mails.update(state=Mail.State.SENT, sent_at=moment, try_at=moment, tries=1)
