"""Whatever changes a customer is in its history, by whatever way it changed."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor

from customers.history import acting
from customers.models import Customer, HistoryEntry, Tag
from tests.replaced_migrations import OldMigrations

pytestmark = pytest.mark.django_db


def changes(customer):
    entries = customer.history.exclude(field="created").order_by("id")
    return [(entry.actor_kind, entry.field, entry.old, entry.new) for entry in entries]


def test_a_save_is_written_with_old_and_new_value_and_who_did_it(ines, mara):
    with acting.merchant(mara, source="edit page"):
        ines.first_name = "Inez"
        ines.save()
    entry = ines.history.get(field="first_name")
    assert (entry.actor_kind, entry.actor, entry.source) == ("merchant", mara, "edit page")
    assert (entry.old, entry.new, entry.seen) == ("Ines", "Inez", True)


def test_what_the_shopper_changes_is_marked_as_not_seen(ines):
    with acting.shopper(ines):
        ines.first_name = "Inez"
        ines.save()
    assert [entry.seen for entry in ines.history.filter(field="first_name")] == [False]


def test_update_without_save_is_written_as_done_in_the_shell(ines):
    before = len(changes(ines))
    Customer.objects.filter(pk=ines.pk).update(last_name="Jansen", marketing_consent=True)
    assert changes(ines)[before:] == [
        ("shell", "last_name", "van der Meulen", "Jansen"),
        ("shell", "marketing_consent", "false", "true"),
    ]


def test_an_address_is_written_field_by_field(ines):
    before = len(changes(ines))
    ines.addresses.update(house_number="118 bis")
    assert changes(ines)[before:] == [("shell", "billing.house_number", "118", "118 bis")]


def test_the_password_is_never_written(ines):
    before = len(changes(ines))
    ines.set_password("something else altogether")
    ines.save()
    assert changes(ines)[before:] == []


def test_who_acted_is_forgotten_after_the_transaction(ines, mara):
    with acting.merchant(mara):
        Customer.objects.filter(pk=ines.pk).update(initials="I.")
    Customer.objects.filter(pk=ines.pk).update(initials="I. M.")
    assert [kind for kind, *_ in changes(ines)[-2:]] == ["merchant", "shell"]


def test_an_inner_actor_gives_way_to_the_outer_one_again(ines, mara):
    with acting.merchant(mara):
        with acting.command("import"):
            Customer.objects.filter(pk=ines.pk).update(initials="I.")
        Customer.objects.filter(pk=ines.pk).update(initials="I. M.")
    assert [kind for kind, *_ in changes(ines)[-2:]] == ["command", "merchant"]


def test_deleting_a_customer_takes_its_history_along(ines, otto):
    ines.delete()
    assert set(HistoryEntry.objects.values_list("customer", flat=True)) == {otto.pk}


def before_the_newest(app: str) -> str:
    """The last migration but one of an app."""
    names = sorted(name for label, name in OldMigrations(connection).disk_migrations if label == app)
    return names[-2]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_filled_shop_is_migrated_and_its_history_goes_on(ines, monkeypatch):
    with monkeypatch.context() as patches:
        patches.setattr(executor, "MigrationLoader", OldMigrations)
        call_command("migrate", "customers", before_the_newest("customers"), verbosity=0)
    call_command("migrate", verbosity=0)
    Customer.objects.filter(pk=ines.pk).update(first_name="Inez")
    ines.tags.add(Tag.objects.named("studio"))
    newest = HistoryEntry.objects.filter(customer=ines).order_by("-id").values_list("field", "new")
    assert list(newest[:2]) == [("tag", "studio"), ("first_name", "Inez")]
