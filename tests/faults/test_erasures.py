"""A part of what `make faults` does to a shop on two hosts in which somebody is erased."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from tests.bucket import stored_at
from tests.customers.bulk.bulk_actions import do
from tests.faults.databases import SERVER, Addresses
from tests.faults.either_host import clients_ask
from tests.faults.holding_store import HoldingStore, Moment
from tests.faults.hosts import Hosts, site
from tests.faults.shop_on_two_hosts import filled_shop
from tests.privacy import filling_account, filling_orders, filling_work
from tests.privacy.people import DONE
from tests.privacy.reckoning import AT_FIRST
from tests.privacy.ways import by_the_merchant, record_of


@pytest.fixture
def shop(behind_a_pooler, settings):
    """With something of one person who is to be erased."""
    pytest.importorskip("moto.moto_server", reason="moto[server] is not installed")
    name, store = connection.settings_dict["NAME"], HoldingStore()
    database = Addresses(f"{SERVER.rpartition('/')[0]}/{name}", behind_a_pooler.address_of(name))
    known = {"SITE_URL": settings.SITE_URL, "SECRET_KEY": settings.SECRET_KEY, "ERASURE_KEY": settings.ERASURE_KEY}
    few = {"WEB_CONCURRENCY": "1", "WORKER_SILENCE": "3"}
    with (
        TemporaryDirectory(prefix="faults-") as folder,
        site(Path(folder), database, around_store=store.around, **known, **few) as machines,
        stored_at(machines.bucket.url()),
    ):
        settings.DATA_DIR = machines.hosts[0].folder / "data"
        settings.ERASURE_LOG = settings.DATA_DIR / "erasures.log"
        hosts = Hosts(machines)
        hosts.start_webs()
        with clients_ask(hosts.ports):
            yield filled_shop(hosts, store, fill_a_little)


def fill_a_little(staff, _folder):
    """A file of each kind, and something in most tables."""
    browser = filling_account.account_of(DONE)
    filling_account.fill_in_backoffice(staff, DONE)
    filling_orders.orders_of(DONE, browser, staff)
    filling_work.bring_orders(staff, DONE, name=f"{DONE.full_name}.csv")
    do(staff, "export", record_of(DONE))
    filling_work.leave_exports_waiting(staff, [DONE])
    return {DONE: browser}


@pytest.mark.slow
@pytest.mark.postgres
def test_nothing_is_left_on_either_host_whatever_was_killed(shop):
    """After the commit, before any file is deleted."""
    shop.machines.start_workers()
    shop.killed_at(Moment("DELETE"), lambda: by_the_merchant(shop))
    shop.must_have_forgotten({DONE: AT_FIRST[DONE]})
