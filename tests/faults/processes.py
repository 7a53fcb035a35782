"""Processes of a shop, started for one script and gone with it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from shutil import which
from typing import Self

from tests.faults.visitor import Visitor
from tests.style import ROOT

READY_WITHIN = 60  # seconds


class Missing(Exception):
    """A program is not on this machine."""


class Processes:
    """What one script has started, each in a process group of its own: `with Processes(folder) as processes:`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.started, self.where = folder, [], ROOT

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error) -> None:
        for process in self.started:
            self.kill(process)

    def start(self, name: str, command: list[str], **environment: str) -> subprocess.Popen:
        """Start a program, whose words go to a file of that name."""
        if not which(command[0]):
            raise Missing(f"{command[0]} is not on this machine")
        with open(self.folder / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                command, cwd=self.where, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    def kill(self, process: subprocess.Popen) -> None:
        """SIGKILL to a process and all its children."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def log_of(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()


class Shop(Processes):
    """The processes of a shop at https://shop.example, with a database and a folder of its own."""

    python = [sys.executable]

    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder)
        self.settings = {
            "SITE_URL": "https://shop.example", "DATA_DIR": str(folder / "data"), "TRUSTED_PROXIES": "1",
            "DATABASE_URL": "", "CACHE_URL": "", "EMAIL_URL": "", "LOG_FORMAT": "json", "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "shopadmin.settings", **settings,
        }  # fmt: skip

    def manage(self, *arguments: str, **settings: str) -> str:
        """Run a command to its end; what it says."""
        command = [*self.python, "-m", "shopadmin", *arguments]
        options = {
            "cwd": self.where,
            "env": os.environ | self.settings | settings,
            "capture_output": True,
            "text": True,
        }
        done = subprocess.run(command, **options, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def web(self, port: int, *, wait: bool = True, **settings: str) -> subprocess.Popen:
        """A gunicorn of ours, once it is ready unless nobody waits for that."""
        counted = {"PROMETHEUS_MULTIPROC_DIR": str(self.folder / "requests" / str(port))}
        command = ["-m", "gunicorn", "--config", "python:shopadmin.web_server", "--bind", f"127.0.0.1:{port}"]
        options = {"WEB_CONCURRENCY": "2", **self.settings, **counted, **settings}
        process = self.start(f"web-{port}", [*self.python, *command, "shopadmin.wsgi"], **options)
        if wait:
            wait_until_ready(port)
        return process

    def lines_of(self, name: str) -> list[dict]:
        """The log of a process, whose every line must be JSON."""
        return [json.loads(line) for line in self.log_of(name).splitlines()]


def wait_until_ready(port: int, path: str = "/readyz", *, tls: bool = False) -> None:
    """Ask until there is an answer that is not an error of the server."""
    visitor, until = Visitor(port, tls=tls), time.monotonic() + READY_WITHIN
    while True:
        try:
            if visitor.get(path).status < 500:
                return
        except OSError:
            pass
        assert time.monotonic() < until, f"nothing answers on port {port}"
        time.sleep(0.1)


def free_ports(number: int) -> list[int]:
    """Ports of this machine on which nothing listens."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _each in range(number)]
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports
