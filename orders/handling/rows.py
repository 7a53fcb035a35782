"""The rows of the list of orders, as tuples of words; fifty Order objects asked in the template cost twice as much."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Order
from shopadmin.rendering.badges import Badge
from shopadmin.rendering.formats import active_locale, ago, money

Mark = tuple[str, str]  # word and CSS of a badge
# The columns that a row is made of, and what the staff log tells of it.
COLUMNS = (
    "number", "customer", "first_name", "last_name", "company_name", "email", "erased_at", "placed_at", "state",
    "shipping_state", "payment_state", "payment_method", "pay_by", "currency", "total", "paid", "credited",
    "withdrawal_waits", "is_pickup", "ready_at", "has_goods",
)  # fmt: skip


class Row(NamedTuple):
    """An order as the list shows it."""

    pk: int
    url: str
    number: str
    person: str
    states: list[Mark]
    payments: list[Mark]
    shipping: Mark
    placed: str
    total: str


def in_words(orders: Iterable[Order], *, listed: str, sees_restricted: bool) -> list[Row]:
    """Each order as the list shows it; `listed` is the list's own state, for the way back."""
    address, locale, erased = reverse("backoffice_orders"), active_locale(), _("Erased")
    zone, day_in_words, mark = timezone.get_current_timezone(), cache(ago), cache(_mark)
    return [
        Row(
            pk=order.pk,
            url=f"{address}{quote(order.number)}/{listed}",
            number=order.number,
            person=erased if order.is_closed_and_erased and not sees_restricted else order.person or erased,
            states=[mark(badge) for badge in order.badges],
            payments=[mark(badge) for badge in order.payment_badges],
            shipping=mark(order.shipping_badge),
            placed=day_in_words(order.placed_at.astimezone(zone).date()),
            total=money(order.total, order.currency, locale),
        )
        for order in orders
    ]


def _mark(badge: Badge) -> Mark:
    return str(badge.label), badge.css
