import pytest

from shopadmin.models import Mail
from tests.factories import MailFactory

pytestmark = pytest.mark.any_database


def page(client, mail):
    response = client.get(f"/backoffice/mails/{mail.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_does_not_exist_for_a_shopper_not_even_theirs(client, otto, store):
    client.force_login(otto)
    mail = MailFactory(customer=otto, to=otto.email)
    assert client.get(f"/backoffice/mails/{mail.pk}/").status_code == 404


def test_it_shows_what_the_mail_says(as_mara):
    html = page(as_mara, MailFactory(text="Hello <Ines>\n\nhttps://shop.example/x\n"))
    assert "<p>Hello &lt;Ines&gt;</p>" in html
    assert 'href="https://shop.example/x"' in html


def test_it_leads_to_the_customer(as_mara, ines):
    assert f'<a href="/backoffice/customers/{ines.pk}/">' in page(as_mara, MailFactory(customer=ines))


def test_links_that_sign_in_are_never_shown(as_mara):
    html = page(as_mara, MailFactory(secret=True, text="https://shop.example/reset/key/", html="<p>key</p>"))
    assert "/reset/key/" not in html
    assert "The message is hidden because it contains a private link or code." in html


def test_it_says_why_it_could_not_be_delivered(as_mara):
    html = page(as_mara, MailFactory(state=Mail.State.FAILED, error="550 No such <user>"))
    assert "This email could not be delivered" in html
    assert "550 No such &lt;user&gt;" in html


def test_it_is_tried_again_when_somebody_asks_for_it(as_mara, mailoutbox):
    mail = MailFactory(state=Mail.State.FAILED, tries=9, error="550 No such user")
    assert "Try again" in page(as_mara, mail)
    response = as_mara.post(f"/backoffice/mails/{mail.pk}/retry/")
    assert response["Location"] == f"/backoffice/mails/{mail.pk}/"
    assert list(Mail.objects.due()) == [mail]


@pytest.mark.parametrize(
    "changes", [{"state": "sent"}, {"state": "queued"}, {"state": "failed", "html": "", "text": ""}]
)
def test_what_is_not_given_up_or_has_no_words_left_is_not_tried_again(as_mara, changes):
    mail = MailFactory(**changes, tries=3)
    assert "Try again" not in page(as_mara, mail)
    as_mara.post(f"/backoffice/mails/{mail.pk}/retry/")
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (changes["state"], 3)
    assert "This email cannot be sent again" in page(as_mara, mail)


def test_who_only_looks_cannot_try_again(client, rosa, store):
    client.force_login(rosa)
    mail = MailFactory(state=Mail.State.FAILED)
    assert client.post(f"/backoffice/mails/{mail.pk}/retry/").status_code == 403
    assert client.get(f"/backoffice/mails/{mail.pk}/").status_code == 200
    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED


def test_opening_the_address_of_the_button_changes_nothing(as_mara):
    assert as_mara.get(f"/backoffice/mails/{MailFactory(state=Mail.State.FAILED).pk}/retry/").status_code == 405


def test_it_names_the_customer_and_its_kind_which_leads_to_the_preview(as_mara, ines):
    mail = MailFactory(name="shipment_sent", customer=ines, language="nl")
    page = as_mara.get(f"/backoffice/mails/{mail.pk}/").content.decode()
    assert f'<a href="/backoffice/customers/{ines.pk}/">{ines}</a>' in page
    assert '<a href="/backoffice/mails/previews/shipment_sent/nl/">Shipment sent</a>' in page
