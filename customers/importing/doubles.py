"""What stands in a file more than once, kept track of in the database, so that memory does not grow with the file."""

from collections import Counter
from collections.abc import Iterable

from customers.importing.batch import Batch
from customers.importing.bulk_writing import database
from customers.importing.reading import Unreadable

AT_ONCE, MOST = 500, 100_000


def refuse_doubles(batch: Batch, keys: list[str], *, title: str, reason: str) -> None:
    """Of two rows with one key the first counts, wherever in the file they stand."""
    fresh = database().remember(list(dict.fromkeys(keys))) if keys else set()
    problems = {}
    for place, key in enumerate(keys):
        if key not in fresh:
            problems[place] = [(title, reason)]
        fresh.discard(key)
    batch.leave_out(problems)


def repeated(values: Iterable[str], *, too_many: str) -> frozenset[str]:
    """The values that come more than once; Unreadable, in these words, where they are more than anybody means."""
    found, waiting = set(), []
    database().begin()
    for value in values:
        waiting.append(value)
        if len(waiting) >= AT_ONCE:
            found |= _seen_before(waiting)
            waiting = []
        if len(found) > MOST:
            raise Unreadable(too_many)
    found |= _seen_before(waiting) if waiting else set()
    database().end()
    return frozenset(found)


def _seen_before(values: list[str]) -> set[str]:
    fresh = database().remember(list(dict.fromkeys(values)))
    return {value for value, count in Counter(values).items() if count > 1 or value not in fresh}
