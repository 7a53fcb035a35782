"""Whatever changes a tracked field is in the history with old and new value: no way of writing goes round it."""

import csv
import io

import pytest
from django.db import connection

from customers.history.triggers import OF_ADDRESSES, TRACKED
from customers.importing.columns import BY_NAME, OF_CUSTOMERS
from customers.merging import merge as merging
from customers.models import Address, Customer
from customers.record.forms import CustomerForm
from tests.accounts.portal.test_data import edit
from tests.customers.bulk.bulk_actions import do
from tests.customers.every_field import FIELDS, another_value, fill_every_field
from tests.customers.history.tracked_values import changed_and_told
from tests.customers.record.test_edit_page import save as save_on_page
from tests.factories import AddressFactory
from tests.import_files import take_in

pytestmark = pytest.mark.django_db
TRACKED_NAMES = [field.name for field in TRACKED if field.name in FIELDS]
ADDRESS_NAMES = [field.name for field in OF_ADDRESSES]
PERSON = {
    "first_name": "Inez", "initials": "I.M.", "last_name": "Jansen", "email": "inez@post.example",
    "phone": "+31302345678", "mobile": "+31612345678", "language": "de", "gender": "female", "birth_date": "1986-05-04",
    "customer_type": "business", "company_name": "Atelier", "company_number": "80123456", "coc_number": "68750110",
    "vat_number": "NL806874570B01", "ship_elsewhere": "on", "notes": "Rings twice",
    "invoice_email": "bills@atelier.example", "marketing_consent": "on",
}  # fmt: skip
PLACE = {
    "country": "DE", "attention": "M. Jansen", "street": "Lange Reihe", "house_number": "9", "addition": "b",
    "line2": "Hinterhaus", "postcode": "20099", "city": "Hamburg", "region": "Hamburg",
}  # fmt: skip
BOTH_PLACES = {f"{kind}.{name}": value for kind in Address.Kind for name, value in PLACE.items()}


# --- Ways of writing


def by_save(row, name, value):
    setattr(row, name, value)
    row.save()


def by_update(row, name, value):
    type(row).objects.filter(pk=row.pk).update(**{name: value})


def by_bulk_update(row, name, value):
    setattr(row, name, value)
    type(row).objects.bulk_update([row], [name])


def by_upsert(row, name, value):
    setattr(row, name, value)
    type(row).objects.bulk_create([row], update_conflicts=True, update_fields=[name], unique_fields=["id"])


def by_raw_sql(row, name, value):
    field = row._meta.get_field(name)
    sql = f"UPDATE {row._meta.db_table} SET {field.column} = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.to_python(value), connection), row.pk])


WAYS = [by_save, by_update, by_bulk_update, by_upsert, by_raw_sql]


@pytest.mark.parametrize("write", WAYS)
def test_each_field_of_a_customer_is_written_whatever_way_it_changes(write, otto):
    def write_each():
        for name in TRACKED_NAMES:
            write(Customer.objects.get(pk=otto.pk), name, another_value(name))

    changed, told = changed_and_told(otto, write_each)
    assert told == changed
    assert changed.keys() == {Customer._meta.get_field(name).column for name in TRACKED_NAMES}


@pytest.mark.parametrize("write", WAYS)
def test_each_field_of_an_address_is_written_whatever_way_it_changes(write, ines):
    def write_each():
        for name in ADDRESS_NAMES:
            write(ines.addresses.get(), name, PLACE[name])

    changed, told = changed_and_told(ines, write_each)
    assert told == changed
    assert changed.keys() == {f"billing.{name}" for name in ADDRESS_NAMES}


def test_a_new_address_and_one_that_is_deleted_are_written_whole(ines):
    def replace():
        ines.addresses.all().delete()
        Address.objects.bulk_create([Address(customer=ines, kind="shipping", **PLACE)])

    changed, told = changed_and_told(ines, replace)
    assert told == changed
    assert {name for name in changed if name.startswith("shipping.")} == {f"shipping.{name}" for name in ADDRESS_NAMES}


def test_staff_rights_are_written(ines):
    changed, told = changed_and_told(
        ines, lambda: Customer.objects.filter(pk=ines.pk).update(is_staff=True, role="support")
    )
    assert told == changed == {"is_staff": ("false", "true"), "role": ("", "support")}


# --- Doors


def test_the_form_of_the_backoffice(as_mara, ines):
    typed = PERSON | {name.replace(".", "__"): value for name, value in BOTH_PLACES.items()}
    changed, told = changed_and_told(ines, lambda: save_on_page(as_mara, ines, awaiting_approval="on", **typed))
    assert told == changed
    assert changed.keys() == {*CustomerForm.EDITED, *BOTH_PLACES} - {"awaiting_approval"} | {"access"}


def test_the_forms_of_the_shopper(as_ines, ines):
    place = {name.replace("billing.", "billing-"): value for name, value in BOTH_PLACES.items() if "billing" in name}

    def edit_all():
        for part, names in {
            "name": ["first_name", "initials", "last_name"], "phone": ["phone", "mobile"], "language": ["language"],
            "marketing": ["marketing_consent"],
            "company": ["customer_type", "company_name", "company_number", "coc_number", "vat_number"],
        }.items():  # fmt: skip
            edit(as_ines, part, **{name: PERSON[name] for name in names})
        edit(as_ines, "billing", **place)

    changed, told = changed_and_told(ines, edit_all)
    assert told == changed
    assert {"first_name", "phone", "language", "marketing_consent", "vat_number", "billing.city"} <= changed.keys()


def test_an_import(ines, store, tmp_path):
    cells = {name: column.example for name, column in BY_NAME.items() if name in OF_CUSTOMERS}
    cells |= {name.replace(".", "_"): value for name, value in BOTH_PLACES.items()} | {"email": ines.email}
    file = io.StringIO()
    csv.writer(file).writerows([cells.keys(), cells.values()])
    changed, told = changed_and_told(ines, lambda: take_in(tmp_path, file.getvalue()))
    assert told == changed
    assert {"initials", "birth_date", "notes", "vat_number", *BOTH_PLACES} <= changed.keys()


def test_a_merge_and_its_undo(ines, gus):
    fill_every_field(gus, but=("email", "access", "password", "restricted_at"))
    AddressFactory(customer=gus, **PLACE)
    choices = dict.fromkeys([*CustomerForm.Meta.fields, "billing", "shipping"], "merged")
    merges = []
    for customer, act in (
        (ines, lambda: merges.append(merging.merge(ines, gus, choices=choices, by=None))),
        (ines, lambda: merging.undo(merges[0], by=None)),
    ):
        changed, told = changed_and_told(customer, act)
        assert told == changed
        assert {"first_name", "vat_number", "billing.city"} <= changed.keys()


def test_the_merged_record_tells_what_became_of_it(ines, gus):
    changed, told = changed_and_told(gus, lambda: merging.merge(ines, gus, choices={}, by=None))
    assert told == changed == {"merged_into_id": ("", str(ines.pk))}


def test_a_bulk_action(as_mara, gus):
    Customer.objects.filter(pk=gus.pk).update(access="awaiting")
    changed, told = changed_and_told(gus, lambda: do(as_mara, "approve", gus))
    assert told == changed == {"access": ("awaiting", "open")}
