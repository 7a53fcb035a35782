"""The staff page: who may enter, who is listed, roles, sessions and removal."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from customers.models import Customer, Erasure, StaffInvitation
from customers.staff import colleagues
from shopadmin.roles import Role
from tests.factories import OrderFactory, StaffInvitationFactory
from tests.people import member_of_staff
from tests.shown_page import errors, html_of, table_rows, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
URL = "/backoffice/staff/"


@pytest.fixture
def olga(db):
    """Owns the shop, too."""
    return member_of_staff("olga@shop.example", "Olga", Role.OWNER)


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def may_enter(browser):
    return browser.get("/backoffice/").status_code == 200


def role_of(person):
    return Customer.objects.filter(pk=person.pk).values_list("is_staff", "role").first()


@pytest.mark.parametrize("role", ["manager", "support", "readonly"])
def test_only_owners_may_enter(role, sam):
    Customer.objects.filter(pk=sam.pk).update(role=role)
    browser, invited = signed_in(Customer.objects.get(pk=sam.pk)), StaffInvitationFactory()
    pages = ["", "invite/", f"{sam.pk}/role/", f"{sam.pk}/remove/"]
    assert {browser.get(f"{URL}{page}").status_code for page in pages} == {403}
    verbs = [f"invitations/{invited.pk}/withdraw/", f"invitations/{invited.pk}/send/", f"{sam.pk}/sessions/end/"]
    assert {browser.post(f"{URL}{verb}").status_code for verb in verbs} == {403}
    assert StaffInvitation.objects.get().sent_at == invited.sent_at


def test_it_lists_staff_and_who_is_invited_and_no_customers(as_mara, sam, ines):
    Customer.objects.filter(pk=sam.pk).update(last_name="Okafor", last_login=None)
    StaffInvitationFactory(first_name="Joris", email="joris@shop.example", role="readonly")
    late = timezone.now() - timedelta(hours=72)
    StaffInvitationFactory(first_name="Lieke", email="lieke@shop.example", sent_at=late)
    rows = [[cell.split(" until")[0] for cell in row[:4]] for row in table_rows(as_mara.get(URL))]
    assert [row[1] for row in rows] == ["Owner", "Support", "Read-only", "Support"]
    assert rows[0][0].endswith("(you)mara@shop.example")
    assert rows[1][0] == "Sam Okaforsam@shop.example"
    assert [row[3] for row in rows[1:]] == ["Never", "Invited", "Invitation expired"]


def test_it_says_when_somebody_signed_in_last(as_mara, sam):
    Customer.objects.filter(pk=sam.pk).update(last_login="2026-11-20T10:40Z")
    assert table_rows(as_mara.get(URL))[1][3] == "20 Nov 2026, 11:40"


def test_it_stands_in_the_index_of_the_settings_below_team(as_mara):
    page = html_of(as_mara.get("/backoffice/settings/details/"))
    assert text_of(page.xpath(f"//nav//a[@href='{URL}']/ancestor::ul/preceding-sibling::h2[1]")[0]) == "Team"


def test_more_people_take_no_more_queries(as_mara, django_assert_num_queries, sam):
    StaffInvitationFactory(invited_by=sam)
    as_mara.get(URL)
    with django_assert_num_queries(8):
        as_mara.get(URL)
    for number in range(2):
        member_of_staff(f"more{number}@shop.example", "More", Role.SUPPORT)
        StaffInvitationFactory(invited_by=sam)
    with django_assert_num_queries(8):
        as_mara.get(URL)


# --- Another role


def test_another_role_signs_them_out_and_stands_in_their_history(as_mara, mara, sam, rosa):
    browser = signed_in(sam)
    assert as_mara.post(f"{URL}{sam.pk}/role/", {"role": "manager"}).url == URL
    assert role_of(sam) == (True, "manager")
    assert not may_enter(browser)
    assert sam.sessions.count() == 0
    change = sam.history.get(field="role")
    assert (change.old, change.new, change.actor) == ("support", "manager", mara)
    assert role_of(rosa) == (True, "readonly")


def test_the_same_role_changes_nothing(as_mara, sam):
    browser = signed_in(sam)
    as_mara.post(f"{URL}{sam.pk}/role/", {"role": "support"})
    assert may_enter(browser)


def test_a_role_that_does_not_exist_is_refused(as_mara, sam):
    response = as_mara.post(f"{URL}{sam.pk}/role/", {"role": "king"})
    assert errors(response) == {"role": "Select a valid choice. king is not one of the available choices."}
    assert role_of(sam) == (True, "support")


def test_an_owner_who_is_one_no_longer_loses_what_they_invited(as_mara, olga, mara):
    StaffInvitationFactory(invited_by=olga)
    kept = StaffInvitationFactory(invited_by=mara)
    as_mara.post(f"{URL}{olga.pk}/role/", {"role": "manager"})
    assert list(StaffInvitation.objects.all()) == [kept]


# --- Sessions


def test_ending_sessions_signs_them_out_and_nobody_else(as_mara, sam, rosa):
    browsers = [signed_in(sam), signed_in(sam), signed_in(rosa)]
    assert as_mara.post(f"{URL}{sam.pk}/sessions/end/").url == URL
    assert [may_enter(browser) for browser in browsers] == [False, False, True]
    assert may_enter(as_mara)


# --- Removing


def test_removing_asks_first(as_mara, sam):
    page = as_mara.get(f"{URL}{sam.pk}/remove/").content.decode()
    assert "their record is erased" in page
    assert role_of(sam) == (True, "support")


def test_who_never_ordered_nor_signed_up_is_erased(as_mara, sam, ines):
    browser = signed_in(sam)
    ines.dated_notes.create(text="Rang twice.", author=sam)
    StaffInvitationFactory(invited_by=sam)
    assert as_mara.post(f"{URL}{sam.pk}/remove/").url == URL
    assert role_of(sam) is None
    assert not may_enter(browser)
    assert Erasure.objects.get().customer_number == sam.pk
    assert ines.dated_notes.get().text == "Rang twice."
    assert not StaffInvitation.objects.exists()


@pytest.mark.parametrize("is_customer", [{"origin": "sign_up"}, {"orders_count": 1}])
def test_who_was_a_customer_stays_one_with_their_name_on_what_they_did(as_mara, mara, sam, ines, is_customer):
    Customer.objects.filter(pk=sam.pk).update(**is_customer, is_superuser=True)
    OrderFactory(customer=sam)
    note, browser = ines.dated_notes.create(text="Rang twice.", author=sam), signed_in(sam)
    assert "Their customer account and orders stay" in as_mara.get(f"{URL}{sam.pk}/remove/").content.decode()
    as_mara.post(f"{URL}{sam.pk}/remove/")
    left = Customer.objects.shoppers().get(pk=sam.pk)
    assert (left.is_staff, left.is_superuser, left.role, left.orders.count()) == (False, False, "", 1)
    assert not may_enter(browser)
    assert sam.sessions.count() == 0
    note.refresh_from_db()
    assert note.author == sam
    assert set(sam.history.filter(actor=mara).values_list("field", flat=True)) == {"is_staff", "role"}


def test_customers_cannot_be_removed_from_staff(as_mara, ines):
    assert as_mara.post(f"{URL}{ines.pk}/remove/").status_code == 404
    assert Customer.objects.filter(pk=ines.pk).exists()


@pytest.mark.parametrize(("page", "sent"), [("role", {"role": "support"}), ("remove", {}), ("sessions/end", {})])
def test_nobody_changes_or_removes_themselves(as_mara, mara, olga, page, sent):
    response = as_mara.post(f"{URL}{mara.pk}/{page}/", sent)
    assert response.status_code == 403
    assert "Ask another owner" in response.content.decode()
    assert role_of(mara) == (True, "owner")


def test_their_own_row_offers_nothing(as_mara, mara):
    assert html_of(as_mara.get(URL)).xpath("//tbody//details") == []


@pytest.mark.parametrize("verb", [colleagues.remove, lambda who, by: colleagues.change_role(who, "support", by=by)])
def test_who_is_no_owner_any_more_by_then_is_refused(mara, olga, verb):
    """What a request read a moment ago does not count."""
    Customer.objects.filter(pk=mara.pk).update(role="manager")
    with pytest.raises(PermissionDenied):
        verb(olga, by=mara)
    assert role_of(olga) == (True, "owner")


def test_an_owner_who_has_ordered_cannot_block_themselves(as_mara, mara):
    Customer.objects.filter(pk=mara.pk).update(orders_count=1)
    assert as_mara.post(f"/backoffice/customers/{mara.pk}/blocking/", {"decision": "block"}).status_code == 403
    assert Customer.objects.get(pk=mara.pk).access == "open"
