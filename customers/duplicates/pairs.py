"""The worker's search for pairs of records that may be one person, through all customers at once.

The database groups by what two may share; the newest pairs are kept in a small table, so that the list of them costs
nothing. What `customers.duplicates.look_alikes` says of a pair is worked out when it is shown.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Max, Q
from django_tasks import task

from customers.duplicates.look_alikes import clues_of, look_alikes, reasons_between
from customers.models import Address, Customer, Duplicate, HistoryEntry
from customers.search.text import fold
from shopadmin.connection_settings import as_long_as_it_takes
from shopadmin.database_clock import database_now
from shopadmin.worker.task_runner import between_batches

LAST_SEARCH = "last-search-for-duplicates"  # when all were looked at, and the newest entry of the history by then
# To look at all takes 18 s at a million; 2,000 look-ups take one.
ALL_EVERY, MOST_CHANGED = timedelta(days=1), 2_000
MOST_PAIRS = 1_000  # of each kind, the newest ones
# A number that more records share is a switchboard's or nobody's, and says nothing.
LARGEST_GROUP = 20
CUSTOMERS, ADDRESSES = Customer._meta.db_table, Address._meta.db_table
LIVE = "c.merged_into_id IS NULL AND c.restricted_at IS NULL AND NOT c.is_staff"
SHARED = {
    "phone": f"""SELECT c.id, c.phone AS clue FROM {CUSTOMERS} c WHERE c.phone > '' AND {LIVE}
                 UNION SELECT c.id, c.mobile FROM {CUSTOMERS} c WHERE c.mobile > '' AND {LIVE}""",
    "vat": f"SELECT c.id, c.vat_number AS clue FROM {CUSTOMERS} c WHERE c.vat_number > '' AND {LIVE}",
    "name": f"""SELECT c.id, {{folded}} || ' ' || a.postcode AS clue
                FROM {ADDRESSES} a JOIN {CUSTOMERS} c ON c.id = a.customer_id
                WHERE a.kind = 'billing' AND a.postcode > '' AND c.last_name > '' AND {LIVE}""",
}
# Each record with the one before it in its group, so that three alike are two pairs.
PAIRS = f"""
    WITH known AS ({{known}}),
         shared AS (SELECT clue FROM known GROUP BY clue HAVING COUNT(*) BETWEEN 2 AND {LARGEST_GROUP}
                    ORDER BY MAX(id) DESC LIMIT {MOST_PAIRS})
    SELECT earlier, id FROM (
        SELECT k.id, LAG(k.id) OVER (PARTITION BY k.clue ORDER BY k.id) AS earlier
        FROM known k JOIN shared s ON s.clue = k.clue) AS pairs
    WHERE earlier IS NOT NULL ORDER BY id DESC LIMIT {MOST_PAIRS}
"""
NAME = "c.last_name || ' ' || c.first_name || c.initials"
# PostgreSQL folds as `customers.search.text.fold` does, but for what is no letter; SQLite calls that itself.
FOLDED = {
    "postgresql": rf"""CASE WHEN octet_length({NAME}) = length({NAME}) THEN translate(lower({NAME}), '.-''', '') ELSE
        regexp_replace(normalize(
            replace(replace(replace(translate(lower({NAME}), 'øłđðı', 'olddi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
            NFKD), '[\u0300-\u036f.''-]', '', 'g') END""",
    "sqlite": f"folded({NAME})",
}


@task
def find_duplicates_now() -> None:
    """Look at the records that changed since the last time; once a day, or when many did, at all."""
    now, newest = database_now(), HistoryEntry.objects.aggregate(last=Max("pk", default=0))["last"]
    all_at, last = cache.get(LAST_SEARCH, (None, 0))
    changed = HistoryEntry.objects.filter(pk__gt=last, pk__lte=newest).order_by().values_list("customer", flat=True)
    numbers = list(changed.distinct()[: MOST_CHANGED + 1]) if all_at and now - all_at < ALL_EVERY else None
    if numbers is None or len(numbers) > MOST_CHANGED:
        find_duplicates()
        all_at = now
    else:
        find_duplicates_of(numbers)
    cache.set(LAST_SEARCH, (all_at, newest), timeout=None)


def search_for_duplicates() -> None:
    """The chore: ask for the search, which among a million customers takes longer than mails should wait."""
    if Customer.objects.shoppers()[1:2].exists():  # one alone resembles nobody
        find_duplicates_now.enqueue()


def find_duplicates() -> None:
    """Bring the table of pairs up to date: new pairs come, those that are alike no more go, decisions stay."""
    found = {pair for clue in SHARED for pair in _pairs(clue)}
    with transaction.atomic():
        known = {(pair.first_id, pair.second_id): pair.pk for pair in Duplicate.objects.open()}
        gone = [pk for pair, pk in known.items() if pair not in found]
        _forget_unlike(gone)
        new = sorted(found - known.keys())
        Duplicate.objects.bulk_create(
            [Duplicate(first_id=first, second_id=second) for first, second in new], ignore_conflicts=True
        )


def find_duplicates_of(numbers: list[int]) -> None:
    """The same for some records, by a look-up each."""
    theirs = Duplicate.objects.open().filter(Q(first__in=numbers) | Q(second__in=numbers))
    _forget_unlike(list(theirs.values_list("pk", flat=True)))
    shoppers = Customer.objects.shoppers().unrestricted().filter(is_staff=False).prefetch_related("addresses")
    for number in sorted(numbers):
        if customer := shoppers.filter(pk=number).first():
            _keep_nearest(customer)
        between_batches()


def _keep_nearest(customer: Customer) -> None:
    """Pair a record with the one before it and the one after it that are alike, so that three alike are two pairs."""
    alike = [one.customer.pk for one in look_alikes(clues_of(customer), but=customer.pk)]
    before = [(pk, customer.pk) for pk in alike if pk < customer.pk]
    after = [(customer.pk, pk) for pk in alike if pk > customer.pk]
    pairs = [*sorted(before)[-1:], *sorted(after)[:1]]
    Duplicate.objects.bulk_create(
        [Duplicate(first_id=first, second_id=second) for first, second in pairs], ignore_conflicts=True
    )


def _forget_unlike(pairs: list[int]) -> None:
    """Forget those of the pairs that nothing speaks for any more; some were found by a closer look than this one."""
    rows = Duplicate.objects.filter(pk__in=pairs, dismissed_at=None).select_related("first", "second")
    rows = rows.prefetch_related("first__addresses", "second__addresses")
    unlike = [row.pk for row in rows if not reasons_between(clues_of(row.first), clues_of(row.second))]
    Duplicate.objects.filter(pk__in=unlike, dismissed_at=None).delete()


def _pairs(clue: str) -> Iterator[tuple[int, int]]:
    known = SHARED[clue].format(folded=FOLDED[connection.vendor])
    with as_long_as_it_takes(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            connection.connection.create_function("folded", 1, fold, deterministic=True)
        cursor.execute(PAIRS.format(known=known))
        yield from cursor.fetchall()
