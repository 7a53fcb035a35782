"""A backup is made and restored by the commands of docs/backups.md, and brings nobody back."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from accounts.models import Session
from accounts.signing_in.sessions import SessionStore
from customers.history import acting
from customers.merging.merge import merge
from customers.models import Customer, Note
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from orders.documents.issue import issue_invoice
from shopadmin.mail.compose import compose_for
from tests.customers.privacy.erasure.erasure_logs import erasures_fail_of
from tests.factories import AddressFactory, CustomerFactory, OrderFactory
from tests.own_database import own_database
from tests.shopadmin.worker.worker_process import address_of_the_database

__all__ = ["own_database"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[4]
PROGRAMS = {"postgresql": ["pg_dump", "pg_restore", "psql"], "sqlite": ["sqlite3"]}
CHAPTERS = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
NORA, NORAS = "nora@zandstra.example", ["nora", "zandstra", "keizersgracht", "lotte", "roversdochter"]


@pytest.fixture
def programs() -> str:
    """PATH with what makes and restores backups; without it there is nothing to try."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    places = os.pathsep.join([*map(str, newest_first[:1]), os.environ["PATH"]])
    for name in PROGRAMS[connection.vendor]:
        if not shutil.which(name, path=places):
            warnings.warn(f"Backups were not tried, because {name} is not installed.", stacklevel=1)
            pytest.skip(f"{name} is not installed (postgresql-client, sqlite3)")
    return places


@pytest.fixture
def environment(own_database, programs, tmp_path, settings) -> dict[str, str]:
    """What the commands are run with."""
    settings.ERASURE_KEY = "kept with the other secrets"
    for name in ("backups", "pictures"):  # as the settings of a shop make them
        (tmp_path / name).mkdir()
    return os.environ | {
        "PATH": programs, "DATA_DIR": str(tmp_path), "BACKUPS": str(tmp_path / "backups"),
        "DATABASE_URL": address_of_the_database(), "EMAIL_URL": "", "SECRET_KEY": "lost with the old disk",
        "ERASURE_LOG": str(settings.ERASURE_LOG), "ERASURE_KEY": settings.ERASURE_KEY,
    }  # fmt: skip


@pytest.fixture
def run(environment) -> Callable[[str, int], str]:
    """`run("SQLite", 0)`: run the first block of commands of that chapter; return what they printed."""

    def run(chapter: str, block: int) -> str:
        [text] = re.findall(rf"^## {chapter}\n(.*?)(?=^## |\Z)", (ROOT / "docs/backups.md").read_text(), re.M | re.S)
        commands = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)[block].replace(
            ".venv/bin/python", sys.executable
        )
        connection.close()
        command = ["bash", "-euo", "pipefail", "-c", commands]
        result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def dump(environment) -> str:
    """The whole database as text."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
            return "\n".join(database.iterdump()).casefold()
    command = ["pg_dump", "--inserts", environment["DATABASE_URL"]]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.casefold()


def found_in(text: str) -> list[str]:
    """Which of them stand there as words: in keys and seals, four letters follow each other by chance."""
    return [word for word in [NORA, *NORAS] if re.search(rf"(?<![a-z0-9+/]){re.escape(word)}(?![a-z0-9+/])", text)]


@pytest.fixture
def nora(environment, store) -> Customer:
    """Will be erased after the backup: with orders, notes, mails, a change of address and a merged record."""
    nora = CustomerFactory(email=NORA, first_name="Nora", last_name="Zandstra", registered=True)
    AddressFactory(customer=nora, street="Keizersgracht")
    lotte = CustomerFactory(email="lotte@roversdochter.example", first_name="Lotte", last_name="Roversdochter")
    merge(nora, lotte, choices={}, by=None)
    OrderFactory(customer=nora, state="completed", last_name="Zandstra", order_note="For Nora")
    Note.objects.create(customer=nora, text="Nora called.")
    compose_for(nora, "account_deleted", context={"summary": None})
    half_done = SessionStore()
    half_done["checkout"] = {"email": NORA}
    half_done.save()
    with acting.shopper(nora):
        nora.change_email("nora@work.zandstra.example", by=nora)
        nora.change_email(NORA, by=nora)
    return nora


def erased(customer: Customer) -> None:
    erase(customer, by=ActorKind.COMMAND, notify=False)


def forget_all_but_the_log(settings, tmp_path) -> None:
    """The old disk is lost, with keys and files."""
    settings.SECRET_KEY = "lost with the old disk"
    shutil.rmtree(tmp_path / "documents")
    cache.clear()


@pytest.fixture
def others(environment, ines, gus, otto) -> set[Customer]:
    """Who took over the address of somebody erased, who signed up again with it, and whose erasure will fail."""
    ines.change_email("ines@home.example", by=None)
    otto.change_email("ines@vandermeulen.example", by=None)
    erased(ines)
    return {otto, CustomerFactory(email="ines@home.example"), gus}


def test_whom_the_backup_brings_back_is_erased_again_and_nobody_else(
    nora, others, gus, otto, run, environment, settings, tmp_path
):
    invoice = tmp_path / "documents" / issue_invoice(OrderFactory(customer=otto, state="completed")).path
    pdf = invoice.read_bytes()
    run(CHAPTERS[connection.vendor], 0)
    erased(nora)
    with erasures_fail_of(gus), pytest.raises(ValueError, match="This one fails."):
        erased(gus)
    assert found_in(dump(environment)) == []

    forget_all_but_the_log(settings, tmp_path)
    run(CHAPTERS[connection.vendor], 1)
    assert found_in(dump(environment)) == [NORA, *NORAS]
    assert "1 of 4 customers erased again." in run("After restoring", 0)
    assert (found_in(dump(environment)), Session.objects.count()) == ([], 0)
    assert (set(Customer.objects.all()), invoice.read_bytes()) == (others, pdf)
    assert run("Whom `replay_erasures` erases", 0) == "0 of 3 customers would be erased again.\n"
