"""Mails are rows of the transaction that caused them."""

import re

import pytest
from django.db import transaction

from shopadmin.mail.compose import compose, compose_for, compose_for_merchant
from shopadmin.mail.text import text_of
from shopadmin.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_templates", "store")]


def test_a_mail_is_written_in_the_language_of_its_recipient(ines):
    mail = compose_for(ines, "parcel")
    assert (mail.to, mail.language, mail.subject) == (ines.email, "nl", "Parcel for Ines")
    assert '<html lang="nl">' in mail.html


def test_a_language_without_catalogue_is_written_in_the_first_of_the_shop(ines):
    ines.language = "fr"
    assert compose_for(ines, "parcel").language == "en"


def test_nothing_is_sent_when_its_cause_is_rolled_back(ines):
    with transaction.atomic():
        compose_for(ines, "parcel")
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_erasing_somebody_erases_the_mails_about_them_but_not_the_notice(ines):
    compose_for(ines, "parcel")
    notice = compose_for(ines, "parcel", notice=True)
    ines.delete()
    assert list(Mail.objects.all()) == [notice]


def test_nobody_is_written_to_without_an_address(ines, store):
    assert compose("parcel", to="", language="nl", context={}) is None
    store.notification_email = store.contact_email = ""
    store.save()
    assert compose_for_merchant("parcel", context={}) is None


def test_a_line_break_in_a_name_makes_no_second_header(ines):
    ines.first_name = "Ines\r\nBcc: everybody@example.com"
    assert compose_for(ines, "parcel").subject == "Parcel for Ines Bcc: everybody@example.com"


def test_the_text_says_what_the_html_says(ines):
    text = compose_for(ines, "parcel").text
    assert text.startswith("Veld & Vorm:\n")
    assert "\n\nHello Ines\n\nFollow the parcel:\nhttp://localhost:8000/parcel/\n\n- One mug\n- One bowl\n" in text
    assert "Company details:\nhttp://localhost:8000/imprint/" in text or "/imprint/" in text
    assert "font" not in text


def test_every_link_of_a_mail_leads_to_the_shop_itself(ines):
    addresses = re.findall(r'(?:href|src)="([^"]+)"', compose_for(ines, "parcel").html)
    assert addresses
    assert all(address.startswith(("http://localhost:8000/", "mailto:")) for address in addresses)


def test_text_of_a_table_keeps_its_lines():
    assert (
        text_of("<table><tr><td>Mug</td><td>2</td></tr><tr><td>Bowl</td><td>1</td></tr></table>") == "Mug  2\nBowl  1\n"
    )
