"""Many customers erased by a bulk action, beside bare statements on the same rows; PostgreSQL only."""

from dataclasses import dataclass

from tests.benchmarks.databases import FOLDER, SIZES, Database

COUNT = 10_000


@dataclass
class Erasing:
    """Seconds of ours and of the bare statements."""

    count: int
    seconds: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare


def measure(shop: Database) -> Erasing:
    """Erase the first customers of a shop twice, each time in a fresh copy."""
    shop.make()
    count = min(COUNT, SIZES[shop.size])
    copy = Database(shop.vendor, "erasure")
    found = []
    for way in ("bare", "bulk"):
        copy.copy_of(shop)
        found.append(float(copy.run("-m", "tests.benchmarks.erasure_run", way, str(count))))
    copy.drop()
    (FOLDER / "erasures.log").unlink(missing_ok=True)
    bare, seconds = found
    return Erasing(count, seconds, bare)
