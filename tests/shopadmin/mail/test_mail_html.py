"""The HTML of an email as it was sent, for the frame on its page."""

import pytest
from django.utils import timezone

from customers.models import Customer
from tests.factories import MailFactory

pytestmark = pytest.mark.any_database

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox allow-same-origin"
)


def html_at(client, mail):
    return client.get(f"/backoffice/mails/{mail.pk}/html/")


def test_it_is_what_was_sent_to_the_letter(as_mara):
    answer = html_at(as_mara, MailFactory(html='<style>p { color: red }</style><p style="x">Hoi</p>', language="nl"))
    assert answer.content == b'<style>p { color: red }</style><p style="x">Hoi</p>'
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Content-Language"] == "nl"


def test_its_policy_lets_nothing_run_and_only_our_own_page_frame_it(as_mara):
    answer = html_at(as_mara, MailFactory())
    assert (answer["Content-Security-Policy"], answer["X-Frame-Options"]) == (POLICY, "SAMEORIGIN")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_page_frames_it_in_a_sandbox_beside_the_text(as_mara):
    mail = MailFactory(subject='Order <1> & "more"', text="In plain text\n")
    page = as_mara.get(f"/backoffice/mails/{mail.pk}/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    html = page.content.decode()
    assert (
        f'src="/backoffice/mails/{mail.pk}/html/" sandbox="allow-same-origin" '
        'title="“Order &lt;1&gt; &amp; &#34;more&#34;” as it was sent">' in html
    )
    assert "<p>In plain text" in html


@pytest.mark.parametrize("changes", [{"secret": True}, {"html": ""}])
def test_what_is_secret_or_emptied_has_none_and_the_page_no_frame(as_mara, changes):
    mail = MailFactory(**changes)
    answer = html_at(as_mara, mail)
    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "<iframe" not in as_mara.get(f"/backoffice/mails/{mail.pk}/").content.decode()


def test_it_does_not_exist_for_a_shopper_not_even_theirs(client, ines):
    client.force_login(ines)
    answer = html_at(client, MailFactory(customer=ines))
    assert (answer.status_code, answer["X-Frame-Options"]) == (404, "DENY")


@pytest.mark.parametrize(("person", "status"), [("mara", 200), ("sam", 403), ("rosa", 403)])
def test_of_a_restricted_customer_owners_alone_see_it(client, request, ines, person, status):
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now())
    client.force_login(request.getfixturevalue(person))
    mail = MailFactory(customer=ines)
    assert html_at(client, mail).status_code == status
    assert client.get(f"/backoffice/mails/{mail.pk}/").status_code == status
