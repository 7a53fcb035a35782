"""All that a database holds besides rows, to compare two of them."""

import re
import sqlite3
from contextlib import closing

import psycopg

# Each in the words that would make it; columns in their order.
POSTGRESQL = """
    SELECT 'columns of ' || c.oid::regclass, string_agg(
        concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), l.collname, a.attnotnull, a.attidentity,
                  a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY c.oid
    UNION ALL SELECT 'constraint ' || conname || ' of ' || conrelid::regclass, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'statistics', pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
    UNION ALL SELECT 'trigger', pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', pg_get_functiondef(p.oid)
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE l.lanname = 'plpgsql'
    UNION ALL SELECT 'sequence', concat_ws(' ', sequencename, data_type, start_value, min_value, max_value)
    FROM pg_sequences
    UNION ALL SELECT 'extension', extname FROM pg_extension
    UNION ALL SELECT 'setting', unnest(setconfig) FROM pg_db_role_setting
    WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def schema_at(address: str) -> set[tuple[str, str]]:
    """What each thing is in the database of a DATABASE_URL, and the words that would make it."""
    if not address.startswith("sqlite:///"):
        with psycopg.connect(address) as connection:
            return set(connection.execute(POSTGRESQL).fetchall())
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
        found = connection.execute("SELECT type || ' ' || name, coalesce(sql, ''), type FROM sqlite_master")
        return {(name, _in_parts(sql) if kind == "table" else sql) for name, sql, kind in found}


def _in_parts(sql: str) -> str:
    """A table's columns and constraints, whose order on SQLite says only when Django has remade the table."""
    name, _bracket, rest = sql.partition("(")
    return name + "\n".join(sorted(re.split(r', (?="|CONSTRAINT |UNIQUE |CHECK )', rest.removesuffix(")"))))
