"""/account/email/: another address, once its mailbox is proved; the old one can undo it."""

import pytest
from django.core import signing
from django.test import Client

from accounts.email_verification.email_change import SALT
from customers.history import acting
from customers.merging.merge import merge
from customers.models import Customer
from shopadmin.models import Mail
from tests.accounts.doors import (
    OTHER_PASSWORD,
    code_in,
    confirm,
    is_signed_in,
    last_mail,
    path_in,
    reauthenticate,
    sign_in,
    sign_in_by_code,
    use_link,
    wait,
)  # fmt: skip
from tests.factories import PASSWORD, CustomerFactory
from tests.shown_page import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
OLD, NEW = "ines@vandermeulen.example", "ines@new.example"


@pytest.fixture
def asked(ines):
    """A browser in which Ines is signed in and has just said again that it is her."""
    type(ines).objects.filter(pk=ines.pk).update(language="en")
    client = Client()
    sign_in(client, ines.email)
    reauthenticate(client)
    wait()
    return client


def change(client, to=NEW):
    wait()
    client.post("/account/email/", {"email": to})
    return client.post("/account/confirm/", {"code": code_in(last_mail(to))})


def undo_path():
    return path_in(last_mail(OLD), "/email/undo/")


def test_it_asks_again_who_it_is(as_ines):
    for response in (as_ines.get("/account/email/"), as_ines.post("/account/email/", {"email": NEW})):
        assert response.url == "/account/reauthenticate/?next=/account/email/"
    assert not Mail.objects.exists()


def test_it_counts_only_once_the_code_is_typed(asked, ines):
    response = asked.post("/account/email/", {"email": " Ines@NEW.example"})
    assert response.url == "/account/confirm/"
    ines.refresh_from_db()
    assert ines.email == OLD
    assert confirm(asked, NEW).url == "/account/"
    ines.refresh_from_db()
    assert ines.email == NEW
    assert is_signed_in(asked, ines)


def test_it_is_in_the_history_as_the_shoppers_doing(asked, ines):
    change(asked)
    entry = ines.history.get(field="email")
    assert (entry.actor_kind, entry.actor, entry.old, entry.new) == ("shopper", ines, OLD, NEW)


def test_the_next_sign_in_is_with_the_new_address_and_needs_no_code(asked, ines):
    change(asked)
    new, old = Client(), Client()
    sign_in(new, NEW)
    sign_in(old, OLD)
    assert (is_signed_in(new, ines), is_signed_in(old)) == (True, False)


def test_the_old_address_is_told_and_a_link_undoes_it(asked, ines):
    change(asked)
    path = undo_path()
    mailbox = Client()
    assert "Undo change" in mailbox.get(path).content.decode()
    ines.refresh_from_db()
    assert ines.email == NEW
    assert "Your old address has been restored" in mailbox.post(path).content.decode()
    ines.refresh_from_db()
    assert (ines.email, ines.has_usable_password()) == (OLD, False)
    assert not is_signed_in(asked)
    use_link(mailbox, OLD)
    assert is_signed_in(mailbox, ines)


def test_the_undo_reaches_over_a_chain_of_changes(asked, ines):
    change(asked)
    path = undo_path()
    change(asked, "thief@post.example")
    Client().post(path)
    ines.refresh_from_db()
    assert ines.email == OLD


def test_no_undo_brings_back_an_address_that_an_undo_has_left(asked, ines):
    change(asked)
    path = undo_path()
    change(asked, "thief@post.example")
    thiefs_path = path_in(last_mail(NEW), "/email/undo/")
    Client().post(path)
    assert Client().post(thiefs_path).status_code == 404
    ines.refresh_from_db()
    assert ines.email == OLD


def test_an_undo_of_a_later_change_leaves_the_older_one_standing(asked, ines):
    change(asked)
    path = undo_path()
    change(asked, "thief@post.example")
    Client().post(path_in(last_mail(NEW), "/email/undo/"))
    Client().post(path)
    ines.refresh_from_db()
    assert ines.email == OLD


def test_the_undo_works_once_and_not_for_what_was_made_up(asked, ines):
    change(asked)
    path = undo_path()
    Client().post(path)
    forged = signing.dumps([ines.history.first().pk, ines.pk], salt="another")
    for dead in (
        path,
        f"/account/email/undo/{forged}/",
        "/account/email/undo/x/",
        f"/account/email/undo/{signing.dumps([0, 0], salt=SALT)}/",
    ):
        assert Client().get(dead).status_code == 404


def test_an_old_address_that_is_taken_by_now_locks_the_thief_out_all_the_same(asked, ines):
    change(asked)
    path = undo_path()
    CustomerFactory(email=OLD)
    assert "Contact the shop" in Client().post(path).content.decode()
    assert not is_signed_in(asked)


def test_a_taken_address_is_told_only_to_who_has_its_mailbox(asked, ines, otto):
    response = asked.post("/account/email/", {"email": otto.email})
    assert response.url == "/account/confirm/"
    page = asked.post("/account/confirm/", {"code": code_in(last_mail(otto.email))}).content.decode()
    assert "Another account already uses this email address" in page
    ines.refresh_from_db()
    assert ines.email == OLD


def test_an_address_taken_between_check_and_save_is_no_error(asked, ines, monkeypatch):
    asked.post("/account/email/", {"email": NEW})
    code = code_in(last_mail(NEW))
    monkeypatch.setattr("accounts.forms.ConfirmAddressForm.clean_code", lambda self: self.cleaned_data["code"])
    CustomerFactory(email=NEW)
    assert asked.post("/account/confirm/", {"code": code}).status_code == 302
    ines.refresh_from_db()
    assert ines.email == OLD


def test_the_same_address_is_refused(asked):
    assert asked.post("/account/email/", {"email": OLD}).status_code == 200


def test_links_for_a_password_die_with_the_old_address(asked, ines):
    Client().post("/account/password/reset/", {"email": OLD})
    path = path_in(last_mail(OLD), "/password/reset/key/")
    change(asked)
    assert "This link is no longer valid" in Client().get(path, follow=True).content.decode()


def test_a_merchants_change_asks_for_a_code_from_the_new_mailbox(ines):
    sign_in(Client(), OLD)
    ines.change_email(NEW, by=None)
    browser = Client()
    sign_in(browser, NEW)
    assert not is_signed_in(browser)
    confirm(browser, NEW)
    assert is_signed_in(browser, ines)
    again = Client()
    sign_in(again, NEW, PASSWORD)
    assert is_signed_in(again, ines)


def test_who_has_no_password_types_a_code_again(gus):
    client = Client()
    sign_in_by_code(client, gus.email)
    session = client.session
    session["account_authentication_methods"] = []  # it was a while ago
    session.save()
    assert client.get("/account/email/").url == "/account/reauthenticate/code/?next=/account/email/"
    way = "/account/reauthenticate/code/?next=/account/email/"
    assert client.get(way).status_code == 200
    assert not Mail.objects.filter(name="who_is_it_code").exists()
    client.post(way, {"action": "send"})
    assert client.post(way, {"code": "BBBB-BBBB"}).status_code == 200
    assert client.post(way, {"code": code_in(last_mail(gus.email))}).url == "/account/email/"
    assert client.get("/account/email/").status_code == 200


def test_who_came_by_code_sets_a_first_password(gus):
    client = Client()
    sign_in_by_code(client, gus.email)
    assert client.get("/account/password/").url == "/account/password/set/"
    way = client.get("/account/password/set/").url
    assert way == "/account/reauthenticate/code/?next=%2Faccount%2Fpassword%2Fset%2F"
    wait()
    client.post(way, {"action": "send"})
    client.post(way, {"code": code_in(last_mail(gus.email))})
    client.post("/account/password/set/", {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert last_mail(gus.email).name == "password_changed"
    again = Client()
    sign_in(again, gus.email, OTHER_PASSWORD)
    assert is_signed_in(again, gus)


def test_changing_the_password_needs_the_old_one_and_tells(as_ines, ines):
    data = {"oldpassword": "a wrong password", "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert as_ines.post("/account/password/", data).status_code == 200
    assert Customer.objects.get(pk=ines.pk).check_password(PASSWORD)
    as_ines.post("/account/password/", data | {"oldpassword": PASSWORD})
    assert Customer.objects.get(pk=ines.pk).check_password(OTHER_PASSWORD)
    assert last_mail(ines.email).name == "password_changed"


@pytest.fixture
def edited(asked, mara, ines):
    """A browser in which Ines was signed in when the merchant gave her another address."""
    merchant = Client()
    merchant.force_login(mara)
    path = f"/backoffice/customers/{ines.pk}/edit/"
    merchant.post(path, filled(merchant.get(path), "customer-form", email=NEW))
    return asked


def test_a_merchants_change_signs_out_and_tells_both_addresses(edited):
    assert not is_signed_in(edited)
    told = {mail.to: (mail.name, "Veld & Vorm has" in mail.text) for mail in Mail.objects.all()}
    assert told == {OLD: ("email_changed", True), NEW: ("email_set_by_shop", True)}


def test_a_merchants_change_is_undone_from_the_old_address(edited, ines):
    assert "Your old address has been restored" in Client().post(undo_path()).content.decode()
    ines.refresh_from_db()
    assert (ines.email, ines.has_usable_password()) == (OLD, False)


def test_the_undo_of_a_merged_record_leads_nowhere(edited, ines, otto, mara):
    path = undo_path()
    merge(otto, ines, choices={}, by=mara)
    assert Client().post(path).status_code == 404


def test_of_a_guests_new_address_nobody_is_told(gus, mara):
    with acting.merchant(mara):
        gus.change_email(NEW, by=mara)
    assert not Mail.objects.exists()


def test_a_colleagues_old_address_cannot_undo_an_owners_change(sam, mara):
    with acting.merchant(mara):
        sam.change_email(NEW, by=mara)
    assert "/email/undo/" not in last_mail("sam@shop.example").text
    assert "/backoffice/sign-in/" in last_mail(NEW).text
