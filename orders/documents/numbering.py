"""Numbers of orders and documents, each kind without gaps."""

from django.db import connection

from orders.models.counter import Counter
from orders.models.order import Order

COUNTERS, ORDERS = Counter._meta.db_table, Order._meta.db_table
AHEAD = 1_000
ORDERS_COUNTER, FIRST_ORDER = "orders", 10_001


def next_number(name: str, *, first: int = 1) -> int:
    """Draw the next number; call it late in the transaction, since everybody else waits for its end."""
    return _draw(name, first)[0]


def next_order_number(prefix: str, *, first: int) -> str:
    """Draw the next number of the shop's own, past any that an order brought from elsewhere has taken."""
    is_taken = f"EXISTS (SELECT 1 FROM {ORDERS} WHERE lower(number) = lower(CAST(%s AS text) || {COUNTERS}.value))"
    value, taken = _draw(ORDERS_COUNTER, first, f", {is_taken}", prefix)
    if not taken:
        return f"{prefix}{value}"
    free = _first_free(prefix, value)
    Counter.objects.filter(name=ORDERS_COUNTER).update(value=free)
    return f"{prefix}{free}"


def coming_order_number(prefix: str) -> str:
    """What the next order is going to be called, if nobody orders meanwhile."""
    return f"{prefix}{_first_free(prefix, next_of_orders() - 1)}"


def next_of_orders() -> int:
    """Where the shop's own orders go on."""
    return coming(ORDERS_COUNTER, first=FIRST_ORDER)


def coming(name: str, *, first: int = 1) -> int:
    """The number that will be drawn next, if nobody else draws one."""
    value = Counter.objects.filter(name=name).values_list("value", flat=True).first()
    return first if value is None else value + 1


def is_fresh(name: str) -> bool:
    """Whether no number of this kind was ever drawn."""
    return not Counter.objects.filter(name=name).exists()


def go_on_at(name: str, number: int) -> bool:
    """Draw this number next; False, and nothing done, where it was reached before. In the caller's transaction."""
    # One statement, as each draw is: it waits for those under way, and counts what they draw.
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {COUNTERS} (name, value) VALUES (%s, %s) "
            f"ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE {COUNTERS}.value < excluded.value",
            [name, number - 1],
        )
        return cursor.rowcount == 1


def _draw(name: str, first: int, returning: str = "", *params: str) -> tuple:
    # One statement that both databases know: no gap between reading and writing, no first draw to lose a race.
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {COUNTERS} (name, value) VALUES (%s, %s) "
            f"ON CONFLICT (name) DO UPDATE SET value = {COUNTERS}.value + 1 RETURNING value{returning}",
            [name, first, *params],
        )
        return cursor.fetchone()


def _first_free(prefix: str, value: int) -> int:
    """The first number after this one that no order has."""
    while not (free := _free_after(prefix, value)):
        value += AHEAD
    return free


def _free_after(prefix: str, value: int) -> int | None:
    """The first of the next thousand numbers that no order has."""
    wanted = {f"{prefix}{number}".lower(): number for number in range(value + 1, value + 1 + AHEAD)}
    taken = Order.objects.with_numbers(wanted).values_list("number", flat=True)
    free = wanted.keys() - {number.lower() for number in taken}
    return min((wanted[number] for number in free), default=None)


def next_document_number(series: str, year: int) -> str:
    """Such as 2026-00001, or C2026-00001 in a series with a letter; each year begins anew."""
    return document_number(series, year, next_number(counter_of(series, year)))


def document_number(series: str, year: int, number: int) -> str:
    """How such a number is written."""
    return f"{series}{year}-{number:05}"


def counter_of(series: str, year: int) -> str:
    """The counter of a series in a year."""
    return f"documents {series}{year}"
