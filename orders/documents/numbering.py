"""Numbers of orders and documents, each kind without gaps."""

from django.db import connection

from orders.models.counter import Counter
from orders.models.order import Order

COUNTERS, ORDERS = Counter._meta.db_table, Order._meta.db_table
AHEAD = 1_000


def next_number(name: str, *, first: int = 1) -> int:
    """Draw the next number; call it late in the transaction, since everybody else waits for its end."""
    return _draw(name, first)[0]


def next_order_number(prefix: str, *, first: int) -> str:
    """Draw the next number of the shop's own, past any that an order brought from elsewhere has taken."""
    is_taken = f"EXISTS (SELECT 1 FROM {ORDERS} WHERE lower(number) = lower(CAST(%s AS text) || {COUNTERS}.value))"
    value, taken = _draw("orders", first, f", {is_taken}", prefix)
    if not taken:
        return f"{prefix}{value}"
    while not (free := _free_after(prefix, value)):
        value += AHEAD
    Counter.objects.filter(name="orders").update(value=free)
    return f"{prefix}{free}"


def _draw(name: str, first: int, returning: str = "", *params: str) -> tuple:
    # One statement that both databases know: no gap between reading and writing, no first draw to lose a race.
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {COUNTERS} (name, value) VALUES (%s, %s) "
            f"ON CONFLICT (name) DO UPDATE SET value = {COUNTERS}.value + 1 RETURNING value{returning}",
            [name, first, *params],
        )
        return cursor.fetchone()


def _free_after(prefix: str, value: int) -> int | None:
    """The first of the next thousand numbers that no order has."""
    wanted = {f"{prefix}{number}".lower(): number for number in range(value + 1, value + 1 + AHEAD)}
    taken = Order.objects.with_numbers(wanted).values_list("number", flat=True)
    free = wanted.keys() - {number.lower() for number in taken}
    return min((wanted[number] for number in free), default=None)


def next_document_number(series: str, year: int) -> str:
    """Such as 2026-00001, or C2026-00001 in a series with a letter; each year begins anew."""
    name = f"{series}{year}"
    return f"{name}-{next_number(f'documents {name}'):05}"
