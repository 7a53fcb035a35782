"""What connections to PostgreSQL begin with, whoever opened them."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from shopadmin import connection_settings
from shopadmin.connection_settings import SETTINGS, as_long_as_it_takes, missing_settings, write_settings

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
KEPT = """
    SELECT setrole <> 0, setconfig FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase
    WHERE datname = current_database() ORDER BY setrole"""


def shown(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


def kept() -> dict[bool, list[str]]:
    """What is written down for everybody (False), and for one person alone."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return dict(cursor.fetchall())


def test_migrate_leaves_them_with_the_database():
    assert [f"{name}={value}" for name, value in sorted(SETTINGS.items())] == sorted(kept()[False])
    assert (shown("jit"), shown("statement_timeout"), shown("lock_timeout")) == ("off", "1min", "10s")


def test_what_is_missing_is_said_and_the_next_migrate_writes_it(monkeypatch):
    monkeypatch.setitem(SETTINGS, "work_mem", "8MB")
    with pytest.raises(SystemCheckError, match="without settings of ours: work_mem"):
        call_command("check", "--deploy", fail_level="WARNING")
    try:
        call_command("migrate", verbosity=0)
        assert (missing_settings(), shown("work_mem")) == ([], "8MB")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET work_mem = '16MB'")
        connection.close()
        call_command("migrate", verbosity=0)
        assert shown("work_mem") == "16MB"  # what somebody has set otherwise stays
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} RESET work_mem")
        connection.close()


@pytest.mark.django_db
def test_who_does_not_own_the_database_writes_them_for_themselves(db, monkeypatch):
    monkeypatch.setitem(SETTINGS, "work_mem", "8MB")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE no_owner")
        cursor.execute("SET LOCAL ROLE no_owner")
    write_settings()
    assert kept()[True] == ["work_mem=8MB"]


def test_long_work_is_not_given_up():
    with as_long_as_it_takes():
        assert shown("statement_timeout") == "0"
    assert shown("statement_timeout") == "1min"


@pytest.mark.parametrize(("is_behind_one", "limit"), [(False, "0"), (True, "1min")])
def test_migrations_take_their_time_where_no_pooler_hands_that_on(is_behind_one, limit, request):
    if is_behind_one:
        request.getfixturevalue("behind_a_pooler")
    connection_settings.let_migrations_take_long()
    assert shown("statement_timeout") == limit
    write_settings()
    assert shown("statement_timeout") == "1min"
