"""A trigger of the history that is missing is told to whoever watches the server, and to owners."""

import pytest
from django.core.management import call_command
from django.db import connection

from customers.history.triggers import TRIGGERS
from customers.models import Customer
from tests.shown_page import texts

pytestmark = pytest.mark.django_db
SENTENCE = (
    "Changes to customers are not being recorded in their history. "
    "Ask the person who runs your server to run “manage.py migrate”."
)
TABLES = ["customers_customer", "customers_address", "customers_customertag"]
NAMES = [(table, f"{table}_history_{event}") for table in TABLES for event in ("insert", "update", "delete")]


def drop(table, trigger):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def notices(client):
    return texts(client.get("/backoffice/"), "notice")


@pytest.mark.parametrize(("table", "trigger"), NAMES)
def test_each_that_is_missing_is_said_while_the_shop_stays_ready(client, table, trigger):
    drop(table, trigger)
    response = client.get("/readyz")
    words = f"not written: the database lacks the triggers {trigger}"
    assert (response.status_code, response.json()["history"]) == (200, words)


def test_owners_are_told_on_the_dashboard_until_it_is_mended(as_mara, ines):
    assert notices(as_mara) == []
    drop("customers_customer", "customers_customer_history_update")
    Customer.objects.filter(pk=ines.pk).update(initials="I.")
    assert not ines.history.filter(field="initials").exists()
    assert notices(as_mara) == [SENTENCE]
    call_command("migrate", "customers", verbosity=0)
    assert (notices(as_mara), TRIGGERS.missing()) == ([], set())
    Customer.objects.filter(pk=ines.pk).update(initials="I. M.")
    assert ines.history.filter(field="initials").exists()


def test_others_are_not(client, sam, store):
    drop("customers_address", "customers_address_history_update")
    client.force_login(sam)
    assert notices(client) == []


def test_one_that_is_switched_off_counts_as_missing(as_mara):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE customers_customer DISABLE TRIGGER customers_customer_history_update")
    assert notices(as_mara) == [SENTENCE]
