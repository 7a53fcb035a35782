"""The product on a server of its own, and a browser that is signed in."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.error import URLError
from urllib.request import urlopen

from tests.benchmarks.databases import FOLDER, ROOT, Database

# As `make demo` runs it.
GUNICORN = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning")


@dataclass
class Site:
    """A running server, with what is needed to visit it: see facts.py."""

    database: Database
    port: int
    pid: int = 0
    facts: dict = field(default_factory=dict)


@contextmanager
def running(database: Database) -> Iterator[Site]:
    """The product on a loopback port while it lasts, with the settings of production."""
    facts = json.loads(database.run("-m", "tests.benchmarks.facts"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"127.0.0.1:{port}"
    with open(FOLDER / "server.log", "a") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "tests.benchmarks.wsgi", "--bind", url, *GUNICORN],
            cwd=ROOT,
            env=database.environment | {"SITE_URL": f"http://{url}", "REQUIRE_STAFF_MFA": "0"},
            stderr=log,
        )
    try:
        _wait_for(f"http://{url}/healthz", server)
        yield Site(database, port, server.pid, facts)
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _attempt in range(150):
        try:
            urlopen(url)
        except URLError:
            time.sleep(0.2)
        else:
            return
        if server.poll() is not None:
            break
    raise SystemExit(f"The server did not start: see {FOLDER}/server.log")


@dataclass
class Answer:
    """What came back, and after how many milliseconds all of it was there."""

    status: int
    milliseconds: float
    headers: dict[str, str]
    body: bytes

    @property
    def hidden_inputs(self) -> dict[str, str]:
        return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', self.body.decode()))


class Browser:
    """One kept-alive connection of somebody who is signed in, or (without a session) of a stranger."""

    def __init__(self, site: Site, *, signed_in: bool = True) -> None:
        self.cookies = {"session": site.facts["session"], "bare": site.facts["bare"]} if signed_in else {}
        self.connection = HTTPConnection("127.0.0.1", site.port, timeout=120)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, headers)

    def post(self, path: str, body: str) -> Answer:
        token = {"X-CSRFToken": self.cookies.get("csrf", "")}
        return self._ask("POST", path, {"Content-Type": "application/x-www-form-urlencoded", **token}, body)

    def open(self, path: str) -> HTTPResponse:
        """The answer as it comes, to be read piece by piece."""
        return self._response("GET", path, self._with_cookies({}), None)

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str | None = None) -> Answer:
        begun = time.perf_counter()
        response = self._response(method, path, self._with_cookies(headers), body)
        content = response.read()
        milliseconds = 1000 * (time.perf_counter() - begun)
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, milliseconds, dict(response.headers), content)

    def _with_cookies(self, headers: dict[str, str]) -> dict[str, str]:
        return headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def _response(self, method: str, path: str, headers: dict[str, str], body: str | None) -> HTTPResponse:
        try:
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()
        except (HTTPException, ConnectionError):
            # The server closes a connection that was quiet for two seconds.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()
