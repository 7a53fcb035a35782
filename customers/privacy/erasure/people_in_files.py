"""Who is in a file of customers, noted beside it without a name: an erasure deletes the files with that person alone.

Beside an export stand the numbers of its customers: they hold whatever address somebody has by then. Beside a file that
was brought, whose people have no number yet, stand the beginnings of the fingerprints of all addresses that are in it.
Either is a sorted row of eight bytes each, looked up without reading the whole: 800 kB for 100,000 people.
"""

import mmap
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from customers.privacy.fingerprints import addresses_in, fingerprints

CHUNK, LONGEST_ADDRESS = 1024 * 1024, 320
EIGHT_BYTES = struct.Struct("=Q")


def beside(path: Path) -> Path:
    """Return where it stands who is in a file."""
    return path.with_name(f"{path.name}.people")


def note(path: Path, numbers: Iterable[int]) -> None:
    """Write down who is in a file, in place of what was noted."""
    found = array("Q", sorted(set(numbers)))
    beside(path).touch(mode=0o600)
    with beside(path).open("wb") as file:
        found.tofile(file)


def note_addresses(path: Path, encoding: str) -> None:
    """Look through a file for addresses, and write down whose they are."""
    note(path, numbers_of(address for text in _texts(path, encoding) for address in addresses_in(text)))


def numbers_of(emails: Iterable[str]) -> list[int]:
    """Return what stands for addresses beside a file."""
    return numbers_of_fingerprints(fingerprints(emails))


def numbers_of_fingerprints(kept: Iterable[str]) -> list[int]:
    """Return the same where only the fingerprints are known."""
    return [int(one[:16], 16) for one in kept]


def hold(path: Path, numbers: Iterable[int]) -> bool:
    """Return whether one of these is in a file; always where nobody noted who is."""
    index = beside(path)
    if not index.is_file():
        return True
    if not index.stat().st_size:
        return False
    with index.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as noted:
        people = _Noted(noted)
        return any(_is_in(people, number) for number in numbers)


def delete(path: Path) -> None:
    """Delete a file and what is noted beside it."""
    path.unlink(missing_ok=True)
    beside(path).unlink(missing_ok=True)


class _Noted:
    """The numbers of a file, read where one looks."""

    def __init__(self, noted: mmap.mmap) -> None:
        self.noted = noted

    def __len__(self) -> int:
        return len(self.noted) // EIGHT_BYTES.size

    def __getitem__(self, place: int) -> int:
        return EIGHT_BYTES.unpack_from(self.noted, place * EIGHT_BYTES.size)[0]


def _is_in(people: _Noted, number: int) -> bool:
    place = bisect_left(people, number)
    return place < len(people) and people[place] == number


def _texts(path: Path, encoding: str) -> Iterator[str]:
    """The file in pieces, each with the end of the one before: an address may lie across."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        tail = ""
        while piece := file.read(CHUNK):
            yield tail + piece
            tail = piece[-LONGEST_ADDRESS:]
