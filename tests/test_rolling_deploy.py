"""Two releases at once: the last one works beside the schema and the files of the next."""

import os
import subprocess
import sys
from io import BytesIO
from tarfile import open as open_tar

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from shopadmin.models.concurrent_index import AddIndexWhileOpen
from shopadmin.rendering.static_bundle import SHEET
from tests import last_release
from tests.own_database import own_database
from tests.replaced_migrations import OldMigrations
from tests.rolling_deploy import faults, wrong_in
from tests.shopadmin.worker.worker_process import address_of_the_database
from tests.style import APPS, ROOT

__all__ = ["own_database"]


def test_migrations_only_add():
    assert faults(last_release.migrations(), OldMigrations(None, ignore_no_migrations=True)) == []


def test_the_list_of_the_last_release_is_one_of_migrations_that_are_there():
    on_disk = {key for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations if key[0] in APPS}
    assert last_release.migrations() - on_disk == set()


INDEX = models.Index(fields=["city"], name="some_city")
REFUSED = [
    migrations.RemoveField("order", "email"),
    migrations.DeleteModel("Order"),
    migrations.RenameField("order", "email", "address"),
    migrations.RenameModel("Order", "Purchase"),
    migrations.AlterModelTable("order", "purchases"),
    migrations.AlterField("order", "customer", models.ForeignKey("customers.Customer", models.CASCADE)),
    migrations.AddField("order", "mood", models.CharField(max_length=5, default="good")),
    migrations.AddIndex("orderaddress", INDEX),
]
TAKEN = [
    migrations.AddField("order", "mood", models.CharField(max_length=5, null=True)),
    migrations.AddField("order", "mood", models.CharField(max_length=5, db_default="good")),
    migrations.AddField("order", "moods", models.ManyToManyField("customers.Tag")),
    migrations.AlterField("order", "customer", models.ForeignKey("customers.Customer", models.CASCADE, null=True)),
    migrations.AddIndex("deliverymethod", INDEX),
    AddIndexWhileOpen("orderaddress", INDEX),
]


def found_in(*operations):
    """What the rule has against a migration of these after all there are."""
    migration = type("Migration", (migrations.Migration,), {"operations": operations})("9999_next", "orders")
    return list(wrong_in(migration, MigrationLoader(None, ignore_no_migrations=True).project_state()))


@pytest.mark.parametrize("operation", REFUSED, ids=repr)
def test_what_the_last_release_would_miss_is_refused(operation):
    assert len(found_in(operation)) == 1


def test_what_it_does_not_notice_is_taken():
    assert found_in(*TAKEN) == []


def test_an_index_of_a_table_that_is_made_just_now_is_taken():
    made = migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True))])
    assert found_in(made, migrations.AddIndex("order", INDEX)) == []


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_and_dropped_while_the_table_is_open():
    state = MigrationLoader(None, ignore_no_migrations=True).project_state()
    after, operation = state.clone(), AddIndexWhileOpen("orderaddress", INDEX)
    operation.state_forwards("orders", after)

    def has_index():
        with connection.cursor() as cursor:
            return INDEX.name in connection.introspection.get_constraints(cursor, "orders_orderaddress")

    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("orders", editor, state, after)
        assert has_index()
        operation.database_backwards("orders", editor, after, state)
        assert not has_index()


# Everything is read, a small shop is filled, and its worker does what there is to do.
OF_THE_LAST_RELEASE = """
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from accounts.demo import people
people.PRIVATE_PEOPLE = 40
call_command("demo")
for model in apps.get_models():
    list(model._base_manager.all()[:5])
call_command("worker", "--once")
client = Client(SERVER_NAME="localhost")
print([client.get(path).status_code for path in ("/", "/account/sign-in/", "/healthz", "/readyz")])
"""


@pytest.mark.slow
def test_the_code_of_the_last_release_runs_on_the_schema_of_this_one(own_database, tmp_path):
    on_disk = {key for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations if key[0] in APPS}
    if on_disk == last_release.migrations():
        pytest.skip("There are no migrations since the last release.")
    packed = subprocess.run(["git", "archive", last_release.commit()], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip("The last release is not in this copy of the repository.")
    with open_tar(fileobj=BytesIO(packed.stdout)) as tar:
        tar.extractall(tmp_path / "last", filter="data")
    address = address_of_the_database()
    environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": str(tmp_path), "SITE_URL": "", "DEBUG": "1"}
    command = [sys.executable, "manage.py", "shell", "-c", OF_THE_LAST_RELEASE]
    done = subprocess.run(command, cwd=tmp_path / "last", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1] == "[200, 200, 200, 200]"


@pytest.fixture
def sources(settings, tmp_path):
    """The style sheet of a release: call it with what is in it, and it is collected; returns its address."""
    settings.STATICFILES_DIRS = [tmp_path / "static-of-release"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "shopadmin.rendering.static_bundle.BundlingStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    sheet = settings.STATICFILES_DIRS[0] / SHEET
    sheet.parent.mkdir(parents=True)

    def release(content: str) -> str:
        get_finder.cache_clear()
        sheet.write_text(content)
        call_command("collectstatic", "--noinput", verbosity=0)
        return staticfiles_storage.url(SHEET)

    yield release
    get_finder.cache_clear()


def test_a_page_of_either_release_finds_its_style_sheet_at_each(db, sources):
    old = sources("body { color: teal }")
    of_the_last = Client()
    assert of_the_last.get(old).getvalue() == b"body { color: teal }"
    new = sources("body { color: navy }")
    of_this = Client()
    assert old != new
    for client in (of_the_last, of_this):
        assert [client.get(url).getvalue()[-8:-2] for url in (old, new)] == [b": teal", b": navy"]
