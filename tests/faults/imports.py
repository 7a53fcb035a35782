"""A large import through a busy pooler, cut off and killed on its way: it ends as an undisturbed one does, by itself.

`make test` has a small one.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import Popen

import psycopg

from tests.benchmarks import rows
from tests.faults.databases import Addresses, pooled_database
from tests.faults.processes import Shop

CUT, KILL = "cut", "kill"
TROUBLE = [CUT, CUT, CUT, KILL, CUT, CUT, CUT, KILL, CUT, CUT, CUT, CUT]
OTHERS = 10
DONE_WITHIN = 15 * 60  # seconds
BRING = """
from django.test import Client
from customers.models import Customer
from tests.customers.importing.imports import brought, start
owner = Customer.objects.create_superuser("mara@shop.example", first_name="Mara")
staff = Client(HTTP_HOST="shop.example", HTTP_X_FORWARDED_PROTO="https", HTTP_REFERER="https://shop.example/")
staff.force_login(owner)
start(staff, brought(staff, open({path!r}).read()))
"""
STATE = "SELECT state, done FROM customers_customerimport"
# What came of it: of each table how many rows there are, and what stands in them but for ids and times.
OUTCOME = """
    SELECT state, done, total, created, updated, unchanged, rejected, warned, reasons::text, error
        FROM customers_customerimport
    UNION ALL SELECT '', count(*), 0, 0, 0, 0, 0, 0, md5(string_agg(concat_ws('|', email, first_name, last_name, phone,
        company_name, marketing_consent, created_at AT TIME ZONE 'UTC', search_text), ',' ORDER BY email)), 'customers'
        FROM customers_customer WHERE is_shopper
    UNION ALL SELECT '', count(*), 0, 0, 0, 0, 0, 0, md5(string_agg(concat_ws('|', email, kind, street, postcode, city),
        ',' ORDER BY email, kind)), 'addresses'
        FROM customers_address a JOIN customers_customer c ON c.id = a.customer_id
    UNION ALL SELECT field, count(*), count(DISTINCT customer_id), 0, 0, 0, 0, 0, '', 'history'
        FROM customers_historyentry JOIN customers_customer c ON c.id = customer_id WHERE is_shopper GROUP BY field
    UNION ALL SELECT '', count(*), count(DISTINCT customer_id), 0, 0, 0, 0, 0, '', 'consents' FROM customers_consent
    UNION ALL SELECT '', count(*), 0, 0, 0, 0, 0, 0, md5(string_agg(line || cells::text, ',' ORDER BY line)), 'rejects'
        FROM customers_importreject
    UNION ALL SELECT '', count(*), 0, 0, 0, 0, 0, 0, '', 'seen' FROM customers_importseen
    ORDER BY 10, 1"""


def run(folder: Path) -> None:
    """A hundred thousand rows, cut off ten times and killed twice."""
    walk(folder, count=100_000, trouble=TROUBLE)


def walk(folder: Path, *, count: int, trouble: list[str]) -> None:
    """So many rows, undisturbed and then with this trouble, evenly on its way."""
    path = folder / "customers.csv"
    rows.write(path, count)
    with path.open("a") as file:
        file.write("no address\n")
        file.write("".join(path.read_text().splitlines(keepends=True)[1:3]))  # those of the first rows again
    outcomes = [
        _import(_made(folder / name), path, count, faults) for name, faults in (("quiet", []), ("disturbed", trouble))
    ]
    assert outcomes[0] == outcomes[1], "an import that was disturbed ended otherwise"


def _made(folder: Path) -> Path:
    (folder / "data").mkdir(parents=True)
    return folder


def _import(folder: Path, path: Path, count: int, trouble: list[str]) -> list[tuple]:
    with pooled_database(folder) as database:
        settings = {"DATABASE_URL": database.pooled, "WORKER_SILENCE": "3", "REQUIRE_STAFF_MFA": "0"}
        with Shop(folder, **settings) as shop, _others_at_work(database):
            shop.manage("migrate", "--verbosity", "0", DATABASE_URL=database.direct)
            shop.manage("shell", "-c", BRING.format(path=str(path)))
            worker = _worker(shop)
            for number, fault in enumerate(trouble, start=1):
                _wait(database, until=number * count // (len(trouble) + 1))
                if fault == KILL:
                    shop.kill(worker)
                    worker = _worker(shop)
                else:
                    database.cut()
            _wait(database)
        return database.ask(OUTCOME)


def _worker(shop: Shop) -> Popen:
    return shop.start("worker", [*shop.python, "-m", "shopadmin", "worker"], **shop.settings)


def _wait(database: Addresses, *, until: int | None = None) -> None:
    """Until it is so far, and still under way; or until it is over."""
    deadline = time.monotonic() + DONE_WITHIN
    while True:
        [(state, done)] = database.ask(STATE)
        is_over = state not in {"waiting", "running"}
        assert not (until and is_over), f"it was {state} after {done} lines, too early to be disturbed"
        if is_over or until and done > until:
            return
        assert time.monotonic() < deadline, f"it is {state} after {done} lines"
        time.sleep(0.02)


@contextmanager
def _others_at_work(database: Addresses) -> Iterator[None]:
    """Ten others who ask through the same pooler, a transaction after the other."""
    is_over = threading.Event()
    others = [threading.Thread(target=_ask, args=(database.pooled, is_over)) for _each in range(OTHERS)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        is_over.set()
        for other in others:
            other.join()


def _ask(address: str, is_over: threading.Event) -> None:
    while not is_over.is_set():
        with suppress(psycopg.Error), psycopg.connect(address, connect_timeout=5) as connection:
            while not is_over.wait(0.05):
                connection.execute("SELECT 1")
                connection.execute("SELECT count(*) FROM pg_class")
                connection.commit()
