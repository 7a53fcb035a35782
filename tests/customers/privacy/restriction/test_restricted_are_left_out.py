"""Whoever has the use of their data restricted is left out of files, bulk actions, merges and the search for pairs."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from customers.duplicates.pairs import find_duplicates
from customers.merging.merge import merge
from customers.models import BulkAction, Customer
from tests.customers.bulk.bulk_actions import do, look, outcome, reasons
from tests.customers.duplicates.pairs_page import pairs_shown
from tests.customers.exporting.exported import exported, rows_of
from tests.customers.importing.imports import brought, start, work

pytestmark = pytest.mark.django_db


def restrict(customer: Customer, *, is_on: bool = True) -> None:
    Customer.objects.filter(pk=customer.pk).update(restricted_at=timezone.now() if is_on else None)


@pytest.fixture
def restricted(ines, store) -> Customer:
    """Ines, who had the use of her data restricted."""
    restrict(ines)
    return ines


def test_exports_leave_them_out(as_mara, restricted, gus, capsysbinary):
    assert [row["email"] for row in exported(as_mara)] == [gus.email]
    call_command("export_customers", "-")
    assert [row["email"] for row in rows_of(capsysbinary.readouterr().out)] == [gus.email]


def test_bulk_exports_leave_them_out_and_say_so(as_mara, restricted, gus):
    action = do(as_mara, "export", restricted, gus)
    assert [row["email"] for row in rows_of(as_mara.get(f"{action.get_absolute_url()}file/").getvalue())] == [gus.email]
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {restricted.email: "restricted"})


@pytest.mark.parametrize(("kind", "answers"), [("tag", {"name": "VIP"}), ("erase", {"number": 1}), ("password", {})])
def test_bulk_actions_skip_them_with_the_reason(as_mara, restricted, otto, kind, answers):
    assert "Use of data is restricted" in look(as_mara, kind, restricted, otto)
    action = do(as_mara, kind, restricted, otto, **answers)
    assert (action.skipped, reasons(action)) == (1, {restricted.email: "restricted"})
    assert Customer.objects.filter(pk=restricted.pk).exists()


def test_others_do_not_read_their_names_among_the_skipped(as_mara, client, sam, restricted, gus):
    action = do(as_mara, "tag", restricted, gus, name="VIP")
    Customer.objects.filter(pk=sam.pk).update(role="manager")
    client.force_login(sam)
    assert BulkAction.objects.get().skips.count() == 1
    assert "Meulen" not in client.get(action.get_absolute_url()).content.decode()


def test_imports_refuse_their_rows_with_the_reason(as_mara, restricted, gus):
    job = brought(as_mara, f"email,first_name\n{restricted.email},Inez\n{gus.email},Guus\n")
    start(as_mara, job)
    done = work(job)
    assert [(one["reason"], one["lines"]) for one in done.reasons] == [
        ("The use of this customer's data is restricted. An import cannot change it.", [2])
    ]
    assert set(Customer.objects.filter(is_staff=False).values_list("first_name", flat=True)) == {"Ines", "Guus"}


def test_pairs_with_them_are_neither_found_nor_shown(as_mara, ines, otto, store):
    Customer.objects.filter(pk__in=[ines.pk, otto.pk]).update(phone="+31302314567")
    find_duplicates()
    pair = (ines.pk, otto.pk)
    assert pairs_shown(as_mara.get("/backoffice/customers/duplicates/")) == [pair]
    restrict(ines)
    find_duplicates()
    assert pairs_shown(as_mara.get("/backoffice/customers/duplicates/")) == []
    assert ines.get_absolute_url() not in as_mara.get(otto.get_absolute_url()).content.decode()
    restrict(ines, is_on=False)
    find_duplicates()
    assert pairs_shown(as_mara.get("/backoffice/customers/duplicates/")) == [pair]


def test_they_are_not_merged_into_another_and_the_page_says_why(as_mara, restricted, gus):
    page = as_mara.post(f"/backoffice/customers/{gus.pk}/merge/", {"with": restricted.pk}).content.decode()
    assert f"The use of the data of customer {restricted.pk} is restricted. Lift the restriction first." in page
    found = as_mara.get(f"/backoffice/customers/{gus.pk}/merge/?q=Meulen").content.decode()
    assert restricted.email not in found
    restricted.refresh_from_db()
    assert restricted.merged_into is None


def test_a_merge_is_not_undone_meanwhile(as_mara, mara, ines, gus, store):
    done = merge(ines, gus, choices={}, by=mara)
    restrict(ines)
    assert as_mara.post(f"/backoffice/customers/merges/{done.pk}/undo/").status_code == 403
    gus.refresh_from_db()
    assert gus.merged_into == ines
