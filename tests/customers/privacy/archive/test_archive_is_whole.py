"""Nothing that is held on a person is forgotten in the archive: each table and each field is declared."""

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from customers.field_rules import CUSTOMER_FIELDS, Archive, No
from customers.models import Customer
from customers.privacy.archive import archive
from tests.customers.every_field import FIELDS, another_value, fill_every_field
from tests.customers.privacy.archive.archives import written

pytestmark = pytest.mark.any_database

TABLES = [table for section in archive.sections for table in section.tables]


def tables_of_people() -> set[str]:
    """Every table with a way to a customer, by rows that point to rows that point to one."""
    found, links = {Customer}, {model: related(model) for model in apps.get_models(include_auto_created=True)}
    while more := {model for model, to in links.items() if to & found} - found:
        found |= more
    return {model._meta.label for model in found}


def related(model) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def test_each_table_of_people_is_told_or_left_out_with_a_reason():
    told = {table.model._meta.label for table in TABLES}
    missing = sorted(tables_of_people() - told - set(archive.left_out))
    assert not missing, f"Say what the archive tells of {missing}: a Section or archive.left_out of the app's hooks."
    assert [reason for reason in archive.left_out.values() if not isinstance(reason, No)] == []


def test_nothing_is_told_and_left_out_at_once():
    assert {table.model._meta.label for table in TABLES} & set(archive.left_out) == set()
    assert set(archive.left_out) - tables_of_people() == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model.__name__)
def test_each_field_is_told_or_left_out_with_a_reason(table):
    declared = [*table.told, *table.left_out]
    assert sorted(declared) == sorted(field.name for field in table.model._meta.concrete_fields)
    assert [name for name, reason in table.left_out.items() if not isinstance(reason, No)] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model.__name__)
def test_each_field_that_is_told_has_words_that_are_translated(table):
    words = {name: table.words.get(name) or table.model._meta.get_field(name).verbose_name for name in table.told}
    assert sorted(name for name, label in words.items() if not isinstance(label, Promise)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_declared_archived_is_in_both_files(name, store, otto):
    fill_every_field(otto, but={*FIELDS} - {name, "email"})
    rule, value = CUSTOMER_FIELDS[name].archive, Customer.objects.values_list(name, flat=True).get()
    data, notes = written(otto).data["customer"][0], written(otto, *archive.Notes)
    assert (name in data, name in notes.data["customer"][0]) == (rule is Archive.YES, bool(rule))
    if rule and isinstance(another_value(name), str) and name not in {"phone", "mobile"}:
        assert notes.data["customer"][0][name] == str(value) or name.endswith("_at") or name == "last_login"
        assert not str(value).startswith("Qxv") or str(value) in notes.words
