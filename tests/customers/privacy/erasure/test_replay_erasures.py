"""`replay_erasures` erases again whom a backup brought back, and nobody else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from customers.merging.merge import merge, undo
from customers.models import Customer, Merge
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure_log_format
from customers.privacy.erasure.erasure import erase
from shopadmin.models import Mail
from tests.customers.privacy.erasure.erasure_logs import erasures_fail_of, lines_of_the_log
from tests.factories import CustomerFactory, OrderFactory

pytestmark = pytest.mark.django_db
INES = "ines@vandermeulen.example"


@pytest.fixture
def log(settings) -> Path:
    return Path(settings.ERASURE_LOG)


@pytest.fixture
def replay(log, capsys):
    """Run the command on the log, or on other files; return what it said."""

    def replay(*files: Path, **options) -> str:
        call_command("replay_erasures", *map(str, files or [log]), **options)
        return capsys.readouterr().out

    return replay


def erased(customer: Customer, **options) -> int:
    number = customer.pk
    erase(customer, by=ActorKind.COMMAND, notify=False, **options)
    return number


def logged_as_erased(*people: tuple[int, str]) -> None:
    """Write the log of an erasure, without erasing anybody."""
    lines = [erasure_log_format.erased(erasure_log_format.new_entry(), number, [email]) for number, email in people]
    Path(settings.ERASURE_LOG).write_text("".join(lines))


def brought_back(number: int, email: str = INES, **fields) -> Customer:
    """A customer as a backup from yesterday has them."""
    return CustomerFactory(pk=number, email=email, created_at=timezone.now() - timedelta(days=1), **fields)


def test_whom_a_backup_brings_back_is_erased_again_and_not_mailed(ines, otto, replay, store):
    number = erased(ines)
    order = OrderFactory(customer=brought_back(number, registered=True), state="completed")
    assert replay() == "1 of 2 customers erased again.\n"
    assert list(Customer.objects.all()) == [otto]
    order.refresh_from_db()
    assert (order.email, order.customer, Mail.objects.count()) == ("", None, 0)
    assert replay() == "0 of 1 customer erased again.\n"


def test_a_dry_run_names_the_numbers_and_changes_nothing(ines, replay, capsys, log):
    number = erased(ines)
    back, lines = brought_back(number), log.read_text()
    call_command("replay_erasures", str(log), dry_run=True)
    said = capsys.readouterr()
    assert said.out == "1 of 1 customer would be erased again.\n"
    assert said.err == f"Would be erased again: customer {number}\n"
    assert (Customer.objects.get(), log.read_text()) == (back, lines)


def test_an_address_that_was_theirs_once_suffices(ines, replay):
    ines.change_email("ines@home.example", by=None)
    brought_back(erased(ines), email=INES)
    assert replay() == "1 of 1 customer erased again.\n"


def test_who_signed_up_again_or_has_taken_an_address_over_is_left_alone(ines, gus, otto, replay):
    ines.change_email("ines@home.example", by=None)
    otto.change_email(INES, by=None)
    erased(ines)
    again = CustomerFactory(email="ines@home.example")
    assert replay() == "0 of 3 customers erased again.\n"
    assert list(Customer.objects.order_by("pk")) == [gus, otto, again]


def test_who_came_after_the_erasure_is_left_alone_even_with_the_same_number(ines, replay):
    number = erased(ines)
    CustomerFactory(pk=number, email=INES)
    assert replay() == "0 of 1 customer erased again.\n"


@pytest.mark.django_db(transaction=True)
def test_whose_erasure_was_rolled_back_is_left_alone(ines, replay):
    with erasures_fail_of(ines), pytest.raises(ValueError, match="This one fails."):
        erased(ines)
    assert replay() == "0 of 1 customer erased again.\n"


def test_a_record_that_was_merged_into_an_erased_one_is_erased_on_its_own(ines, gus, replay):
    merge(ines, gus, choices={}, by=None)
    erased(Customer.objects.get(pk=ines.pk))
    brought_back(gus.pk, email="gus@post.example")
    assert replay() == "1 of 1 customer erased again.\n"


def test_what_is_merged_in_the_backup_and_was_erased_together_goes_together(ines, gus, replay):
    merge(ines, gus, choices={}, by=None)
    logged_as_erased((ines.pk, INES), (gus.pk, "gus@post.example"))
    assert replay() == "1 of 1 customer erased again.\n"
    assert not Customer.objects.exists()


@pytest.mark.parametrize("who", ["kept", "merged"])
def test_what_was_parted_after_the_backup_is_parted_again(ines, otto, replay, who):
    merge(ines, otto, choices={}, by=None)
    gone, stays = (ines, otto) if who == "kept" else (otto, ines)
    logged_as_erased((gone.pk, gone.email))
    assert re.fullmatch(r"1 of (1 customer|2 customers) erased again\.\n", replay())
    assert list(Customer.objects.values_list("pk", "email", "merged_into")) == [(stays.pk, stays.email, None)]


def test_what_can_be_parted_no_more_is_left_to_the_merchant(ines, otto, replay, capsys):
    merge(ines, otto, choices={}, by=None)
    Merge.objects.update(at=timezone.now() - timedelta(days=31))
    logged_as_erased((ines.pk, INES))
    with pytest.raises(CommandError, match="0 of 1 customer erased again, but 1 could not be."):
        replay()
    assert f"Left alone: customer {ines.pk} (merged with" in capsys.readouterr().err
    assert Customer.objects.count() == 2


def test_a_merge_that_was_undone_before_the_backup_makes_no_difference(ines, otto, replay):
    undo(merge(ines, otto, choices={}, by=None), by=None)
    logged_as_erased((ines.pk, INES))
    assert replay() == "1 of 2 customers erased again.\n"
    assert Customer.objects.get() == otto


def test_staff_whom_an_owner_erased_are_erased_again(sam, mara, replay):
    brought_back(erased(sam, actor=mara), email="sam@shop.example", is_staff=True, role="support")
    assert replay() == "1 of 2 customers erased again.\n"
    assert Customer.objects.get() == mara


def test_one_that_fails_does_not_keep_the_others_from_being_erased(ines, otto, gus, replay):
    logged_as_erased(*((one.pk, one.email) for one in (ines, otto, gus)))
    with (
        erasures_fail_of(otto),
        pytest.raises(CommandError, match="2 of 3 customers erased again, but 1 could not be."),
    ):
        replay()
    assert Customer.objects.get() == otto


# --- The files


def test_several_machines_have_a_file_each(ines, gus, replay, settings, tmp_path, log):
    brought_back_later = [(erased(ines), INES)]
    settings.ERASURE_LOG = tmp_path / "of-another-machine.log"
    brought_back_later += [(erased(gus), "gus@post.example")]
    for number, email in brought_back_later:
        brought_back(number, email=email)
    assert replay(log, settings.ERASURE_LOG) == "2 of 2 customers erased again.\n"


def test_a_file_that_cannot_be_read_ends_it_before_anything_is_done(ines, replay, log, tmp_path):
    brought_back(erased(ines))
    with pytest.raises(CommandError, match="no-such.log cannot be read: No such file or directory."):
        replay(log, tmp_path / "no-such.log")
    assert Customer.objects.exists()


def test_a_line_that_says_nothing_is_named_and_the_others_count(ines, replay, log, capsys):
    brought_back(erased(ines))
    log.write_text(f"v9 something else\n\n{log.read_text()}")
    with pytest.raises(CommandError, match="1 of 1 customer erased again, but 1 line could not be used"):
        replay()
    assert capsys.readouterr().err == f"Not understood: {log}, line 1\n"


def test_a_last_line_that_a_crash_cut_short_is_no_reason_to_fail(ines, replay, log, capsys):
    brought_back(erased(ines))
    [line] = lines_of_the_log()
    log.write_text(f"{line}\n{line[:50]}")
    call_command("replay_erasures", str(log))
    said = capsys.readouterr()
    assert said.out == "1 of 1 customer erased again.\n"
    assert said.err.startswith("Ignored, as it was cut short before its erasure was committed")


def test_another_key_is_said_rather_than_finding_nobody(ines, replay, settings):
    brought_back(erased(ines))
    settings.ERASURE_KEY = "another key"
    with pytest.raises(CommandError, match="0 of 1 customer erased again, but 1 line could not be used"):
        replay()
