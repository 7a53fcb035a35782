"""A shop that began with the first schema has nothing stale after `migrate`, and migrations stand by themselves."""

import ast
import json
import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from shopadmin.search import folding
from tests.database_schema import schema_at
from tests.shopadmin.worker.worker_process import address_of_the_database
from tests.style import APPS, ROOT

NOW = "2026-01-02 10:00:00+00:00"
CUSTOMER = {
    "password": "", "is_superuser": False, "email": "jurgen@xn--mller-kva.example", "first_name": "Jürgen",
    "initials": "", "last_name": "Müllerhaus", "phone": "+36201234567", "mobile": "", "language": "nl",
    "gender": "unspecified", "marketing_consent": False, "customer_type": "business", "company_name": "Söhne",
    "company_number": "", "coc_number": "30123456", "vat_number": "", "confirmed_numbers": "{}", "notes": "",
    "ship_elsewhere": False, "access": "open", "origin": "order", "created_at": NOW, "is_staff": False, "role": "",
    "orders_count": 0, "spent": 0, "order_numbers": "", "search_text": "",
}  # fmt: skip
ADDRESS = {"country": "DE", "attention": "", "street": "", "house_number": "", "addition": "", "line2": "",
           "postcode": "50667", "city": "Köln", "region": "", "kind": "billing"}  # fmt: skip
ORDER = {
    "channel": "guest", "placed_at": NOW, "state": "open", "payment_state": "unpaid", "shipping_state": "not_shipped",
    "cancel_reason": "", "email": "jurgen@post.test", "first_name": "Jürgen", "last_name": "Müllerhaus",
    "phone": "06 20 123 4567", "language": "nl", "customer_type": "private", "company_name": "", "coc_number": "",
    "vat_number": "", "order_note": "", "delivery_name": "", "is_pickup": False, "payment_method": "bank_transfer",
    "currency": "EUR", "items_gross": 33, "delivery_vat_rate": 0, "delivery_net": 0, "delivery_vat": 0,
    "delivery_gross": 0, "total_net": 33, "total_vat": 0, "total": 33, "paid": 0,
}  # fmt: skip
LINE = {
    "name": "Bowl", "sku": "B1", "picture": "", "quantity": 1, "sent": 0, "unit_gross": 33, "vat_rate": 0, "net": 33,
    "vat": 0, "gross": 33, "withdrawal_excepted": False,
}  # fmt: skip
MAIL = {
    "name": "order_placed", "to": "jurgen@xn--mller-kva.example", "language": "nl", "subject": "Ihre Größe",
    "text": "", "html": "", "attachments": "[]", "message_id": "1", "secret": False, "notice": False, "state": "sent",
    "created_at": NOW, "try_at": NOW, "tries": 1, "error": "",
}  # fmt: skip
STORE = dict.fromkeys(
    ["street", "postcode", "city", "phone", "contact_email", "sender_email", "notification_email", "coc_number",
     "vat_number", "bank_name", "iban", "bic", "order_prefix"], "",
) | dict.fromkeys(["privacy_policy", "terms", "imprint", "withdrawal_information"], "{}") | {
    "id": 1, "name": "Veld & Vorm", "tagline": 'Things "to use"', "country": "NL", "languages": '["nl", "en"]',
    "currency": "EUR", "time_zone": "Europe/Amsterdam", "accounts_enabled": True, "approval": "nobody",
    "invoice_when": "by_hand", "payment_methods": "[]", "payment_days": 14,
}  # fmt: skip
METHOD = {"translations": "{}", "price": 5, "countries": "[]", "is_pickup": False, "active": True}
RATES = [21, 9, 0, 6.5, 19, 21]
ROWS = [
    ("shopadmin_storesettings", STORE),
    ("customers_customer", CUSTOMER | {"id": 1}),
    ("customers_address", ADDRESS | {"customer_id": 1}),
    ("orders_order", ORDER | {"id": 1, "number": "W1", "key": "1" * 32, "token": "a", "customer_id": 1}),
    ("orders_orderaddress", ADDRESS | {"order_id": 1}),
    ("orders_orderline", LINE | {"order_id": 1}),
    ("orders_order", ORDER | {"id": 2, "number": "W200", "key": "2" * 32, "token": "b", "erased_at": NOW}),
    # One number in three cases, which nothing forbade then.
    (
        "orders_order",
        ORDER | {"id": 3, "number": "sw7", "key": "3" * 32, "token": "c", "erased_at": NOW, "channel": "import"},
    ),
    ("orders_order", ORDER | {"id": 4, "number": "SW7", "key": "4" * 32, "token": "d", "erased_at": NOW}),
    ("orders_order", ORDER | {"id": 5, "number": "Sw7", "key": "5" * 32, "token": "e", "erased_at": NOW}),
    ("shopadmin_mail", MAIL),
    *(("orders_deliverymethod", METHOD | {"name": "", "vat_rate": rate, "position": 0}) for rate in RATES),
]
FOUND = """
import json
from django.core.management import call_command
from django.db.models import F
from customers.models import Customer
from orders.models import DeliveryMethod, Order, OrderLine
from shopadmin.models import Mail, StoreSettings
call_command("recount_customers", check=True)
said = {}
for words in ["muellerhaus", "soehne", "06 20 123 4567", "koeln", "w1", "w200", "30123456", "groesse",
              "müller.example"]:
    rows = {"customers": Customer.objects, "orders": Order.objects, "mails": Mail.objects}
    said[words] = [name for name, objects in rows.items() for row in objects.matching(words)]
row = Customer.objects.values_list("country", "orders_count", "spent", "order_numbers").get()
store = StoreSettings.objects.get()
classes = list(DeliveryMethod.objects.order_by("pk").values_list("tax_class", flat=True))
line = OrderLine.objects.get(order_placed_at=F("order__placed_at"))
row = [*map(str, row), str(line.order_total)]
print(json.dumps([said, row, Order.objects.get(pk=2).search_text, store.tagline, classes, store.vat_rates]))
"""


@pytest.fixture
def empty_database(tmp_path):
    """A database of this test's own, by its address."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/old.sqlite3"
        return
    known = connection.settings_dict
    server = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST'] or '127.0.0.1'}:{known['PORT'] or 5432}"
    name = f"{settings.DATABASES['default']['NAME']}_upgrade"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as administration:
        administration.execute(f'DROP DATABASE IF EXISTS "{name}"')
        administration.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(database, tmp_path, *arguments):
    """Run a command against that database; what it says."""
    environment = os.environ | {"DATABASE_URL": database, "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def old_shop(rows):
    """A program that makes the first schema, and writes rows by SQL as an older release would have left them."""
    return f"""
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor
from tests.replaced_migrations import OldMigrations
executor.MigrationLoader = OldMigrations
for app in ("shopadmin", "orders", "accounts"):
    call_command("migrate", app, "0001", verbosity=0)
with connection.cursor() as cursor:
    for table, row in {rows!r}:
        columns = ", ".join(f'"{{name}}"' for name in row)
        marks = ", ".join(["%s"] * len(row))
        cursor.execute(f"INSERT INTO {{table}} ({{columns}}) VALUES ({{marks}})", [*row.values()])
"""


@pytest.mark.slow
def test_the_first_schema_is_brought_up_to_date(db, empty_database, tmp_path):
    manage(empty_database, tmp_path, "shell", "-c", old_shop(ROWS))
    told = manage(empty_database, tmp_path, "migrate")
    assert "Composed what is searched in orders_order: 5 rows" in told
    for words in ("Order Sw7 is now called Sw7-2", "Order sw7 is now called sw7-3"):
        assert f"{words}: only its case told it from SW7." in told
    said, row, erased, tagline, *taxes = json.loads(
        manage(empty_database, tmp_path, "shell", "-c", FOUND).splitlines()[-1]
    )
    assert said == {
        "muellerhaus": ["customers", "orders"], "soehne": ["customers"], "06 20 123 4567": ["customers", "orders"],
        "koeln": ["customers", "orders"], "w1": ["customers", "orders"], "w200": ["orders"], "30123456": ["customers"],
        "groesse": ["mails"], "müller.example": ["customers", "mails"],
    }  # fmt: skip
    assert (row, erased) == (["DE", "1", "33.00", "W1", "33.00"], " w200 ")
    classes = ["standard", "reduced", "zero", "own_1", "own_2", "standard"]
    assert [tagline, *taxes] == [{"": 'Things "to use"'}, classes, {"NL": {"own_1": "6.5", "own_2": "19.0"}}]
    # The database of the tests is a new shop's, which squashed migrations have made.
    assert sorted(schema_at(empty_database) ^ schema_at(address_of_the_database())) == []


def squashed():
    """Our migrations that replace others, by key."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
    return {key: migration for key, migration in found if key[0] in APPS and migration.replaces}


def test_a_shop_with_all_that_a_squashed_migration_replaces_has_nothing_to_apply(client, db, capsys):
    for app, name in squashed():
        MigrationRecorder.Migration.objects.filter(app=app, name=name).delete()
    assert client.get("/readyz").status_code == 200
    call_command("migrate", skip_checks=True)
    assert "No migrations to apply." in capsys.readouterr().out
    assert set(MigrationRecorder(connection).applied_migrations()) >= set(squashed())


def test_a_squashed_migration_needs_nothing_that_those_it_replaces_do_not():
    """A shop may have all that it replaces, and lack later ones of the other apps: Django would refuse to go on."""
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for (app, _name), migration in squashed().items():
        needed = {parent for key in migration.replaces for parent in disk[key].dependencies}
        assert [parent for parent in migration.dependencies if parent not in needed] == [], app


def imported(path):
    """The modules of ours that a file imports."""
    found = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {getattr(node, "module", None) or alias.name for node in found for alias in node.names}
    return {name for name in names if name.partition(".")[0] in APPS}


def test_a_migration_imports_nothing_of_ours_but_models():
    paths = [path for app in APPS for path in (ROOT / app / "migrations").glob("0*.py")]
    assert [str(path) for path in paths if any(".models." not in f"{name}." for name in imported(path))] == []


def test_every_migration_can_be_undone():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
    operations = [
        (key, operation) for key, migration in migrations if key[0] in APPS for operation in migration.operations
    ]
    assert [key for key, operation in operations if not operation.reversible] == []


EXAMPLE = "O'Neill-Müller Köln Aeroe 王小明 NL-12"


def test_the_version_of_the_folding_is_raised_with_what_it_gives():
    """Where this fails, raise VERSION, so that `migrate` composes the search texts of all rows anew."""
    assert (folding.VERSION, folding.folded_text([EXAMPLE], ["x@y.example"])) == (
        2,
        " o neill muller koln aeroe 王小明 nl 12 mueller oneillmuller oneillmueller koeln aero aroe aro nl12 "
        "x y example ~Qo~Qne~Qmu~Qko~Qae~Q王小~Q小明~Q明~Qnl~Q12~Qon~Qar~ ",
    )
