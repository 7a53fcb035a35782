"""The index of fragments on SQLite: what was deleted is not in it for long."""

import pytest
from django.db import connection

from shopadmin.lists.search_index import forget_deleted_texts
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db


def stored():
    """The bytes of the index of customers, as a dump of the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM customers_customer_search_data")
        return b"".join(block for (block,) in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has an index of its own")
def test_fragments_of_a_deleted_text_are_forgotten():
    customer = CustomerFactory(last_name="Qxvjw")
    forget_deleted_texts()
    assert b"qxv" in stored()
    customer.delete()
    forget_deleted_texts()
    assert b"qxv" not in stored()
