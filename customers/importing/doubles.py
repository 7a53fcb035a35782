"""What stands in a file more than once, kept track of by numbers, so that memory does not grow with the file."""

from array import array
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from itertools import pairwise

from django.conf import settings
from django.utils.crypto import salted_hmac

from customers.importing.batch import Batch
from customers.importing.bulk_writing import database
from customers.importing.reading import Unreadable
from customers.models import FileImport

MOST, PARTS = 100_000, 256


def print_of(text: str) -> int:
    """A number that stands for a text and does not tell it: 64 bits of a hash with ERASURE_KEY.

    Of a million texts two have the same in one case of 30 million.
    """
    found = blake2b(text.encode(errors="replace"), digest_size=8, key=_key(settings.ERASURE_KEY))
    return int.from_bytes(found.digest(), "big", signed=True)


@cache
def _key(secret: str) -> bytes:
    return salted_hmac("customers.importing.doubles", b"", secret=secret, algorithm="sha256").digest()


def refuse_doubles(batch: Batch, keys: list[str], *, job: FileImport, title: str, reason: str) -> None:
    """Of two rows with one key the first counts, wherever in the file they stand; in the batch's transaction."""
    prints = list(map(print_of, keys))
    fresh = database().remember(job, list(dict.fromkeys(prints))) if prints else set()
    problems = {}
    for place, number in enumerate(prints):
        if number not in fresh:
            problems[place] = [(title, reason)]
        fresh.discard(number)
    batch.leave_out(problems)


def repeated(values: Iterable[str], *, too_many: str) -> frozenset[int]:
    """The prints of values that come more than once; Unreadable, in these words, where that cannot be meant.

    A value takes eight bytes until all are read.
    """
    parts = [array("q") for _part in range(PARTS)]
    for value in values:
        number = print_of(value)
        parts[number % PARTS].append(number)
    found: set[int] = set()
    for part in parts:
        found |= {one for one, other in pairwise(sorted(part)) if one == other}
        if len(found) > MOST:
            raise Unreadable(too_many)
    return frozenset(found)
