"""Inviting somebody to the staff: the mail, its link, and what an owner can do until it is accepted."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.email_verification import email_change
from customers.models import Customer, StaffInvitation
from customers.staff.forms import InvitationForm
from shopadmin.models import Mail, StoreSettings
from shopadmin.worker.housekeeping import chores
from tests.accounts.doors import last_mail, path_in, sign_in
from tests.accounts.soft_passkey import passkey_of
from tests.factories import OrderFactory, StaffInvitationFactory
from tests.shown_page import errors, filled, form_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
URL = "/backoffice/staff/"
JORIS = "joris@shop.example"
NEW = "a sentence for the backoffice"


def invite(owner, email=JORIS, **changes):
    page = owner.get(f"{URL}invite/")
    entries = {"email": email, "first_name": "Joris", "role": "support"} | changes
    return owner.post(f"{URL}invite/", filled(page, "invitation-form", **entries))


def link(email=JORIS):
    return path_in(last_mail(email), "/sign-in/invitation/")


def accept(browser, path, password=NEW):
    return browser.post(path, {"password1": password, "password2": password})


def works(path):
    return Client().get(path).status_code == 200


@pytest.fixture
def later(monkeypatch):
    """Let so much time pass."""

    def later(passed):
        now = timezone.now() + passed
        monkeypatch.setattr(timezone, "now", lambda: now)

    return later


# --- Inviting


def test_an_invitation_gives_nobody_a_record_or_rights(as_mara, mara):
    assert invite(as_mara, email="Joris@Shop.example").url == URL
    invitation = StaffInvitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (JORIS, "support", mara)
    assert list(Customer.objects.values_list("email", flat=True)) == ["mara@shop.example"]


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "You are invited to work at Veld & Vorm", "valid for 72 hours, until 23 Nov 2026, 00:30."),
        ("nl", "Je bent uitgenodigd om bij Veld & Vorm te werken", "is 72 uur geldig, tot 23 nov 2026, 00:30."),
        ("de", "Sie sind eingeladen, bei Veld & Vorm mitzuarbeiten", "ist 72 Stunden gültig, bis 23.11.2026, 00:30."),
    ],
)
def test_the_mail_speaks_the_language_that_was_chosen(as_mara, monkeypatch, language, subject, words):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 19, 23, 30, tzinfo=UTC))
    StoreSettings.objects.update(time_zone="Europe/Amsterdam")
    invite(as_mara, language=language)
    mail = last_mail(JORIS)
    assert mail.subject == subject
    assert words in " ".join(mail.text.split())


def test_a_customer_is_written_to_in_their_own_language(as_mara, ines):
    invite(as_mara, email=ines.email, language="de")
    assert (last_mail(ines.email).language, last_mail(ines.email).customer) == ("nl", ines)


def test_nobody_reads_the_link_in_the_backoffice(as_mara):
    invite(as_mara)
    mail, secret = last_mail(JORIS), link().rstrip("/").rpartition("/")[2]
    pages = [f"/backoffice/mails/{mail.pk}/", f"/backoffice/mails/{mail.pk}/html/", URL]
    assert [secret in as_mara.get(page).content.decode() for page in pages] == [False, False, False]
    assert secret not in str(StaffInvitation.objects.values())


@pytest.mark.parametrize(
    ("entry", "value", "message"),
    [
        ("email", "", "This field is required."),
        ("email", "joris", "Enter a valid email address."),
        ("email", "mara@shop.example", "This person is already a member of staff."),
        ("first_name", "", "This field is required."),
        ("role", "king", "Select a valid choice. king is not one of the available choices."),
        ("language", "xx", "Select a valid choice. xx is not one of the available choices."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(as_mara, entry, value, message):
    page = invite(as_mara, **{entry: value})
    assert errors(page) == {entry: message}
    assert form_with(page, "email").fields["email" if entry != "email" else "first_name"] in (JORIS, "Joris")
    assert not Mail.objects.exists()


def test_an_address_is_invited_once(as_mara):
    invite(as_mara)
    message = "This person has already been invited. You can send the invitation again."
    assert errors(invite(as_mara)) == {"email": message}
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("closed", [{"access": "blocked"}, {"restricted_at": "2026-11-01T10:00Z"}])
def test_a_customer_whose_door_is_shut_is_not_invited(as_mara, ines, closed):
    Customer.objects.filter(pk=ines.pk).update(**closed)
    message = "This customer's account is blocked, restricted or not approved. Open it first."
    assert errors(invite(as_mara, email=ines.email)) == {"email": message}


# --- Accepting


def test_opening_the_link_changes_nothing(as_mara, client):
    invite(as_mara)
    before = StaffInvitation.objects.values().get()
    assert [works(link()), works(link())] == [True, True]
    assert StaffInvitation.objects.values().get() == before
    assert Customer.objects.count() == 1


def test_who_accepts_signs_in_with_their_password_and_role(as_mara):
    invite(as_mara, role="manager", language="de")
    browser = Client()
    assert accept(browser, link()).url == "/backoffice/"
    assert browser.get("/backoffice/").status_code == 200
    joris = Customer.objects.get(email=JORIS)
    assert (joris.is_staff, joris.role, joris.first_name, joris.language) == (True, "manager", "Joris", "de")
    assert joris.check_password(NEW)
    assert (joris.is_superuser, joris.is_shopper, joris.is_registered) == (False, False, True)
    assert sign_in(Client(), JORIS, NEW).status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("short", "short"), "password1"),
        ((NEW, "another sentence"), "password2"),
        (("joris@shop.example!",) * 2, "password1"),
    ],
)
def test_a_bad_password_is_refused_and_the_link_goes_on_working(as_mara, typed, field):
    invite(as_mara)
    response = Client().post(link(), dict(zip(("password1", "password2"), typed, strict=True)))
    assert list(errors(response)) == [field]
    assert works(link())


def test_the_link_works_once(as_mara):
    invite(as_mara)
    path = link()
    accept(Client(), path)
    again = accept(Client(), path, "quite another sentence")
    assert again.status_code == 404
    assert "This invitation is no longer valid" in again.content.decode()
    assert Customer.objects.get(email=JORIS).check_password(NEW)


def test_it_works_for_72_hours_and_not_longer(as_mara, later):
    invite(as_mara)
    later(timedelta(hours=72) - timedelta(minutes=1))
    assert works(link())
    later(timedelta(minutes=1))
    assert not works(link())
    assert accept(Client(), link()).status_code == 404
    assert not Customer.objects.filter(email=JORIS).exists()


def test_who_is_signed_in_as_somebody_else_becomes_the_invited(as_mara):
    invite(as_mara)
    accept(as_mara, link())
    assert as_mara.get("/backoffice/").wsgi_request.user.email == JORIS


# --- A customer who is invited


def test_a_customer_gets_rights_only_by_accepting_and_keeps_their_orders(as_mara, mara, ines, otto):
    order, browser = OrderFactory(customer=ines), Client()
    Customer.objects.filter(pk=ines.pk).update(orders_count=1)
    browser.force_login(ines)
    invite(as_mara, email=ines.email)
    assert browser.get("/backoffice/").status_code == 404
    accept(Client(), link(ines.email))
    ines.refresh_from_db()
    assert (ines.is_staff, ines.role, ines.first_name, order.customer) == (True, "support", "Ines", ines)
    assert Customer.objects.shoppers().filter(pk=ines.pk).exists()
    assert dict(ines.history.filter(actor=mara).values_list("field", "new")) == {"is_staff": "true", "role": "support"}
    assert not Customer.objects.get(pk=otto.pk).is_staff


def test_an_address_they_had_before_cannot_take_their_rights_back(as_mara, ines):
    email_change.change(ines, "ines@new.example")
    undo = path_in(last_mail("ines@vandermeulen.example"), "/email/undo/")
    invite(as_mara, email="ines@new.example")
    accept(Client(), link("ines@new.example"))
    Client().post(undo)
    ines.refresh_from_db()
    assert (ines.email, ines.check_password(NEW)) == ("ines@new.example", True)


def test_whoever_was_signed_in_before_is_signed_out(as_mara, ines):
    browser = Client()
    browser.force_login(ines)
    invite(as_mara, email=ines.email)
    accept(Client(), link(ines.email))
    assert browser.get("/account/").status_code == 302
    assert ines.sessions.count() == 1


def test_no_passkey_from_before_becomes_a_second_factor(as_mara, ines):
    passkey_of(ines)
    invite(as_mara, email=ines.email)
    accept(Client(), link(ines.email))
    assert not Authenticator.objects.exists()


def test_a_guest_who_accepts_need_not_wait_for_approval(as_mara, gus):
    StoreSettings.objects.update(approval="everybody")
    invite(as_mara, email=gus.email)
    assert accept(Client(), link(gus.email)).url == "/backoffice/"
    gus.refresh_from_db()
    assert (gus.access, gus.is_registered, gus.is_staff) == ("open", True, True)


def test_who_was_blocked_meanwhile_cannot_accept(as_mara, ines):
    invite(as_mara, email=ines.email)
    Customer.objects.filter(pk=ines.pk).update(access="blocked")
    assert accept(Client(), link(ines.email)).status_code == 404
    assert not Customer.objects.get(pk=ines.pk).is_staff


# --- Sending again, withdrawing, forgetting


def test_sending_again_ends_the_link_before(as_mara, mara, later):
    invite(as_mara)
    first, invitation = link(), StaffInvitation.objects.get()
    later(timedelta(hours=80))
    as_mara.force_login(mara)
    assert as_mara.post(f"{URL}invitations/{invitation.pk}/send/").url == URL
    assert first != link()
    assert [works(first), works(link())] == [False, True]


def test_who_invites_somebody_at_the_same_time_as_another_owner_is_told(as_mara, monkeypatch):
    form = filled(as_mara.get(f"{URL}invite/"), "invitation-form", email=JORIS, first_name="Joris")
    monkeypatch.setattr(InvitationForm, "validate_unique", lambda form: StaffInvitationFactory(email=JORIS))
    page = as_mara.post(f"{URL}invite/", form, follow=True)
    assert "No invitation was sent: someone else changed it at the same time." in page.content.decode()
    assert (StaffInvitation.objects.count(), Mail.objects.count()) == (1, 0)


def test_a_withdrawn_invitation_works_no_more(as_mara):
    invite(as_mara)
    path = link()
    invitation = StaffInvitation.objects.get()
    assert as_mara.post(f"{URL}invitations/{invitation.pk}/withdraw/").url == URL
    assert not works(path)
    assert as_mara.post(f"{URL}invitations/{invitation.pk}/send/").status_code == 404


def test_one_that_nobody_accepted_is_forgotten_after_a_month_with_its_mail(as_mara, later):
    invite(as_mara)
    later(timedelta(days=29))
    for chore in chores:
        chore()
    assert StaffInvitation.objects.exists()
    later(timedelta(days=2))
    for chore in chores:
        chore()
    assert (StaffInvitation.objects.count(), Mail.objects.filter(to=JORIS).count()) == (0, 0)


def test_erasing_a_customer_takes_their_invitation_along(as_mara, ines):
    invite(as_mara, email=ines.email)
    invite(as_mara)
    as_mara.post(f"/backoffice/customers/{ines.pk}/delete/")
    assert list(StaffInvitation.objects.values_list("email", flat=True)) == [JORIS]
