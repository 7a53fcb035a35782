"""The test email of the settings: sent to whoever asks, and what went wrong said in words."""

from uuid import uuid4

import pytest

from shopadmin.models import Mail, WorkerSeen
from tests.factories import MailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/backoffice/settings/emails/test/"


@pytest.fixture
def worker(db):
    WorkerSeen.sign(uuid4())


def test_it_goes_to_whoever_asks_in_their_language(as_mara, mara):
    mara.language = "nl"
    mara.save()
    response = as_mara.post(URL)
    mail = Mail.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/backoffice/mails/{mail.pk}/")
    assert (mail.to, mail.language, mail.subject) == (mara.email, "nl", "Testmail van Veld & Vorm")


def test_who_has_no_language_yet_gets_it_in_the_one_they_read(as_mara, mara):
    mara.language = ""
    mara.save()
    as_mara.post(URL, headers={"Accept-Language": "de"})
    assert Mail.objects.get().language == "de"


@pytest.mark.parametrize("person", ["sam", "rosa"])
def test_it_is_for_owners(client, person, request, store):
    client.force_login(request.getfixturevalue(person))
    assert client.post(URL).status_code == 403
    assert not Mail.objects.exists()


def test_opening_its_address_sends_nothing(as_mara):
    assert as_mara.get(URL).status_code == 405
    assert not Mail.objects.exists()


def test_a_worker_that_does_not_run_is_said(as_mara):
    page = as_mara.post(URL, follow=True).content.decode()
    assert "the worker is not running" in page


def test_nothing_is_wrong_while_it_waits_for_a_worker_that_runs(as_mara, worker):
    assert "the worker is not running" not in as_mara.post(URL, follow=True).content.decode()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("ConnectionRefusedError [Errno 111] Connection refused", "The mail server does not answer."),
        ("gaierror [Errno -2] Name or service not known", "There is no mail server of that name."),
        ("535 5.7.8 Authentication failed", "did not accept the user name and password"),
        ("550 5.1.1 No such user", "refused the recipient, or the sender address"),
    ],
)
def test_what_went_wrong_is_said_in_words(as_mara, worker, error, words):
    mail = MailFactory(name="test", state="failed", error=error)
    page = as_mara.get(f"/backoffice/mails/{mail.pk}/").content.decode()
    assert (words in page, error.split()[0] in page) == (True, True)


def test_emails_that_only_become_files_are_said_to(as_mara, settings):
    mail = MailFactory(name="test", state="sent")
    settings.EMAIL_BACKEND = "shopadmin.mail.files.MailFiles"
    assert "No mail server is set up" in as_mara.get(f"/backoffice/mails/{mail.pk}/").content.decode()
    settings.EMAIL_BACKEND = "shopadmin.mail.smtp.Backend"
    assert "No mail server is set up" not in as_mara.get(f"/backoffice/mails/{mail.pk}/").content.decode()
