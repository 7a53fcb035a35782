"""The page before an erasure names what goes beside the record: files, saved views, names, what was left unfinished."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.signing_in.sessions import SessionStore
from customers.importing import files as importing_files
from customers.models import CustomerImport, Segment
from customers.privacy.erasure import noted_people
from customers.privacy.erasure.summary import what_goes_and_stays
from tests.customers.bulk.bulk_actions import do

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
INES = "ines@vandermeulen.example"
FILES = ["1 export file with this data", "1 import file with this data"]
UNFINISHED = "Unfinished checkouts and sign-ups with this email address"


@pytest.fixture
def in_files(as_mara, ines, gus):
    """Ines and Gus in one export each, and Ines in a file that was imported."""
    for customer in (ines, gus):
        do(as_mara, "export", customer)
    upload = SimpleUploadedFile("customers.csv", f"email\n{INES}\n".encode())
    file = importing_files.keep(upload, noted_people.numbers_of([INES]))
    CustomerImport.objects.create(name="Ines van der Meulen.csv", file=file, state="done")
    return ines


def page_of(browser, url):
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return " ".join(browser.get(url).content.decode().split())


def goes(customer, **options):
    return what_goes_and_stays(customer, **options).goes


def test_the_files_that_the_person_is_in_are_counted(in_files, gus, otto):
    assert [one for one in goes(in_files) if " file" in one] == FILES
    assert [one for one in goes(gus) if " file" in one] == ["1 export file with this data"]
    assert [one for one in goes(otto) if " file" in one] == []


def test_the_shopper_is_told_of_them_too_but_not_of_names_in_the_backoffice(in_files, client):
    Segment.objects.create(name="Hers", query="q=Ines+van+der+Meulen")
    client.force_login(in_files)
    page = page_of(client, "/account/delete/")
    assert [words for words in FILES if words not in page] == []
    assert "Hers" not in page


def test_saved_views_and_names_are_named(as_mara, in_files):
    Segment.objects.create(name="Hers", query="q=Ines+van+der+Meulen")
    Segment.objects.create(name="Like Ines van der Meulen", query="status=guest")
    Segment.objects.create(name="Guests", query="status=guest")
    page = as_mara.get(f"/backoffice/customers/{in_files.pk}/delete/").content.decode()
    assert "Saved view: Hers" in page
    for name in ("Like Ines van der Meulen", "Ines van der Meulen.csv"):
        assert f"The name “{name}”, which is replaced by a number" in page
    assert "“Guests”" not in page


def test_what_was_left_unfinished_with_the_address_is_said(ines, otto):
    session = SessionStore()
    session["checkout"] = {"details": {"email": INES}}
    session.save()
    assert (UNFINISHED in goes(ines), UNFINISHED in goes(otto)) == (True, False)


@pytest.mark.parametrize("url", ["/backoffice/customers/{}/delete/", "/account/delete/"])
def test_what_stays_without_a_name_is_said_to_both(client, mara, ines, url):
    client.force_login(mara if "backoffice" in url else ines)
    page = page_of(client, url.format(ines.pk))
    assert "No orders are kept, because there are none." in page
    assert "Also kept: the customer number with the date of the erasure" in page
