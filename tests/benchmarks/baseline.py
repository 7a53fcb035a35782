"""What an import and an export are measured against on PostgreSQL: bare COPY, and one upsert statement.

`python -m tests.benchmarks.baseline import FILE`, or `… export`; prints the seconds that it took.
"""

import sys
import time

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, models
from django.db.models import GeneratedField

from customers.history import acting
from customers.models import Address, Customer
from shopadmin.connection_settings import as_long_as_it_takes
from tests.benchmarks.rows import HEADER, PERSON, STREET

# What the stage's texts become; all other columns are taken as they are, or get the default of their field.
OF_CUSTOMER = {name: f"stage.{name}" for name in PERSON} | {
    "marketing_consent": "stage.marketing_consent = 'yes'",
    "ship_elsewhere": "stage.ship_elsewhere = 'yes'",
    "created_at": "stage.created_at::timestamptz",
    "country": "stage.billing_country",
    "origin": "'import'",
    "search_text": "lower(concat_ws(' ', stage.first_name, stage.last_name, stage.company_name, stage.email, "
    "stage.phone, stage.mobile, stage.billing_postcode, stage.billing_city, stage.shipping_postcode))",
}


def take_in(path: str) -> float:
    """COPY the file into a table without an index, then write customers and addresses by one statement.

    The triggers write of each customer one row of history, as they do for an import.
    """
    begun = time.perf_counter()
    with as_long_as_it_takes(), acting.adding(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE stage ({', '.join(f'{name} text' for name in HEADER)}) ON COMMIT DROP")
        with open(path, "rb") as file, cursor.copy("COPY stage FROM STDIN (FORMAT csv, HEADER, NULL '-')") as copy:
            while piece := file.read(1 << 20):
                copy.write(piece)
        cursor.execute(*_upsert())
    return time.perf_counter() - begun


def _upsert() -> tuple[str, list]:
    columns, values, params = _with_defaults(Customer, OF_CUSTOMER)
    upsert = f"""
        WITH customers AS (
            INSERT INTO customers_customer ({columns}) SELECT {values} FROM stage
            ON CONFLICT (email) DO UPDATE SET {_newest(OF_CUSTOMER, but="email")} RETURNING id, email)
        INSERT INTO customers_address (customer_id, kind, {", ".join(STREET)}, {_rest(", ")})
        {" UNION ALL ".join(_address(kind) for kind in Address.Kind)}
        ON CONFLICT (customer_id, kind) DO UPDATE SET {_newest(STREET)}"""
    return upsert, params


def _with_defaults(model: type[models.Model], given: dict[str, str]) -> tuple[str, str, list]:
    """Columns, expressions for them, and the parameters of those."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
    rest = [field for field in fields if field.column not in given and not field.primary_key]
    params = [field.get_db_prep_save(field.get_default(), connection) for field in rest]
    columns = [*given, *(field.column for field in rest)]
    return ", ".join(columns), ", ".join([*given.values(), *["%s"] * len(rest)]), params


def _newest(names: dict | tuple, *, but: str = "") -> str:
    return ", ".join(f"{name} = excluded.{name}" for name in names if name != but)


def _rest(between: str) -> str:
    return between.join(name for name in Address.FIELDS if name not in STREET)


def _address(kind: str) -> str:
    parts = ", ".join(f"stage.{kind}_{name}" for name in STREET)
    empty = ", ".join("''" for name in Address.FIELDS if name not in STREET)
    return f"""SELECT customers.id, '{kind}', {parts}, {empty}
        FROM customers JOIN stage USING (email) WHERE stage.{kind}_country <> ''"""


def take_out() -> tuple[float, int]:
    """COPY the cells of an export as they stand in the tables; seconds and bytes."""
    begun, size = time.perf_counter(), 0
    with (
        as_long_as_it_takes(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({_cells()}) TO STDOUT (FORMAT csv)") as copy,
    ):
        while piece := copy.read():
            size += len(piece)
    return time.perf_counter() - begun, size


def _cells() -> str:
    from customers.importing.columns import COLUMNS, FACTS

    cells = ", ".join(_cell(column) for column in (*COLUMNS, *FACTS))
    joins = " ".join(
        f"LEFT JOIN customers_address {kind} ON {kind}.customer_id = c.id AND {kind}.kind = '{kind}'"
        for kind in Address.Kind
    )
    return f"SELECT {cells} FROM customers_customer c {joins} WHERE c.is_shopper ORDER BY c.id"


def _cell(column) -> str:
    if column.name == "customer_number":
        return "c.id"
    if column.name == "unsubscribe_link":  # stored nowhere: the export's own to work out
        return "NULL"
    if column.name == "tags":
        return """(SELECT string_agg(t.name, ', ') FROM customers_customertag w JOIN customers_tag t ON t.id = w.tag_id
                   WHERE w.customer_id = c.id)"""
    return f"{column.kind}.{column.name.removeprefix(column.kind + '_')}" if column.kind else f"c.{column.name}"


if __name__ == "__main__":
    seconds = take_in(sys.argv[2]) if sys.argv[1] == "import" else take_out()[0]
    sys.stdout.write(f"{seconds:.3f}")
