"""A large file, killed and taken up again, by the real process."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command

from customers.models import Customer, CustomerImport
from tests.customers.importing.test_import_rejects import GOOD, HEADER, LEFT_OUT, REFUSED
from tests.import_files import left_out, refused, state
from tests.shopadmin.worker.worker_process import ROOT, address_of_the_database, becomes_true

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BAD = [*REFUSED, *LEFT_OUT]
ROWS, BAD_ROWS = 10_000, 1_000
MEASURE = """
import sys, django
from django.core.management import call_command
django.setup()
call_command("import_customers", sys.argv[1], "--dry-run", stdout=sys.stderr)
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def rows(count: int, bad: int) -> tuple[list[str], list[tuple[int, str, str]]]:
    """A file of so many rows, so many of them bad and of every kind in turn, and the rejects that it should have."""
    every, lines, wanted = count // bad if bad else 0, [HEADER], []
    for number in range(count):
        cells = GOOD | {"email": f"person{number}@post.example", "billing_city": "Utrecht", "tags": "fair"}
        if every and number % every == every - 1:
            column, cell, reason = BAD[number // every % len(BAD)]
            cells[column] = cell
            wanted.append((number + 2, column, reason))
        lines.append(",".join(cells.values()))
    return lines, wanted


def start(path: Path) -> subprocess.Popen:
    environment = os.environ | {"DATABASE_URL": address_of_the_database(), "DATA_DIR": str(path.parent)}
    command = [sys.executable, "manage.py", "import_customers", str(path)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def kill_half_way(path: Path) -> None:
    process = start(path)
    assert becomes_true(CustomerImport.objects.filter(done__gt=0).exists)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert 0 < CustomerImport.objects.get().done <= ROWS


def finish(path: Path) -> str:
    return start(path).communicate()[0].decode().split(" See ")[0].strip()


def test_killed_half_way_and_run_again_it_ends_as_it_should(tmp_path, store):
    lines, wanted = rows(ROWS, BAD_ROWS)
    path = tmp_path / "customers.csv"
    path.write_text("\n".join(lines))
    kill_half_way(path)
    bad = [one for one in wanted if one[1] == "email"]
    dropped = [one for one in wanted if one[1] != "email"]
    assert finish(path) == f"Imported: {ROWS - len(bad)} new, 0 changed, 0 unchanged, {len(bad)} rejected."
    assert (Customer.objects.count(), refused(tmp_path), left_out(tmp_path)) == (ROWS - len(bad), bad, dropped)
    before = state()
    assert finish(path) == f"Imported: 0 new, 0 changed, {ROWS - len(bad)} unchanged, {len(bad)} rejected."
    assert (state(), refused(tmp_path), left_out(tmp_path)) == (before, bad, dropped)


def test_asked_to_stop_it_stops_after_a_batch_and_goes_on_later(tmp_path, store, monkeypatch):
    monkeypatch.setattr("customers.importing.postgresql.BATCH", 500)
    path = tmp_path / "customers.csv"
    path.write_text("\n".join(rows(1_200, 0)[0]))
    monkeypatch.setattr(CustomerImport, "is_asked_to_stop", lambda self: self.done == 501)
    call_command("import_customers", str(path), stdout=sys.stderr)
    assert CustomerImport.objects.values_list("state", "done", "created").get() == ("stopped", 501, 500)
    call_command("import_customers", str(path), stdout=sys.stderr)
    assert CustomerImport.objects.values_list("state", "done", "created").get() == ("done", 1201, 1200)


def test_a_double_is_found_although_a_killed_run_took_in_the_first(tmp_path, store, monkeypatch):
    monkeypatch.setattr("customers.importing.postgresql.BATCH", 500)
    lines = rows(600, 0)[0]
    path = tmp_path / "customers.csv"
    path.write_text("\n".join([*lines, lines[1]]))
    monkeypatch.setattr(CustomerImport, "is_asked_to_stop", lambda self: self.done == 501)
    for _time in range(2):
        call_command("import_customers", str(path), stdout=sys.stderr)
    assert refused(tmp_path) == [
        (602, "email", "This email address occurs more than once. The first row in the file is used.")
    ]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's /proc")
def test_memory_does_not_grow_with_the_rows(tmp_path, store):
    environment = os.environ | {
        "DATABASE_URL": address_of_the_database(),
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "shopadmin.settings",
    }
    peaks = []
    for count in (10_000, 40_000):
        path = tmp_path / f"{count}.csv"
        path.write_text("\n".join(rows(count, 0)[0]))
        command = [sys.executable, "-c", MEASURE, str(path)]
        peaks.append(int(subprocess.check_output(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)))
    assert peaks[1] < 150
    assert peaks[1] < peaks[0] + 10


@pytest.mark.postgres
def test_a_guest_who_orders_meanwhile_gets_no_second_record(tmp_path, store, monkeypatch):
    from customers.importing import postgresql

    new_ids, made = postgresql.new_ids, []

    def somebody_is_quicker(*args):
        if not made:
            order = threading.Thread(target=lambda: made.append(Customer.objects.create(email="gus@post.example")))
            order.start()
            order.join()
        return new_ids(*args)

    monkeypatch.setattr(postgresql, "new_ids", somebody_is_quicker)
    path = tmp_path / "customers.csv"
    path.write_text("email,first_name\ngus@post.example,Gus\n")
    call_command("import_customers", str(path), stdout=sys.stderr)
    assert Customer.objects.values_list("pk", "first_name").get() == (made[0].pk, "Gus")
