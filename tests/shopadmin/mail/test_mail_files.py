"""Mails that are written to files: each lies there as long as it is among the shop's mails, a notice for three days."""

import os
import time

import pytest
from django.core.mail import send_mail

from shopadmin.mail.delivery import deliver_next
from shopadmin.mail.files import forget_files_of, forget_old_files
from shopadmin.models import Mail
from tests.factories import MailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
FOUR_DAYS = 4 * 24 * 60 * 60


@pytest.fixture(autouse=True)
def written_to_files(settings):
    settings.EMAIL_BACKEND = "shopadmin.mail.files.MailFiles"


def files(settings):
    return sorted((settings.DATA_DIR / "mails").glob("*.eml"))


def write(**mail):
    MailFactory(**mail)
    deliver_next()


def four_days_pass(settings):
    for path in files(settings):
        os.utime(path, (time.time() - FOUR_DAYS,) * 2)


def test_a_file_is_named_after_its_mail(settings):
    write(message_id="<1.2@shop.example>")
    [path] = files(settings)
    assert path.name.endswith("-1.2@shop.example.eml")


def test_a_file_goes_with_its_mail_and_no_other_does(settings, django_capture_on_commit_callbacks):
    for name in ("mine", "not-mine/either"):
        write(message_id=f"<{name}@shop.example>")
    with django_capture_on_commit_callbacks(execute=True):
        forget_files_of(Mail.objects.filter(message_id="<mine@shop.example>"))
    assert [path.name.partition("@")[0].split("-", 3)[3] for path in files(settings)] == ["not-mine%2Feither"]


def test_that_of_a_delivered_notice_goes_after_three_days(settings):
    write(notice=True)
    forget_old_files()
    assert len(files(settings)) == 1
    four_days_pass(settings)
    forget_old_files()
    assert files(settings) == []


def test_that_of_another_mail_stays(settings):
    write()
    four_days_pass(settings)
    forget_old_files()
    assert len(files(settings)) == 1


def test_a_message_of_nobodys_is_written_too(settings):
    send_mail("Hello", "A test", None, ["ines@post.example"])
    four_days_pass(settings)
    forget_old_files()
    assert files(settings) == []
