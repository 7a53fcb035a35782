"""A real nginx and a real Caddy, with our samples, before two web servers: one is killed, the other told to end."""

import re
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.deploy import samples
from tests.faults.processes import Processes, Shop, free_ports, wait_until_ready
from tests.faults.visitor import Visitor

PAGE = "/account/sign-in/"
REQUESTS = 400
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "X-Request-ID": "forged-by-a-visitor"}
IMPORT = "/backoffice/customers/import/"


def run(folder: Path) -> None:
    """Both proxies, one after the other."""
    with Shop(folder) as shop:
        shop.manage("migrate", "--verbosity", "0")
        shop.manage("collectstatic", "--noinput", "--verbosity", "0")
        for made in (samples.nginx, samples.caddy):
            _try(shop, made)
    for made in (samples.nginx, samples.caddy):
        _no_form_is_sent_twice(folder, made)


def _try(shop: Shop, made: Callable) -> None:
    shop.manage("shell", "-c", "from django.core.cache import cache; cache.clear()")  # no guesses of an earlier run
    http, https, *upstreams, metrics = free_ports(5)
    webs = [shop.web(port) for port in upstreams]
    counts = {"METRICS_PORT": str(metrics), "PROMETHEUS_MULTIPROC_DIR": str(shop.folder / "requests")}
    told = shop.start("metrics", [*shop.python, "-m", "shopadmin", "metrics"], **shop.settings | counts)
    command = made(shop.folder, http=http, https=https, upstreams=upstreams)
    proxy = shop.start(command[0], command)
    wait_until_ready(https, PAGE, tls=True)
    _sends_what_a_shop_needs(Visitor(http), Visitor(https, tls=True))
    _bounds_what_is_sent(Visitor(https, tls=True))
    _believes_no_visitor(https)
    before = _counted(metrics)
    _goes_on(https, during=lambda: shop.kill(webs[0]))
    assert _counted(metrics) - before >= REQUESTS, "what a killed process had counted is gone"
    webs[0] = shop.web(upstreams[0])
    _goes_on(https, during=webs[1].terminate)  # as in an upgrade
    for process in (proxy, told, *webs):
        shop.kill(process)
    for port in upstreams:
        loggers = {line["logger"] for line in shop.lines_of(f"web-{port}")}
        assert loggers <= {"gunicorn.error", "django.request"}, loggers
        assert "203.0.113.9" not in shop.log_of(f"web-{port}")


def _sends_what_a_shop_needs(plain: Visitor, visitor: Visitor) -> None:
    assert plain.get(PAGE).status in {301, 308}
    assert plain.get(PAGE).headers["Location"] == f"https://shop.example{PAGE}"
    answer = visitor.get(PAGE, **FORGED)
    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert answer.headers["X-Request-ID"] != FORGED["X-Request-ID"]
    assert set(visitor.cookies) == {"__Host-csrf"}
    [sheet] = re.findall(r'href="(/static/css/layers\.[0-9a-f]+\.css)"', answer.text)
    found = visitor.get(sheet, **{"Accept-Encoding": "gzip"})
    assert (found.status, found.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in found.headers["Cache-Control"]
    assert [visitor.get(path).status for path in ("/readyz", "/metrics", "/healthz")] == [404, 404, 200]


def _bounds_what_is_sent(visitor: Visitor) -> None:
    """More than 6 MB are for the pages that take files, where the application refuses those of a stranger."""
    sent = {path: visitor.post(path, b"x" * 7_000_000) for path in (PAGE, IMPORT)}
    assert [answer.status for answer in sent.values()] == [413, 413]
    assert "Content-Security-Policy" in sent[IMPORT].headers


def _believes_no_visitor(port: int) -> None:
    """Whoever says to be somebody else each time is still one, who has guessed too often."""
    statuses = []
    for number in range(14):
        forged = {"X-Forwarded-For": f"203.0.113.{number}"}
        fields = {"login": f"nobody-{number}@post.example", "password": "not it"}
        statuses.append(Visitor(port, tls=True).send_form(PAGE, fields, **forged).status)
    assert statuses[0] == 200, statuses
    assert statuses[-1] == 429, statuses


def _goes_on(port: int, *, during: Callable[[], None]) -> None:
    """Four visitors at once see nothing of what happens to one of the web servers."""
    visitors = [Visitor(port, tls=True) for _each in range(4)]

    def visit(number: int) -> int:
        if number == REQUESTS // 4:
            during()
        return visitors[number % 4].get(PAGE).status

    with ThreadPoolExecutor(4) as pool:
        statuses = Counter(pool.map(visit, range(REQUESTS)))
    assert statuses == {200: REQUESTS}, statuses


def _counted(port: int) -> int:
    text = Visitor(port).get("/metrics").text
    [number] = re.findall(rf'seconds_count{{method="GET",route="{PAGE}",status="200"}} (\S+)', text)
    return int(float(number))


def _no_form_is_sent_twice(folder: Path, made: Callable) -> None:
    """Of two servers that take a request and hang up, both see a question, and one alone a form."""
    http, https = free_ports(2)
    with Processes(folder) as processes, _hangs_up() as (one, asked), _hangs_up() as (two, asked_too):
        command = made(folder, http=http, https=https, upstreams=(one, two))
        processes.start(command[0], command)
        wait_until_ready(https, "/metrics", tls=True)
        visitor = Visitor(https, tls=True)
        assert visitor.post(PAGE, b"a form").status == 502
        assert [*asked, *asked_too].count("POST") == 1


@contextmanager
def _hangs_up() -> Iterator[tuple[int, list[str]]]:
    """A server that reads what it is asked and closes; its port, and the methods of what it was asked."""
    door, asked = socket.create_server(("127.0.0.1", 0)), []

    def serve() -> None:
        while True:
            try:
                caller, _address = door.accept()
            except OSError:
                return
            with caller:
                asked.append(caller.recv(65536).partition(b" ")[0].decode())

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield door.getsockname()[1], asked
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
