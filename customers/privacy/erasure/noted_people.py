"""Who is in a file, noted in the database without a name: it is asked with no look into the file, wherever that lies.

Every file that people are in has a row at least, which comes before the file: what no row names is no file of ours.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q

from customers.models import PeopleInFile

A_ROW, AT_ONCE = 5_000, 100
EIGHT_BYTES = "q"


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
