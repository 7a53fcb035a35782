"""/account/sign-up/: a new account, confirmed by a code."""

import pytest
from django.test import Client

from accounts.email_verification.mailbox_proven import is_proven
from customers.models import Customer
from shopadmin.models import Mail
from tests.accounts.doors import confirm, is_signed_in, last_mail, sign_in, sign_up, use_link
from tests.factories import PASSWORD
from tests.shown_page import errors, html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
NINA = "nina@post.example"


def test_the_page_asks_for_name_address_and_password(client):
    page = client.get("/account/sign-up/").content.decode()
    for name in ("first_name", "last_name", "email", "password1"):
        assert f'name="{name}"' in page
    assert 'autocomplete="new-password"' in page


def test_a_new_account_is_registered_at_once_and_signed_in_by_the_code(client):
    response = sign_up(client, " Nina@Post.Example ")
    nina = Customer.objects.get(email=NINA)
    assert (response.status_code, response.url) == (302, "/account/confirm/")
    assert (nina.is_registered, nina.origin, nina.first_name, nina.language) == (True, "sign_up", "Nina", "en")
    assert not is_signed_in(client)
    assert confirm(client, NINA).url == "/account/orders/"
    assert is_signed_in(client, nina)


def test_the_page_that_asks_for_the_code_leads_back_to_another_address(client):
    sign_up(client, NINA)
    main = html_of(client.get("/account/confirm/")).get_element_by_id("main")
    assert main.xpath(".//a[text()='Use another email address']/@href") == ["/account/sign-up/"]
    assert "/account/sign-up/" not in text_of(main)


def test_it_is_in_the_history_who_signed_up(client):
    sign_up(client, NINA)
    entry = Customer.objects.get(email=NINA).history.get()
    assert (entry.actor_kind, entry.source, entry.field, entry.new) == ("shopper", "sign-up", "created", "sign_up")


def test_the_account_speaks_the_language_of_the_page(client):
    client.cookies["language"] = "de"
    sign_up(client, NINA)
    assert Customer.objects.get(email=NINA).language == "de"
    assert last_mail(NINA).language == "de"


def test_refused_entries_are_kept_but_for_the_password(client):
    response = sign_up(client, "no address", "too brief")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="no address"' in page
    assert 'value="Nina"' in page
    assert "too brief" not in page
    assert "Use at least 12 characters" in page
    assert not Customer.objects.exists()


def test_the_next_page_is_kept_over_the_code(client):
    sign_up(client, NINA, next="/checkout/")
    assert confirm(client, NINA).url == "/checkout/"


def test_a_taken_address_gets_a_mail_and_keeps_its_password(client, ines):
    before = ines.password
    response = sign_up(client, ines.email, "some other sentence")
    ines.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/account/confirm/")
    assert (ines.password, ines.first_name) == (before, "Ines")
    assert [(mail.name, mail.to, mail.language) for mail in Mail.objects.all()] == [
        ("account_exists", ines.email, "nl")
    ]


def test_a_guest_can_go_on_with_the_link_instead_of_the_code(client, gus):
    sign_up(client, gus.email)
    elsewhere = Client()
    use_link(elsewhere, gus.email)
    gus.refresh_from_db()
    assert is_signed_in(elsewhere, gus)
    assert gus.is_registered
    assert is_proven(gus)


def test_a_second_try_with_another_address_is_not_sent_to_the_first_ones_code(client):
    sign_up(client, "typo@post.example")
    sign_up(client, NINA)
    confirm(client, NINA)
    assert is_signed_in(client, Customer.objects.get(email=NINA))


def test_an_address_too_long_to_keep_is_refused_not_cut(client):
    response = sign_up(client, f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example")
    assert "This email address is too long" in response.content.decode()
    assert not Customer.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("typed", ["NINA@POST.EXAMPLE", "\u00a0nina@post.example ", "nina@ｐｏｓｔ.example"])
def test_every_spelling_of_an_address_is_the_same_account(client, typed):
    sign_up(client, NINA)
    sign_up(client, typed)
    assert Customer.objects.count() == 1


def test_who_is_signed_in_is_led_to_the_account(as_ines):
    assert as_ines.get("/account/sign-up/").url == "/account/orders/"


def test_a_password_is_taken_exactly_as_typed(client):
    password = "  blanks at ünd Ende \t "
    sign_up(client, NINA, password)
    confirm(client, NINA)
    exact, stripped = Client(), Client()
    sign_in(exact, NINA, password)
    sign_in(stripped, NINA, password.strip())
    assert (is_signed_in(exact), is_signed_in(stripped)) == (True, False)


def test_nobody_signs_up_without_the_token_of_the_form():
    strict = Client(enforce_csrf_checks=True)
    assert sign_up(strict, NINA, PASSWORD).status_code == 403
    assert not Customer.objects.exists()


def test_a_failing_mail_takes_the_account_back(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("accounts.mails.compose_for", fail)
    with pytest.raises(OSError):
        sign_up(client, NINA)
    assert not Customer.objects.exists()


COMPANY = {"customer_type": "business", "company_name": "Nieuw & Co", "coc_number": "30123456"}


def test_a_company_signs_up_with_what_its_invoices_need(client):
    sign_up(client, NINA, vat_number="NL004495445B01", **COMPANY)
    nina = Customer.objects.get(email=NINA)
    entered = (nina.customer_type, nina.company_name, nina.coc_number, nina.vat_number)
    assert entered == ("business", "Nieuw & Co", "30123456", "NL004495445B01")


def test_a_company_needs_a_name_and_its_numbers_a_second_look(client):
    refused = sign_up(client, NINA, **COMPANY | {"company_name": "", "coc_number": "12"})
    assert errors(refused) == {"company_name": "Enter the company name"}
    doubted = sign_up(client, NINA, **COMPANY | {"coc_number": "12"})
    assert "coc_number_confirmed" in doubted.content.decode()
    assert not Customer.objects.filter(email=NINA).exists()
    sign_up(client, NINA, **COMPANY | {"coc_number": "12", "coc_number_confirmed": "on"})
    assert Customer.objects.get(email=NINA).confirmed_numbers == {"coc_number": "12"}


def test_of_a_private_person_no_company_is_kept(client):
    sign_up(client, NINA, **COMPANY | {"customer_type": "private"})
    nina = Customer.objects.get(email=NINA)
    assert (nina.customer_type, nina.company_name) == ("private", "")


def test_a_company_waits_where_companies_need_approval(client, store):
    store.approval = "business"
    store.save()
    sign_up(client, NINA, **COMPANY)
    assert Customer.objects.get(email=NINA).awaiting_approval
