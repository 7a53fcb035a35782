"""`manage.py merge_customers`."""

import pytest
from django.core.management import CommandError, call_command

from customers.models import Customer, HistoryEntry, Merge
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def run(capsys, *arguments):
    call_command("merge_customers", *arguments)
    return capsys.readouterr().out.splitlines()


def test_merges_by_address_and_number_and_says_so(capsys, ines, gus):
    order = OrderFactory(customer=gus)
    assert run(capsys, ines.email, str(gus.pk))[-1] == f"Merged customer {gus.pk} into {ines.pk}."
    order.refresh_from_db()
    assert (order.customer, Customer.objects.get(pk=gus.pk).merged_into) == (ines, ines)
    assert list(HistoryEntry.objects.filter(field="merged").values_list("customer", "actor_kind", "actor")) == [
        (ines.pk, "command", None)
    ]


def test_a_dry_run_says_what_it_would_do_and_does_nothing(capsys, ines, gus):
    said = run(capsys, ines.email, gus.email, "--dry-run")
    assert said[-1] == f"Would merge customer {gus.pk} into {ines.pk}. Nothing was changed."
    assert "First name: Ines" in said
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("kept", "merged", "words"),
    [
        ("ines@vandermeulen.example", "nobody@post.example", "No customer found: nobody@post.example."),
        ("99999999999999999999", "gus@post.example", "No customer found: 99999999999999999999."),
        ("gus@post.example", "gus@post.example", "A customer cannot be merged with themselves."),
    ],
)
def test_what_cannot_be_merged_is_said(ines, gus, kept, merged, words):
    with pytest.raises(CommandError, match=words):
        call_command("merge_customers", kept, merged)
