"""`manage.py approve_customer` and `send_password`."""

import pytest
from django.core.management import CommandError, call_command

from customers.models import HistoryEntry
from shopadmin.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def waiting(ines):
    type(ines).objects.filter(pk=ines.pk).update(access="awaiting")
    return ines


def test_approving_lets_in_and_tells(waiting, capsys):
    call_command("approve_customer", "INES@vandermeulen.example")
    assert capsys.readouterr().out == f"Approved customer {waiting.pk}: {waiting.email} was told by email.\n"
    waiting.refresh_from_db()
    assert (waiting.access, [mail.name for mail in Mail.objects.all()]) == ("open", ["approved"])
    assert HistoryEntry.objects.filter(customer=waiting, field="access").latest("pk").source == "approve_customer"


def test_who_does_not_wait_or_is_not_there_fails(ines):
    with pytest.raises(CommandError, match=f"Customer {ines.pk} does not await approval \\(open\\)"):
        call_command("approve_customer", str(ines.pk))
    with pytest.raises(CommandError, match="No customer found: nobody@post.example"):
        call_command("approve_customer", "nobody@post.example")


@pytest.mark.parametrize("command", ["approve_customer", "send_password"])
def test_while_accounts_are_off_nothing_is_sent(waiting, store, command):
    type(waiting).objects.update(access="awaiting" if command == "approve_customer" else "open")
    store.accounts_enabled = False
    store.save()
    with pytest.raises(CommandError, match="Customer accounts are switched off"):
        call_command(command, waiting.email)
    assert not Mail.objects.exists()


def test_a_password_link_is_mailed_to_guests_too(gus, capsys):
    call_command("send_password", gus.email)
    assert capsys.readouterr().out == f"Sent customer {gus.pk} a password link to gus@post.example.\n"
    assert [(mail.name, mail.to) for mail in Mail.objects.all()] == [("password_link", gus.email)]


def test_a_blocked_customer_gets_none(ines):
    type(ines).objects.update(access="blocked")
    with pytest.raises(CommandError, match="is not open \\(blocked\\)"):
        call_command("send_password", ines.email)
    assert not Mail.objects.exists()
