"""What each kind of email looks like, in each language, with example data."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext
from jinja2 import Undefined

from shopadmin.mail.compose import written
from shopadmin.mail.kinds import kinds
from tests.factories import ProductFactory

TEMPLATES = sorted(path.name for path in (settings.BASE_DIR / "templates/mails").iterdir() if path.is_dir())
LANGUAGES = [code for code, _name in settings.LANGUAGES]
URL = "/backoffice/mails/previews/"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox allow-same-origin"
)


class Missing(Undefined):
    """What an example forgot: it may be asked for, but not written."""

    __str__ = __html__ = Undefined._fail_with_undefined_error


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]


def test_each_kind_of_email_has_a_preview_and_nothing_else():
    assert sorted(kind.name for kind in kinds) == TEMPLATES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_written_in_each_language_without_writing_a_row(language, monkeypatch, store):
    monkeypatch.setattr(engines["jinja"].env, "undefined", Missing)
    ProductFactory(name="Stacking mug", translations={"de": {"name": "Stapelbecher"}, "nl": {"name": "Stapelmok"}})
    with CaptureQueriesContext(connection) as queries:
        mails = {kind.name: written(kind.name, language, kind.example, store=store) for kind in kinds}
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert [name for name, (_subject, html) in mails.items() if f'<html lang="{language}">' not in html] == []
    mug = {"en": "Stacking mug", "de": "Stapelbecher", "nl": "Stapelmok"}[language]
    assert mug in mails["order_placed"][1]


@pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.name)
def test_no_link_of_an_example_does_anything(kind, store):
    _subject, html = written(kind.name, "en", kind.example, store=store)
    pages = {"/", "/example/", "/imprint/", "/privacy/", "/terms/", "/withdrawal/information/"}
    links = {address.removeprefix(settings.SITE_URL) for address in re.findall(r'href="([^"]+)"', html)}
    ours = {address for address in links if not address.startswith(("mailto:", "https://postnl.nl/"))}
    assert ours <= pages


def test_the_page_lists_every_kind_and_is_linked_from_emails_and_settings(as_mara):
    page = as_mara.get(URL).content.decode()
    assert sorted(re.findall(rf'href="{URL}(\w+)/en/"', page)) == TEMPLATES
    for address in ("/backoffice/mails/", "/backoffice/settings/emails/"):
        assert f'href="{URL}"' in as_mara.get(address).content.decode()


def test_a_preview_shows_subject_text_and_frame_in_the_language_chosen(as_mara):
    page = as_mara.get(f"{URL}password_link/nl/").content.decode()
    assert f'src="{URL}password_link/nl/html/"' in page
    assert "Hallo Robin," in page
    assert re.findall(rf'href="{URL}password_link/(\w+)/"', page) == LANGUAGES


def test_its_html_has_the_policy_of_emails(as_mara):
    answer = as_mara.get(f"{URL}order_placed/de/html/")
    assert (answer["Content-Security-Policy"], answer["X-Frame-Options"]) == (POLICY, "SAMEORIGIN")
    assert answer["Content-Language"] == "de"


@pytest.mark.parametrize("path", ["nothing/en/", "order_placed/fr/", "order_placed/fr/html/", "layout/en/"])
def test_other_kinds_and_languages_do_not_exist(as_mara, path):
    assert as_mara.get(f"{URL}{path}").status_code == 404
