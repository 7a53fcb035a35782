"""How much memory processes take while they run, read from /proc."""

import threading
import time
from pathlib import Path

EVERY = 0.05


class Watch(threading.Thread):
    """Looks at processes (`pid` and its children) until it is stopped; in MB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.stopped = pid, False
        self.seen = [self._largest()]
        self.start()

    def run(self) -> None:
        while not self.stopped:
            time.sleep(EVERY)
            self.seen.append(self._largest())

    def _largest(self) -> float:
        return max(_resident(pid) for pid in [self.pid, *children(self.pid)])

    def stop(self) -> "Watch":
        self.stopped = True
        self.join()
        return self

    @property
    def peak(self) -> float:
        """The most that one process took."""
        return max(self.seen)

    @property
    def growth(self) -> float:
        """The peak of the last four fifths of the time, above that of the first."""
        first = len(self.seen) // 5 or 1
        return max(self.seen[first:], default=0) - max(self.seen[:first])


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0)
