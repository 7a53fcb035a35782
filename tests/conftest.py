import gc
import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.template import engines
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from orders.documents import issue
from orders.setting_up import opening
from shopadmin.lists.planner import read_rows, statement_timeout
from shopadmin.models import StoreSettings
from shopadmin.rendering.environment import refuse_callables
from tests import migrated_database
from tests import pooler as pgbouncer
from tests.bucket import bucket, object_store
from tests.cutting import cut
from tests.emptied_tables import empty_tables
from tests.faults.processes import free_ports
from tests.mail_server import MailServer
from tests.people import gus, ines, mara, otto, rosa, sam
from tests.quick_settings import quick_settings

__all__ = ["bucket", "gus", "ines", "mara", "object_store", "otto", "rosa", "sam"]
# How long an example takes says how busy the machine is.
NEVER_TOO_SLOW = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
hypothesis_settings.register_profile("any machine", **NEVER_TOO_SLOW)
hypothesis_settings.load_profile("any machine")
# To look for garbage as often as Python does would take a third of `migrate`, which makes thousands of models.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config, items):
    """Leave out what needs PostgreSQL on SQLite, and on PostgreSQL what SQLite's run has shown already."""
    on_postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    is_left_out = is_alike_on_both if on_postgresql else needs_postgresql
    left_out = [item for item in items if is_left_out(item)]
    items[:] = sorted((item for item in items if not is_left_out(item)), key=turn_of)
    config.hook.pytest_deselected(items=left_out)


def turn_of(item) -> int:
    """Long ones of processes come first, so that none is waited for at the end; those without a database lead."""
    if item.get_closest_marker("slow") and is_without_database(item):
        return 0
    return 1 if {"empty_database", "own_database"} & set(item.fixturenames) else 2


def needs_postgresql(item) -> bool:
    return item.get_closest_marker("postgres") is not None


def is_alike_on_both(item) -> bool:
    """Whether a test says so, or asks no database at all."""
    return item.get_closest_marker("any_database") is not None or (
        is_without_database(item) and not needs_postgresql(item)
    )


def is_without_database(item) -> bool:
    asks = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    return not (asks or item.get_closest_marker("django_db"))


@pytest.fixture(autouse=True, scope="session")
def templates_write_no_methods():
    """A template that names a method without calling it fails, instead of writing what it is bound to."""
    engines["jinja"].env.finalize = refuse_callables


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory):
    """Migrate once for all processes of the run, which takes as long as hundreds of tests."""
    process, folder = os.environ.get("PYTEST_XDIST_WORKER", ""), tmp_path_factory.getbasetemp()
    folder = folder.parent if process else folder
    with django_db_blocker.unblock():
        migrated_database.name_original()
        migrated_database.take_copy(process or "one", folder)
    yield
    with django_db_blocker.unblock():
        migrated_database.destroy_copy(process or "one", folder)


@pytest.fixture(autouse=True)
def quick_and_quiet(settings, tmp_path):
    """Tests hash quickly, speak English unless they say otherwise, and write their files to a folder of their own."""
    for name, value in quick_settings(tmp_path).items():
        setattr(settings, name, value)
    for folder in (settings.STATIC_ROOT, settings.FILE_UPLOAD_TEMP_DIR):
        folder.mkdir()


@pytest.fixture(autouse=True, scope="session")
def lists_are_never_given_up():
    """Lists of tests are read in one way, however busy the machine is; what is given up has tests of its own."""
    a_minute = 60_000
    read_rows.time_limit = lambda milliseconds: statement_timeout.time_limit(a_minute)


@pytest.fixture(autouse=True, scope="session")
def shops_are_open():
    """Shops of tests have opened, whatever they lack; what strangers see before that has tests of its own."""
    opening._was_open = True


@pytest.fixture(autouse=True, scope="session")
def shops_may_invoice():
    """Shops of tests issue invoices, whatever number they lack; what is refused without one has tests of its own."""
    lacks_number, issue.lacks_number = issue.lacks_number, lambda store: False
    return lacks_number


@pytest.fixture(autouse=True, scope="session")
def tables_are_emptied_quickly():
    """After a test of real transactions."""
    BaseDatabaseOperations.execute_sql_flush = empty_tables


@pytest.fixture
def store(db) -> StoreSettings:
    """The shop of the tests: Dutch, in English first, so that pages read as the tests are written."""
    # Written in one statement, and the same row for each test: hardly anything is made as often.
    store = StoreSettings(pk=1, name="Veld & Vorm", languages=["en", "nl", "de"])
    store.contact_email = store.sender_email = "shop@shop.example"
    store.notification_email = "merchant@shop.example"
    columns = [field.name for field in StoreSettings._meta.concrete_fields if not field.primary_key]
    StoreSettings.objects.bulk_create([store], update_conflicts=True, unique_fields=["id"], update_fields=columns)
    StoreSettings.current()  # what changed is read once more: no request of a test is the first
    return store


@pytest.fixture
def shop_time(store):
    """Days as the shop counts them: around midnight they are other days than those of UTC."""
    with timezone.override(store.time_zone):
        yield


@pytest.fixture
def as_mara(client, mara, store):
    """A browser in which the owner is signed in."""
    client.force_login(mara)
    return client


@pytest.fixture
def as_ines(client, ines, store):
    """A browser in which Ines is signed in."""
    client.force_login(ines)
    return client


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """The mail server of the shop; it is away until `mail_server.controller.start()`."""
    server = MailServer()
    settings.EMAIL_BACKEND = "shopadmin.mail.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.controller.stop(no_assert=True)


@pytest.fixture(scope="session")
def pooler(tmp_path_factory) -> Iterator[pgbouncer.Pooler]:
    """One pgbouncer for the run, before the server of the test database."""
    if not pgbouncer.PROGRAM:
        pytest.skip("pgbouncer is not on this machine.")
    database, [port] = settings.DATABASES["default"], free_ports(1)
    person = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    server = f"postgres://{person}@{database['HOST']}:{database['PORT'] or 5432}/"
    with pgbouncer.Pooler(tmp_path_factory.mktemp("pooler"), server=server, port=port) as pooler:
        yield pooler


@pytest.fixture
def behind_a_pooler(transactional_db, pooler) -> Iterator[pgbouncer.Pooler]:
    """The database of the test, asked through a pgbouncer by this process and by those that it starts."""
    direct = {name: connection.settings_dict[name] for name in ("HOST", "PORT", "PASSWORD")}
    connection.close()
    connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": str(pooler.port), "PASSWORD": ""}
    yield pooler
    connection.close()
    connection.settings_dict |= direct
    cut()  # what a killed process had begun through it holds its locks until the statement ends
