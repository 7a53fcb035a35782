"""Eight clients at once: how many answers a second the list gives, beside the bare view."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.pages import LIST
from tests.benchmarks.server import Site
from tests.benchmarks.timing import BARE

CLIENTS, SECONDS, TURNS = 8, 3, 3
LEAST = 0.25


@dataclass
class Load:
    """Answers a second of the list and of the bare view, the middle of some turns each."""

    list: float
    bare: float

    @property
    def share(self) -> float:
        return self.list / self.bare


def measure(site: Site) -> Load:
    """Both in turns, after a short one each to warm up."""
    rates: dict[str, list[float]] = {LIST: [], BARE: []}
    for path in rates:
        _rate(site, path, seconds=1)
    for _turn in range(TURNS):
        for path, found in rates.items():
            found.append(_rate(site, path, seconds=SECONDS))
    return Load(median(rates[LIST]), median(rates[BARE]))


def _rate(site: Site, path: str, *, seconds: float) -> float:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(clients.map(lambda _client: _answers(site, path, until), range(CLIENTS)))
    return sum(answers) / seconds


def _answers(site: Site, path: str, until: float) -> int:
    """How many answers one client gets; plain sockets, so that the clients take little of the machine."""
    cookies = f"session={site.facts['session']}; bare={site.facts['bare']}"
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n".encode()
    count = 0
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as line:
        while time.monotonic() < until:
            line.sendall(request)
            _read_answer(line)
            count += 1
    return count


def _read_answer(line: socket.socket) -> None:
    received = line.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"The server answered {head[:40]!r}.")
    head = head.lower()
    if b"content-length:" in head:
        left = int(head.split(b"content-length:")[1].split(b"\r\n")[0]) - len(body)
        while left > 0:
            left -= len(line.recv(65536))
    else:
        while not body.endswith(b"0\r\n\r\n"):
            body = body[-5:] + line.recv(65536)
