"""People are erased from a shop on two hosts, each way there is, while processes are killed: nothing of them is left.

`make test` has a part of it. What people leave, how they are erased and where is looked is that of tests/privacy/.
"""

import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests.faults.databases import backup, pooled_database
from tests.faults.either_host import clients_ask
from tests.faults.holding_store import HoldingStore
from tests.faults.hosts import Hosts, site
from tests.style import ROOT

if TYPE_CHECKING:
    from tests.faults.shop_on_two_hosts import ShopOnTwoHosts

FEW = {"WEB_CONCURRENCY": "1", "WORKER_SILENCE": "3"}


def run(folder: Path) -> None:
    """The whole of it, in a process of its own: it becomes one of host A's, at whose terminal somebody sits."""
    subprocess.run([sys.executable, "-m", "tests.faults.erasures", str(folder)], cwd=ROOT, check=True)


def walk(folder: Path, words: list[str]) -> None:
    """Fill the shop once, and erase from it again and again; with words, only as scenarios that they stand in say."""
    store = HoldingStore()
    with pooled_database(folder) as database, site(folder, database, around_store=store.around, **FEW) as machines:
        host, _other = machines.hosts
        host.manage("migrate", "--verbosity", "0", DATABASE_URL=database.direct)
        os.environ |= host.settings
        tempfile.tempdir = None
        with open(host.folder / "terminal.log", "a") as log, redirect_stdout(log), redirect_stderr(log):
            django.setup()
            # Reason: what has models can be imported now.
            from tests.faults.erasure_scenarios import SCENARIOS

            chosen = {name: SCENARIOS[name] for name in SCENARIOS if not words or any(word in name for word in words)}
            _erase_again_and_again(Hosts(machines), store, chosen)


def _erase_again_and_again(hosts: Hosts, store: HoldingStore, scenarios: dict) -> None:
    # Reason: as above.
    from tests.faults.shop_on_two_hosts import Backup, at_work, filled_shop
    from tests.privacy.filling import fill

    hosts.start_webs()
    with clients_ask(hosts.ports):
        shop = filled_shop(hosts, store, partial(fill, workers=partial(at_work, hosts)))
        with backup(hosts.database) as restore_database:
            shop.backup = Backup(restore_database, hosts.bucket.objects())
            failed = [name for name, scenario in scenarios.items() if not _goes_well(shop, name, scenario)]
    assert not failed, failed


def _goes_well(shop: "ShopOnTwoHosts", name: str, scenario: Callable[["ShopOnTwoHosts"], None]) -> bool:
    began, outcome = time.monotonic(), "passed"
    for log in shop.erasure_logs:
        log.unlink()
    shop.restore()
    try:
        scenario(shop.with_other_browsers())
    except Exception:
        outcome = f"failed: {traceback.format_exc()}"
        shop.kill()
        shop.start()
    sys.__stdout__.write(f"{name}: {time.monotonic() - began:.0f} s, {outcome}\n")
    sys.__stdout__.flush()
    return outcome == "passed"


if __name__ == "__main__":
    walk(Path(sys.argv[1]), sys.argv[2:])
