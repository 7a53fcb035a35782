"""The steps of deploy/Containerfile, one by one and without a container engine, and what comes of them."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from tests.deploy.samples import DEPLOY
from tests.faults.processes import Shop, free_ports, wait_until_ready
from tests.faults.visitor import Visitor
from tests.style import ROOT

OURS = ("/opt/shopadmin", "/src", "/data")
# They need a root file system of their own.
LEFT_OUT = re.compile(r"useradd |install --directory --owner=")


def run(folder: Path) -> None:
    """Build, then run what the image runs, in an empty folder and with the settings of a shop."""
    (folder / "src").mkdir()
    steps = [tuple(step.split(maxsplit=1)) for step in _instructions((DEPLOY / "Containerfile").read_text())]
    for verb, words in steps:
        if verb == "RUN" and not LEFT_OUT.match(words):
            _shell(folder, words)
        elif verb == "COPY" and not words.startswith("--from="):
            _copy(folder, words)
    [program] = [words for verb, words in steps if verb == "CMD"]
    # Nothing of the clone may be needed any longer.
    shutil.rmtree(folder / "src")
    (folder / "data").mkdir()
    _serves(folder, shlex.split(re.sub(r"[\[\],]", "", program)))


def _instructions(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return "\n".join(lines).replace("\\\n", "").splitlines()


def _there(folder: Path, words: str) -> str:
    for place in OURS:
        words = re.sub(rf"(?<!\S){place}\b", f"{folder}{place}", words)
    return words


def _shell(folder: Path, words: str) -> None:
    python = f"{Path(sys.base_prefix, 'bin')}{os.pathsep}{os.environ['PATH']}"
    (folder / "src").mkdir(exist_ok=True)
    subprocess.run(
        ["sh", "-ec", _there(folder, words)], cwd=folder / "src", env={**os.environ, "PATH": python}, check=True
    )


def _copy(folder: Path, words: str) -> None:
    *names, place = words.split()
    for name in names:
        source, target = ROOT / name, folder / "src" / place / (name if place == "./" else "")
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


class Image(Shop):
    """A shop whose programs are those of the image."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder, PATH=f"{folder}/opt/shopadmin/bin{os.pathsep}{os.environ['PATH']}", PYTHONUNBUFFERED="1"
        )
        self.python = [str(folder / "opt/shopadmin/bin/python3")]


def _serves(folder: Path, program: list[str]) -> None:
    [port, metrics] = free_ports(2)
    with Image(folder) as shop, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(folder / "notify"))
        shop.manage("migrate", "--verbosity", "0")
        shop.manage("collectstatic", "--noinput", "--verbosity", "0")
        program = [str(folder / "opt/shopadmin/bin" / program[0]), *program[1:]]
        command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in program]
        shop.start("web", command, **shop.settings, NOTIFY_SOCKET=str(folder / "notify"))
        wait_until_ready(port)
        assert systemd.recv(200).startswith(b"READY=1"), "Type=notify would wait for ever"
        page = Visitor(port).get("/account/sign-in/", **{"X-Forwarded-Proto": "https"})
        assert page.status == 200
        shop.start("metrics", [*shop.python, "-m", "shopadmin", "metrics"], **shop.settings, METRICS_PORT=str(metrics))
        wait_until_ready(metrics)
        assert "shopadmin_database_up 1.0" in Visitor(metrics).get("/metrics").text
        assert "Emails: 0 sent" in shop.manage("worker", "--once")
