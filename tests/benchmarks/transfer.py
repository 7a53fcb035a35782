"""Import and export, beside bare COPY and one upsert statement in the same run."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import rows
from tests.benchmarks.databases import FOLDER, ROOT, Database
from tests.benchmarks.memory import Watch
from tests.benchmarks.server import Browser, Site

EXPORT = "/backoffice/customers/export/"
EMPTY = """
    DROP TRIGGER IF EXISTS orders_document_frozen_truncate ON orders_document;
    TRUNCATE customers_customer, customers_tag, customers_customerimport CASCADE"""


@dataclass
class Transfer:
    """Rows a second of ours and of the baseline (0: there is none), and the memory that ours took."""

    name: str
    rows: int
    seconds: float
    baseline: float = 0
    peak: float = 0
    growth: float = 0
    first_byte: float = 0
    said: str = ""

    @property
    def rate(self) -> float:
        return self.rows / self.seconds

    @property
    def share(self) -> float:
        """How fast it is as a part of the baseline's speed."""
        return self.baseline / self.seconds


@contextmanager
def csv_file(count: int) -> Iterator[Path]:
    """The file that is imported, gone afterwards with what the import wrote beside it."""
    path = FOLDER / f"customers-{count}.csv"
    rows.write(path, count)
    try:
        yield path
    finally:
        for file in FOLDER.glob(f"{path.name}*"):
            file.unlink()


def measure_import(vendor: str, count: int) -> list[Transfer]:
    """Into an empty database: first the baseline, then (emptied again) ours, and ours once more over what is there."""
    database = Database(vendor, "import")
    database.drop()
    database.make()
    with csv_file(count) as path:
        baseline = _baseline(database, path) if vendor == "postgresql" else 0
        found = [_import(database, path, count, "import"), _import(database, path, count, "import, nothing new")]
    found[0].baseline = baseline
    database.drop()
    return found


def _baseline(database: Database, path: Path) -> float:
    seconds = float(database.run("-m", "tests.benchmarks.baseline", "import", str(path)))
    database.execute(EMPTY)
    database.execute("VACUUM")
    return seconds


def _import(database: Database, path: Path, count: int, name: str) -> Transfer:
    command = [sys.executable, "manage.py", "import_customers", str(path)]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=database.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    watch = Watch(process.pid)
    said = process.communicate()[0].strip()
    seconds = time.perf_counter() - begun
    watch.stop()
    return Transfer(name, count, seconds, peak=watch.peak, growth=watch.growth, said=said.splitlines()[-1])


def measure_export(site: Site) -> Transfer | None:
    """Over HTTP, the whole table; None while there is no such page."""
    if Browser(site).get(f"{EXPORT}?q=quackel").status != 200:
        return None
    is_postgresql = site.database.vendor == "postgresql"
    baseline = float(site.database.run("-m", "tests.benchmarks.baseline", "export")) if is_postgresql else 0
    first_byte = sorted(_read_export(site, whole=False)[0] for _time in range(5))[2]
    watch = Watch(site.pid)
    _first, seconds, lines = _read_export(site)
    watch.stop()
    memory = {"peak": watch.peak, "growth": watch.growth}
    return Transfer("export", lines - 1, seconds, baseline, first_byte=first_byte, **memory)


def _read_export(site: Site, *, whole: bool = True) -> tuple[float, float, int]:
    """Milliseconds to the first byte, seconds to the last, and lines."""
    browser = Browser(site)
    begun = time.perf_counter()
    response = browser.open(EXPORT)
    lines = response.read(1).count(b"\n")
    first_byte = 1000 * (time.perf_counter() - begun)
    while whole and (piece := response.read(1 << 16)):
        lines += piece.count(b"\n")
    browser.connection.close()
    return first_byte, time.perf_counter() - begun, lines
