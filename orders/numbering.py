"""Numbers of orders and documents, each kind without gaps."""

from django.db import connection

from orders.models.counter import Counter

COUNTERS = Counter._meta.db_table


def next_number(name: str, *, first: int = 1) -> int:
    """Draw the next number; call it late in the transaction, since everybody else waits for its end."""
    # One statement that both databases know: no gap between reading and writing, no first draw to lose a race.
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {COUNTERS} (name, value) VALUES (%s, %s) "
            f"ON CONFLICT (name) DO UPDATE SET value = {COUNTERS}.value + 1 RETURNING value",
            [name, first],
        )
        return cursor.fetchone()[0]


def draw_none_up_to(name: str, number: int) -> None:
    """Never draw a number that came in from elsewhere."""
    if not Counter.objects.filter(name=name, value__lt=number).update(value=number):
        Counter.objects.get_or_create(name=name, defaults={"value": number})


def next_document_number(series: str, year: int) -> str:
    """Such as 2026-00001, or C2026-00001 in a series with a letter; each year begins anew."""
    name = f"{series}{year}"
    return f"{name}-{next_number(f'documents {name}'):05}"
