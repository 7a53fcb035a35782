"""Who is in a file, noted in the database without a name: it is asked with no look into the file, wherever that lies.

Every file that people are in has a row at least, which comes before the file: what no row names is no file of ours.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from customers.models import PeopleInFile
from customers.privacy.fingerprints import addresses_in, fingerprints

A_ROW, AT_ONCE = 5_000, 100
EIGHT_BYTES = "q"
CHUNK, LONGEST_ADDRESS = 1024 * 1024, 320


def numbers_in(path: Path, encoding: str) -> list[int]:
    """Look through a file for addresses; what stands for whose they are."""
    return numbers_of(address for text in _texts(path, encoding) for address in addresses_in(text))


def numbers_of(emails: Iterable[str]) -> list[int]:
    """Return what stands for addresses."""
    return numbers_of_fingerprints(fingerprints(emails))


def numbers_of_fingerprints(kept: Iterable[str]) -> list[int]:
    """Return the same where only the fingerprints are known."""
    return [int(one[:16], 16) - 2**63 for one in kept]


@transaction.atomic
def note(area: str, file: str, numbers: Iterable[int]) -> None:
    """Write down who is in a file, in place of what was noted."""
    forget(area, [file])
    found = array(EIGHT_BYTES, sorted(set(numbers)))
    parts = [found[start : start + A_ROW] for start in range(0, len(found), A_ROW)]
    rows = [PeopleInFile(area=area, file=file, first=part[0], last=part[-1], numbers=part.tobytes()) for part in parts]
    nobody = PeopleInFile(area=area, file=file, first=1, last=0, numbers=b"")
    PeopleInFile.objects.bulk_create(rows or [nobody], batch_size=AT_ONCE)


def forget(area: str, files: Collection[str]) -> None:
    """Forget who is in these files."""
    PeopleInFile.objects.filter(area=area, file__in=files).delete()


def files_with(area: str, numbers: Iterable[int], *, known: Iterable[str] = ()) -> set[str]:
    """Return the files with one of these; of those `known` otherwise, all of which nobody noted who is in them."""
    wanted, found = sorted(set(numbers)), set()
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        near = Q(*(Q(first__lte=number, last__gte=number) for number in some), _connector=Q.OR)
        rows = PeopleInFile.objects.filter(near, area=area).values_list("file", "numbers")
        found |= {file for file, content in rows if _hold(content, some)}
    known = set(known)
    return found | known - set(PeopleInFile.objects.filter(area=area, file__in=known).values_list("file", flat=True))


def _hold(content: bytes, numbers: Iterable[int]) -> bool:
    noted = array(EIGHT_BYTES, bytes(content))
    return any(number in noted[bisect_left(noted, number) :][:1] for number in numbers)


def _texts(path: Path, encoding: str) -> Iterator[str]:
    """The file in pieces, each with the end of the one before: an address may lie across."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        tail = ""
        while piece := file.read(CHUNK):
            yield tail + piece
            tail = piece[-LONGEST_ADDRESS:]
