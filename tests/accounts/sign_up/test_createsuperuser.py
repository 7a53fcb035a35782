"""`manage.py createsuperuser`, as whoever sets up a shop runs it."""

import pytest
from django.core.management import CommandError, call_command

from customers.models import Customer, HistoryEntry
from shopadmin.roles import Role
from tests.accounts.doors import is_signed_in
from tests.factories import PASSWORD, CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
EMAIL = "nora@shop.example"


class Terminal:
    """Where somebody sits who can be asked."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(monkeypatch, capsys):
    """`run(**environment)`: without questions; returns what was said."""

    def run(*options, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(f"DJANGO_SUPERUSER_{name}", value)
        call_command("createsuperuser", "--noinput", *options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def answer(monkeypatch, capsys):
    """`answer([...], passwords=[...])`: with questions, answered in this order; returns what was said."""

    def answer(answers, *, passwords=()):
        typed, secrets = iter(answers), iter(passwords)
        monkeypatch.setattr("builtins.input", lambda _question: next(typed))
        monkeypatch.setattr("accounts.management.commands.createsuperuser.getpass", lambda *_question: next(secrets))
        call_command("createsuperuser", stdin=Terminal())
        return "".join(capsys.readouterr())

    return answer


def test_the_owner_it_makes_comes_into_the_backoffice(run, client):
    said = run(EMAIL="Nora@Shop.example", PASSWORD=PASSWORD, FIRST_NAME="Nora")
    assert said.startswith("nora@shop.example is an owner of the shop now. Sign in at http://")
    owner = Customer.objects.get(email=EMAIL)
    assert (owner.role, owner.first_name, owner.is_registered) == (Role.OWNER, "Nora", True)
    client.post("/backoffice/sign-in/", {"login": EMAIL, "password": PASSWORD})
    assert is_signed_in(client, owner)


def test_no_name_is_needed(run):
    run("--email", EMAIL, PASSWORD=PASSWORD)
    assert Customer.objects.get(email=EMAIL).get_full_name() == ""


@pytest.mark.parametrize(
    ("password", "reason"),
    [("short", "Use at least 12 characters"), ("passwordpassword", "easy to guess"), (EMAIL, "Do not use your name")],
)
def test_a_bad_password_from_the_environment_is_refused_with_the_reason(run, password, reason):
    with pytest.raises(CommandError, match=f"DJANGO_SUPERUSER_PASSWORD was refused.*{reason}"):
        run(EMAIL=EMAIL, PASSWORD=password)
    assert not Customer.objects.exists()


@pytest.mark.parametrize("email", ["", "no address"])
def test_a_bad_address_is_refused(run, email):
    with pytest.raises(CommandError):
        run(EMAIL=email, PASSWORD=PASSWORD)


def test_without_a_password_it_says_where_to_get_one(run, client):
    assert "ask for a link at http://localhost:8000/backoffice/sign-in/reset/" in run(EMAIL=EMAIL)
    assert not Customer.objects.get().has_usable_password()


def test_questions_are_asked_again_until_the_answers_are_good(answer):
    passwords = ["too short", PASSWORD, "something else", PASSWORD, PASSWORD]
    said = answer(["no address", EMAIL, "Nora", "Peeters"], passwords=passwords)
    assert "Enter a valid email address." in said
    assert "Use at least 12 characters" in said
    assert "The two passwords differ." in said
    owner = Customer.objects.get(email=EMAIL)
    assert (owner.get_full_name(), owner.check_password(PASSWORD)) == ("Nora Peeters", True)


def test_a_customer_is_raised_and_keeps_what_they_had(run, ines):
    said = run(EMAIL=ines.email)
    assert f"{ines.email} is there already: Ines van der Meulen, a customer, registered." in said
    assert f"{ines.email} is an owner of the shop now, with all that they had before." in said
    ines.refresh_from_db()
    assert (ines.role, ines.is_staff, ines.check_password(PASSWORD)) == (Role.OWNER, True, True)
    assert set(HistoryEntry.objects.filter(customer=ines, field="role").values_list("source", flat=True)) == {
        "createsuperuser"
    }


def test_a_guest_who_is_raised_gets_the_password(run):
    CustomerFactory(email=EMAIL)
    run(EMAIL=EMAIL, PASSWORD=PASSWORD)
    owner = Customer.objects.get(email=EMAIL)
    assert (owner.role, owner.is_registered, owner.check_password(PASSWORD)) == (Role.OWNER, True, True)


def test_support_is_raised_and_somebody_blocked_may_come_in_again(run, sam):
    Customer.objects.filter(pk=sam.pk).update(access="blocked")
    assert "Sam" in (said := run(EMAIL=sam.email))
    assert "staff, support" in said
    sam.refresh_from_db()
    assert (sam.role, sam.is_active) == (Role.OWNER, True)


def test_raising_is_asked_about(answer, ines):
    with pytest.raises(CommandError, match="Nothing was changed"):
        answer([ines.email, "n"])
    ines.refresh_from_db()
    assert not ines.is_staff
    answer([ines.email, "y"])
    ines.refresh_from_db()
    assert ines.role == Role.OWNER


def test_an_owner_stays_as_they_are_so_that_it_can_be_run_at_each_start(run, mara):
    before = mara.password
    assert "is an owner already. Nothing was changed." in run(EMAIL=mara.email, PASSWORD="another good sentence")
    mara.refresh_from_db()
    assert mara.password == before


def test_a_merged_record_is_not_raised(run, ines, gus):
    Customer.objects.filter(pk=gus.pk).update(merged_into=ines)
    with pytest.raises(CommandError, match=f"was merged into {ines.email}"):
        run(EMAIL=gus.email)


def test_where_nobody_can_be_asked_it_says_what_to_do():
    with pytest.raises(CommandError, match="use --noinput"):
        call_command("createsuperuser")
