"""CPU time that a server and its database spend, read from /proc: it hardly minds what else the machine does."""

from pathlib import Path

from tests.benchmarks.memory import children
from tests.benchmarks.server import Site

NANOSECONDS = 1_000_000  # a millisecond


class Meter:
    """What the web server of a site, and on PostgreSQL the server processes of its connections, have spent so far."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.postgres = _postmaster() if site.database.vendor == "postgresql" else 0

    def milliseconds(self) -> float:
        """The sum of all their threads since they began."""
        pids = [self.site.pid, *children(self.site.pid), *self._connections()]
        return sum(_spent(pid) for pid in pids) / NANOSECONDS

    def _connections(self) -> list[int]:
        named = f" {self.site.database.name} "
        return [pid for pid in children(self.postgres) if named in _command(pid)] if self.postgres else []


def _postmaster() -> int:
    """The process whose children serve the connections; 0 where the database runs on another machine."""
    found = (int(path.parent.name) for path in Path("/proc").glob("[0-9]*/comm") if _read(path).strip() == "postgres")
    return min(found, default=0)


def _spent(pid: int) -> int:
    return sum(int(_read(path).split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat") if _read(path))


def _command(pid: int) -> str:
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended meanwhile
        return ""
