"""ERASURE_LOG says who was erased, and of nobody else that they were."""

import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from customers.bulk import run as bulk_run
from customers.merging.merge import merge
from customers.models import BulkAction, Customer, CustomerTag, Erasure, UnwrittenErasure
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure_log, erasure_log_format
from customers.privacy.erasure.erasure import erase
from tests.customers.privacy.erasure.erasure_logs import (
    erasures_fail_of,
    kinds_of_lines,
    lines_of_the_log,
    logged,
    prints_of,
)

pytestmark = pytest.mark.django_db(transaction=True)
INES = "ines@vandermeulen.example"


def erased(customer, **options):
    return erase(customer, by=ActorKind.COMMAND, notify=False, **options)


@pytest.fixture
def log(settings) -> Path:
    return Path(settings.ERASURE_LOG)


@pytest.fixture
def refused(otto):
    """Otto, whose erasure fails in the middle."""
    with erasures_fail_of(otto):
        yield otto


def test_every_address_that_the_record_has_had_is_written(ines, otto):
    number = ines.pk
    for email in ("ines@work.example", "ines@home.example"):
        ines.change_email(email, by=None)
    otto.change_email(INES, by=None)
    erased(ines)
    assert logged() == prints_of((number, INES), (number, "ines@work.example"), (number, "ines@home.example"))


def test_so_is_every_record_that_was_merged_into_it(ines, gus):
    gus.change_email("gus@home.example", by=None)
    merge(ines, gus, choices={}, by=None)
    emails = [INES, "gus@post.example", "gus@home.example"]
    expected = prints_of(*((number, email) for number in (ines.pk, gus.pk) for email in emails))
    erased(Customer.objects.get(pk=ines.pk))
    assert logged() == expected


def test_a_line_tells_nobody_who_it_was(ines, log):
    erased(ines)
    [line] = lines_of_the_log()
    assert re.fullmatch(r"v1 \S{27} erased [0-9a-f]{8} [0-9a-f]{16} [0-9a-f]{64}", line)
    assert log.stat().st_mode & 0o777 == 0o600


def test_it_is_on_the_disk_before_the_erasure_commits(ines, refused):
    number, seen = ines.pk, []
    with erasure_log.erasing():
        erased(ines)
        seen = logged()
    assert seen == prints_of((number, INES))


def test_an_erasure_that_fails_is_taken_back(refused):
    with pytest.raises(ValueError, match="This one fails."):
        erased(refused)
    assert (kinds_of_lines(), logged()) == (["erased", "taken-back"], set())


def test_one_that_is_rolled_back_with_what_is_around_it_is_taken_back(ines, gus):
    with suppress(KeyboardInterrupt), erasure_log.erasing():
        erased(ines)
        erased(gus)
        raise KeyboardInterrupt
    assert (Customer.objects.count(), logged()) == (2, set())


def test_one_that_fails_at_the_commit_itself_is_taken_back(ines):
    with suppress(IntegrityError), erasure_log.erasing():
        erased(ines)
        CustomerTag.objects.bulk_create([CustomerTag(customer_id=ines.pk, tag_id=1)])
    assert (Customer.objects.get(), kinds_of_lines(), logged()) == (ines, ["erased", "taken-back"], set())


def test_of_a_batch_the_one_that_fails_is_taken_back_alone(refused, ines, mara, store):
    numbers = [ines.pk, refused.pk]
    action = BulkAction.objects.create(kind="erase", picked=numbers, by=mara, total=2)
    bulk_run.run(action)
    assert list(Customer.objects.filter(pk__in=numbers)) == [refused]
    assert logged() == prints_of((numbers[0], INES))


def test_a_commit_whose_answer_is_lost_is_not_taken_back(ines, monkeypatch):
    number, commit = ines.pk, connection.commit

    def commit_and_fail():
        monkeypatch.undo()
        commit()
        raise OperationalError("The connection is closed.")

    monkeypatch.setattr(connection, "commit", commit_and_fail)
    with pytest.raises(OperationalError):
        erased(ines)
    assert (Customer.objects.count(), logged()) == (0, prints_of((number, INES)))


def test_a_transaction_that_was_begun_elsewhere_is_refused(ines):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        erased(ines)
    assert Customer.objects.get() == ines


def test_what_a_crash_has_cut_short_spoils_no_other_line(ines, log):
    number = ines.pk
    log.write_text("v1 2026-11-29T04:23:53.123456Z erased 0000")
    erased(ines)
    assert logged() == prints_of((number, INES))


@pytest.mark.parametrize("place", ["no-such-folder/erasures.log", ".", "/dev/full"])
def test_an_erasure_goes_on_when_the_file_cannot_be_written_and_is_written_later(ines, settings, tmp_path, place):
    number, writable, settings.ERASURE_LOG = ines.pk, settings.ERASURE_LOG, tmp_path / place
    erased(ines)
    erasure_log.write_what_waits()
    assert (Erasure.objects.count(), Customer.objects.count(), UnwrittenErasure.objects.count()) == (1, 0, 1)
    settings.ERASURE_LOG = writable
    erasure_log.write_what_waits()
    assert (logged(), UnwrittenErasure.objects.count()) == (prints_of((number, INES)), 0)


def test_what_could_not_be_written_and_is_rolled_back_waits_for_nothing(refused, settings):
    settings.ERASURE_LOG = "/dev/full"
    with pytest.raises(ValueError, match="This one fails."):
        erased(refused)
    assert not UnwrittenErasure.objects.exists()


def test_a_line_that_cannot_be_made_safe_is_not_there_at_all(ines, gus, log, monkeypatch):
    erased(gus)
    before = log.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda file: os.write(-1, b""))
    erased(ines)
    assert (log.read_bytes(), UnwrittenErasure.objects.count()) == (before, 1)


def test_the_same_address_of_two_numbers_or_keys_is_two_prints(settings):
    prints = [erasure_log_format.fingerprint(number, INES) for number in (1, 2)]
    settings.ERASURE_KEY = "another key"
    assert len({*prints, erasure_log_format.fingerprint(1, INES)}) == 3
