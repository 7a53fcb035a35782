"""What the register answers, and what follows from it; it never stops an order."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from orders.models import VatCheck
from orders.vat import vies
from orders.vat.checks import PAUSES, ask_for, check_of, check_vat_number, forget_unused, number_abroad
from tests.orders.vat.vies_stand_in import BROKEN, CUT_OFF, FAULTS, HTML, INVALID, register

pytestmark = pytest.mark.any_database

NUMBER = "DE136695976"


def ask(settings, answers):
    with register(settings, answers) as found:
        return vies.ask(NUMBER, base=settings.VIES_URL, requester="NL001234567B01"), found.asked


def test_a_valid_number_comes_with_its_consultation_number(settings):
    answer, [asked] = ask(settings, "100")
    assert (answer.state, answer.consultation, answer.fault) == ("valid", "WAPIAAAAY1234567", "")
    assert asked == {
        "countryCode": "DE", "vatNumber": "136695976",
        "requesterMemberStateCode": "NL", "requesterNumber": "001234567B01",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [INVALID, "201"])
def test_a_number_that_is_none_is_invalid(settings, kind):
    assert ask(settings, kind)[0].state == "invalid"


@pytest.mark.parametrize("kind", sorted({*FAULTS, HTML, BROKEN, CUT_OFF} - {"201"}))
def test_every_fault_is_no_answer(settings, kind):
    answer, _asked = ask(settings, kind)
    assert (answer.state, answer.consultation) == ("unavailable", "")
    assert answer.fault == FAULTS.get(kind, answer.fault) != ""


def test_a_register_that_is_away_or_silent_is_no_answer(settings, monkeypatch):
    monkeypatch.setattr(vies, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert vies.ask(NUMBER, base=f"http://127.0.0.1:{port}").state == "unavailable"
    assert vies.ask(NUMBER, base=f"http://127.0.0.1:{port}").state == "unavailable"


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("DE 136.695.976", "DE", NUMBER), ("136695976", "DE", NUMBER), ("EL094259216", "GR", "EL094259216"),
        ("NL004495445B01", "NL", ""), ("DE123456789", "DE", ""), ("nonsense", "DE", ""), ("CHE-116.281.710", "CH", ""),
        ("", "DE", ""),
    ],
)  # fmt: skip
def test_only_what_can_be_a_number_of_another_member_state_is_asked_for(store, typed, country, number):
    assert number_abroad(typed, country) == number


def checked(settings, answers):
    """The check after the worker has asked a register that answers so."""
    with register(settings, answers):
        check_vat_number.func(VatCheck.objects.get().pk)
    return VatCheck.objects.get()


def waiting():
    return DBTaskResult.objects.filter(task_path__endswith="check_vat_number")


def test_the_number_is_kept_sealed_and_only_until_there_is_an_answer(store, settings):
    ask_for(NUMBER, "DE")
    before = VatCheck.objects.values().get()
    assert before["sealed_number"]
    assert NUMBER[2:] not in repr(before)
    assert (checked(settings, "100").sealed_number, check_of(NUMBER, "DE").is_valid) == ("", True)


def test_without_an_answer_it_is_asked_again_after_growing_pauses(store, settings):
    ask_for(NUMBER, "DE")
    for tries in range(len(PAUSES)):
        check = checked(settings, "301")
        assert (check.state, check.tries, check.fault) == ("unavailable", tries + 1, "MS_UNAVAILABLE")
        pause = waiting().latest("enqueued_at").run_after - timezone.now()
        assert timedelta(seconds=-20) < pause - PAUSES[tries] < timedelta(seconds=1)
    checked(settings, "301")
    assert waiting().count() == 1 + len(PAUSES)
    assert checked(settings, "100").state == "valid"


def test_a_number_is_asked_for_once_a_day(store, settings):
    for _time in range(3):
        ask_for(NUMBER, "DE")
    assert waiting().count() == 1
    checked(settings, "100")
    long_ago = timezone.now() - timedelta(days=2)
    VatCheck.objects.update(asked_at=long_ago, answered_at=long_ago)
    ask_for(NUMBER, "DE")
    assert waiting().count() == 2
    assert checked(settings, "301").is_valid  # the earlier answer counts until there is a newer one


def test_an_answer_counts_for_a_month(store):
    month_ago = timezone.now() - timedelta(days=31)
    check = VatCheck(state="valid", answered_at=month_ago, asked_at=month_ago)
    assert not check.is_valid
    check.save()
    forget_unused()
    assert not VatCheck.objects.exists()


def test_where_nothing_is_looked_up_nothing_is_tried_again(store):
    ask_for(NUMBER, "DE")
    check_vat_number.func(VatCheck.objects.get().pk)
    assert (VatCheck.objects.get().state, waiting().count()) == ("unavailable", 1)


def test_with_the_person_what_is_known_of_the_number_goes(ines, store):
    Customer.objects.filter(pk=ines.pk).update(vat_number=NUMBER)
    ask_for(NUMBER, "DE")
    erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert not VatCheck.objects.exists()
