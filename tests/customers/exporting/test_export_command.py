"""`manage.py export_customers`, and the way back: what was exported is imported, and changes nothing."""

import stat

import pytest
from django.core.management import CommandError, call_command

from customers.models import Customer, CustomerImport, HistoryEntry, Tag
from tests.customers.exporting.exported import rows_of, somebody_whole
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db


def export(*words: str) -> None:
    call_command("export_customers", *words)


def test_writes_a_file_for_its_owner_only_and_says_so(store, ines, gus, tmp_path, capsys):
    file = tmp_path / "customers.csv"
    export(str(file))
    assert [row["email"] for row in rows_of(file.read_bytes())] == [ines.email, gus.email]
    assert (stat.S_IMODE(file.stat().st_mode), list(tmp_path.glob("*.part"))) == (0o600, [])
    assert capsys.readouterr().err == f"Exported 2 customers to {file}.\n"


def test_writes_to_standard_output_and_speaks_beside_it(store, gus, capsysbinary):
    export()
    written = capsysbinary.readouterr()
    assert [row["email"] for row in rows_of(written.out)] == [gus.email]
    assert written.err == b"Exported 1 customer to standard output.\n"


@pytest.mark.parametrize(("words", "begins"), [((), b"email,"), (("--bom",), b"\xef\xbb\xbfemail,")])
def test_a_byte_order_mark_is_written_when_it_is_asked_for(store, capsysbinary, words, begins):
    export(*words)
    assert capsysbinary.readouterr().out.startswith(begins)


def test_semicolons_come_with_a_byte_order_mark_and_a_decimal_comma(store, capsysbinary):
    customer = CustomerFactory()
    Customer.objects.filter(pk=customer.pk).update(spent="1148.50", orders_count=3)
    export("--separator", "semicolon")
    header, row = capsysbinary.readouterr().out.decode("utf-8-sig").splitlines()
    found = dict(zip(header.split(";"), row.split(";"), strict=True))
    facts = [found[name] for name in ("customer_number", "orders_count", "spent", "last_order_at")]
    assert facts == [str(customer.pk), "3", "1148,50", ""]


def test_takes_the_filters_of_the_list(store, ines, gus, capsysbinary):
    export("--status", "guest", "--created-from", "2020-01-01", "--orders-max", "0")
    assert [row["email"] for row in rows_of(capsysbinary.readouterr().out)] == [gus.email]


def test_days_are_those_of_the_shop(store, ines, capsysbinary):
    """Half past midnight in Amsterdam, while it is still the old year in Greenwich."""
    Customer.objects.filter(pk=ines.pk).update(created_at="2025-12-31T23:30Z")
    export("--created-to", "2025-12-31")
    assert rows_of(capsysbinary.readouterr().out) == []


def test_a_filter_that_makes_no_sense_is_named_and_nothing_is_written(store, tmp_path):
    with pytest.raises(CommandError, match="--created-from: Enter a valid date."):
        export(str(tmp_path / "customers.csv"), "--created-from", "soon")
    assert list(tmp_path.glob("customers*")) == []


def test_a_folder_that_is_not_there_is_said(store, tmp_path):
    with pytest.raises(CommandError, match="The file could not be written: No such file or directory."):
        export(str(tmp_path / "no" / "customers.csv"))


def everything() -> list:
    """Customers with all that hangs on them, and how long their history is."""
    customers = Customer.objects.order_by("pk").values()
    addresses = [list(customer.addresses.order_by("kind").values()) for customer in Customer.objects.order_by("pk")]
    tags = list(Customer.objects.order_by("pk", "tags__name").values_list("pk", "tags__name"))
    consents = [list(customer.consents.values()) for customer in Customer.objects.order_by("pk")]
    return [list(customers), addresses, tags, consents, HistoryEntry.objects.count()]


@pytest.mark.parametrize("separator", ["comma", "semicolon", "tab"])
def test_what_was_exported_and_is_imported_changes_nothing(store, ines, gus, sam, tmp_path, separator):
    anna, odd = somebody_whole(), CustomerFactory(last_name="=cmd|' /C calc'!A0", first_name="''+", notes="'@x\n-1")
    anna.tags.add(Tag.objects.named("Spring fair"), Tag.objects.named("=wholesale"))
    somebody_whole(email="home@atelier.example", ship_elsewhere=False, marketing_consent=False)
    before, file = everything(), tmp_path / "customers.csv"
    export(str(file), "--bom", "--separator", separator)
    call_command("import_customers", str(file))
    imported = CustomerImport.objects.get()
    assert (imported.unchanged, imported.created, imported.updated, imported.rejected) == (5, 0, 0, 0)
    assert everything() == before
    assert odd.last_name.startswith("=")


def test_what_was_exported_makes_the_same_customers_elsewhere(store, tmp_path):
    anna = somebody_whole()
    anna.tags.add(Tag.objects.named("wholesale"))
    file, again = tmp_path / "customers.csv", tmp_path / "again.csv"
    export(str(file))
    Customer.objects.all().delete()
    call_command("import_customers", str(file))
    export(str(again))
    [there], [here] = (rows_of(one.read_bytes()) for one in (file, again))
    differing = {"customer_number", "registered_at", "origin", "unsubscribe_link"}
    assert {name for name in there if there[name] != here[name]} == differing
