"""`manage.py erase_customer`."""

import pytest
from django.core.management import CommandError, call_command

from customers.merging.merge import merge
from customers.models import Customer, Erasure
from shopadmin.models import Mail
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def run(capsys, *arguments):
    call_command("erase_customer", *arguments)
    return capsys.readouterr().out.splitlines()


def answer(monkeypatch, typed):
    monkeypatch.setattr("builtins.input", lambda question: typed)


def test_erases_by_address_and_number_and_says_so(capsys, ines, gus, otto):
    numbers = [ines.pk, gus.pk]
    OrderFactory(customer=ines, state="completed")
    said = run(capsys, "INES@vandermeulen.example", str(gus.pk), str(gus.pk), "--noinput")
    assert said == [f"Erased 2 customers: {numbers[0]}, {numbers[1]}. 1 order was kept without personal data."]
    assert list(Customer.objects.shoppers()) == [otto]
    assert list(Erasure.objects.order_by("pk").values_list("customer_number", "by")) == [
        (number, "command") for number in numbers
    ]


@pytest.mark.parametrize(("options", "told"), [([], ["ines@vandermeulen.example"]), (["--no-email"], [])])
def test_who_is_registered_is_told_unless_left_out(capsys, ines, gus, options, told):
    run(capsys, ines.email, gus.email, "--noinput", *options)
    assert list(Mail.objects.values_list("to", flat=True)) == told


def test_a_dry_run_says_what_would_go_and_stay_and_does_nothing(capsys, ines):
    OrderFactory(customer=ines, number="10001", placed_at="2024-05-17T09:30Z", state="completed")
    OrderFactory(customer=ines, number="10002")
    said = run(capsys, ines.email, "--dry-run")
    assert said[0] == f"Customer {ines.pk}: Ines van der Meulen (ines@vandermeulen.example)"
    assert "  goes: Billing and shipping address" in said
    assert said[-3:] == [
        "  stays: order 10002, unchanged until it is completed",
        "  stays: order 10001, until 2031-12-31",
        f"Would erase customer {ines.pk}. Nothing was changed.",
    ]
    assert (Erasure.objects.exists(), Customer.objects.filter(pk=ines.pk).exists()) == (False, True)


def test_it_asks_first_and_names_whom(capsys, ines, monkeypatch):
    number = ines.pk
    answer(monkeypatch, "yes")
    said = run(capsys, ines.email)
    assert said[0] == f"Customer {number}: Ines van der Meulen (ines@vandermeulen.example)"
    assert said[-1] == f"Erased customer {number}. No data was kept."


@pytest.mark.parametrize("typed", ["no", "", "y"])
def test_without_a_yes_nobody_is_erased(ines, monkeypatch, typed):
    answer(monkeypatch, typed)
    with pytest.raises(CommandError, match="Not confirmed. Nobody was erased."):
        call_command("erase_customer", ines.email)
    assert Customer.objects.filter(pk=ines.pk).exists()


def test_where_nobody_can_answer_it_says_how_to_go_on(ines, monkeypatch):
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115
    with pytest.raises(CommandError, match="Use --noinput"):
        call_command("erase_customer", ines.email)
    assert Customer.objects.filter(pk=ines.pk).exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nobody@post.example", "No customer found: nobody@post.example."),
        ("99999999999999999999", "No customer found: 99999999999999999999."),
        ("not\0an address", "No customer found"),
        ("sam@shop.example", "is a staff member. Only an owner can erase them, in the backoffice."),
    ],
)
def test_one_who_cannot_be_erased_keeps_all_and_the_reason_is_said(ines, sam, name, words):
    with pytest.raises(CommandError, match=words):
        call_command("erase_customer", ines.email, name, "--noinput")
    assert Customer.objects.filter(pk__in=[ines.pk, sam.pk]).count() == 2


def test_an_address_that_was_merged_is_the_kept_customers(capsys, ines, gus):
    merge(ines, gus, choices={}, by=None)
    with pytest.raises(CommandError, match=f"was merged into customer {ines.pk}. Erase that one."):
        call_command("erase_customer", str(gus.pk), "--noinput")
    number = ines.pk
    assert run(capsys, gus.email, "--noinput")[-1].startswith(f"Erased customer {number}. ")
    assert not Customer.objects.filter(pk__in=[number, gus.pk]).exists()
