"""A shop that nobody has set up: its own processes on an empty database, and the mail server that it sends by."""

import os
import pty
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.mail_server import MailServer
from tests.shopadmin.worker.worker_process import ROOT, address_of_the_database, becomes_true

OWNER, PASSWORD = "nora@shop.example", "a sentence that nobody guesses"
ANSWERS = {
    "Email: ": OWNER,
    "First name: ": "Nora",
    "Last name (may be empty): ": "Pauwels",
    "Password: ": PASSWORD,
    "Password (again): ": PASSWORD,
}


@dataclass
class Shop:
    """Where it is, what it has mailed, and the code by which its owner sets up a second factor."""

    url: str
    mails: MailServer
    set_up_code: str

    def mail_to(self, address: str, subject: str) -> EmailMessage:
        """Wait for an email to somebody whose subject has those words."""

        def arrived() -> list[EmailMessage]:
            return [mail for mail in self.mails.taken if mail["To"] == address and subject in mail["Subject"]]

        assert becomes_true(arrived), [(mail["To"], mail["Subject"]) for mail in self.mails.taken]
        return arrived()[-1]


@contextmanager
def first_shop(folder: Path) -> Iterator[Shop]:
    """Run it as the README says, with the owner whom `createsuperuser` made."""
    mails = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://localhost:{door.getsockname()[1]}"
        environment = os.environ | {
            "DATABASE_URL": address_of_the_database(),
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}",
            "SITE_URL": url,
            "REQUIRE_STAFF_MFA": "1",
        }
        web = [f"--bind=fd://{door.fileno()}", "--worker-class=gthread", "--threads=4", "--log-level=warning"]
        commands = [["-m", "gunicorn", "shopadmin.wsgi", *web], ["manage.py", "worker"]]
        with open(folder / "log", "w") as log:
            options = {"cwd": ROOT, "env": environment, "stdout": log, "stderr": log, "pass_fds": [door.fileno()]}
            processes = [subprocess.Popen([sys.executable, *command], **options) for command in commands]
        mails.controller.start()
        try:
            yield Shop(url, mails, create_owner(environment))
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()
            mails.controller.stop(no_assert=True)


def create_owner(environment: dict[str, str]) -> str:
    """Answer what `createsuperuser` asks at a terminal; returns the code that it prints in the end."""
    terminal, end = pty.openpty()
    streams = dict.fromkeys(["stdin", "stdout", "stderr"], end)
    command = [sys.executable, "manage.py", "createsuperuser"]
    asking = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **streams)
    os.close(end)
    answers = {
        "Email: ": OWNER,
        "First name: ": "Nora",
        "Last name (may be empty): ": "Pauwels",
        "Password: ": PASSWORD,
    }
    for question, answer in (answers | {"Password (again): ": PASSWORD}).items():
        said = ""
        while not said.endswith(question):
            said += os.read(terminal, 1024).decode()
        os.write(terminal, f"{answer}\n".encode())
    said = ""
    while not (code := re.search(r"[B-Z]{5}-[B-Z]{5}-[B-Z]{5}", said)):
        said += os.read(terminal, 1024).decode()
    assert asking.wait() == 0
    os.close(terminal)
    return code[0]
