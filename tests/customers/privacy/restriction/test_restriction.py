"""Restricting the use of a customer's data: who still sees it, what stays closed, and how it ends."""

import pytest
from django.test import Client
from django.utils import timezone

from customers.history.words import field_label
from customers.models import Customer, PrivacyRequest
from shopadmin.models import Mail
from shopadmin.roles import Role
from tests.factories import CustomerFactory, DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import order_now
from tests.shown_page import html_of

pytestmark = pytest.mark.django_db
CUSTOMERS = "/backoffice/customers/"
CLOSED = ["edit/", "tags/", "notes/", "merge/"]
SHOWN = ["", "password-link/", "blocking/", "delete/", "export/"]


@pytest.fixture
def restricted(ines, store) -> Customer:
    """Ines, who had the use of her data restricted."""
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now())
    ines.refresh_from_db()
    return ines


@pytest.fixture
def as_max(store) -> Client:
    """A manager, who may do all but what is the owners'."""
    client = Client()
    person = {"email": "max@shop.example", "registered": True, "is_staff": True, "language": "en"}
    client.force_login(CustomerFactory(**person, role=Role.MANAGER))
    return client


def listed(client, **filters) -> list[str]:
    return html_of(client.get(CUSTOMERS, filters)).xpath("//tbody//a[@class='cover']/@href")


def page_of(customer, place="") -> str:
    return f"{CUSTOMERS}{customer.pk}/{place}"


def test_carrying_out_a_request_restricts_and_says_so(as_mara, mara, ines):
    asked = PrivacyRequest.objects.create(customer=ines, kind="restriction")
    as_mara.post(f"{asked.get_absolute_url()}done/", {"outcome": "Until the address is checked.", "tell": "on"})
    ines.refresh_from_db()
    asked.refresh_from_db()
    assert (ines.is_restricted, asked.state) == (True, "done")
    change = ines.history.get(field="restricted_at")
    assert (change.actor, field_label(change.field)) == (mara, "Use of data restricted")
    assert "Until the address is checked." in Mail.objects.get(name="request_answered").text


def test_declining_one_restricts_nothing(as_mara, ines):
    asked = PrivacyRequest.objects.create(customer=ines, kind="restriction")
    as_mara.post(f"{asked.get_absolute_url()}decline/", {"outcome": "It was not her."})
    assert not Customer.objects.restricted().exists()


def test_owners_see_the_customer_with_a_banner_and_a_badge(as_mara, restricted, gus):
    page = as_mara.get(page_of(restricted)).content.decode()
    for words in ("data has been restricted since", "Lift restriction", "ines@<wbr>vandermeulen.example"):
        assert words in page, words
    assert page_of(restricted, "edit/") not in page
    assert page_of(restricted) in listed(as_mara)
    assert listed(as_mara, status="restricted") == [page_of(restricted)]
    assert html_of(as_mara.get(CUSTOMERS, {"status": "restricted"})).xpath("//tbody//*[text()='Restricted']")


def test_others_find_nothing_and_are_told_why_where_they_come_by_an_address(as_max, restricted, gus):
    assert listed(as_max) == [page_of(gus)]
    for words in ("van der Meulen", restricted.email, f"#{restricted.pk}", str(restricted.pk)):
        assert listed(as_max, q=words) == [], words
    assert listed(as_max, status="restricted") == []
    assert "status=restricted" not in as_max.get(CUSTOMERS).content.decode()
    for place in (*SHOWN, *CLOSED):
        response = as_max.get(page_of(restricted, place))
        words = "Only owners of the shop can see it."
        assert (response.status_code, words in response.content.decode()) == (403, True), place
        assert "Meulen" not in response.content.decode()


@pytest.mark.parametrize("place", CLOSED)
def test_nobody_edits_it_not_even_an_owner_and_reads_why(as_mara, restricted, place):
    for response in (as_mara.get(page_of(restricted, place)), as_mara.post(page_of(restricted, place), {})):
        assert response.status_code == 403
        assert "Lift the restriction first." in response.content.decode()


def test_a_form_that_was_open_meanwhile_changes_nothing(as_mara, ines, store):
    as_mara.get(page_of(ines, "edit/"))
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now())
    as_mara.post(page_of(ines, "edit/"), {"email": ines.email, "first_name": "Inez", "customer_type": "private"})
    ines.refresh_from_db()
    assert ines.first_name == "Ines"


def test_notes_cannot_be_deleted_meanwhile(as_mara, restricted):
    note = restricted.dated_notes.create(text="Rang twice.")
    assert as_mara.post(f"{CUSTOMERS}notes/{note.pk}/delete/").status_code == 403
    assert restricted.dated_notes.count() == 1


def test_owners_can_still_erase_and_others_cannot(as_mara, as_max, restricted):
    asked = PrivacyRequest.objects.create(customer=restricted)
    for path in (page_of(restricted, "delete/"), f"{asked.get_absolute_url()}erasure/"):
        assert as_max.post(path).status_code == 403
    as_mara.post(page_of(restricted, "delete/"))
    assert not Customer.objects.filter(pk=restricted.pk).exists()


def test_requests_of_a_restricted_customer_name_nobody_to_others(as_mara, as_max, restricted):
    asked = PrivacyRequest.objects.create(customer=restricted, kind="access", remark="Asked by Ines")
    for path in ("/backoffice/privacy/", asked.get_absolute_url()):
        seen, masked = (client.get(path).content.decode() for client in (as_mara, as_max))
        assert ("van der Meulen" in seen, "Meulen" in masked, "Asked by Ines" in masked) == (True, False, False)
        assert "Restricted" in masked
    for verb in ("done", "decline", "extend"):
        assert as_max.post(f"{asked.get_absolute_url()}{verb}/", {"outcome": "x"}).status_code == 403
    asked.refresh_from_db()
    assert asked.is_open


def test_the_person_still_signs_in_changes_orders_and_asks(client, restricted):
    client.force_login(restricted)
    assert client.get("/account/").status_code == 200
    client.post("/account/edit/name/", {"first_name": "Inez", "last_name": "Meulen"})
    client.post("/account/ask/", {"kind": "access"})
    order_now(client, ProductFactory(), DeliveryMethodFactory(), email=restricted.email)
    restricted.refresh_from_db()
    assert (restricted.first_name, restricted.orders.count(), restricted.privacy_requests.count()) == ("Inez", 1, 1)


def test_an_order_by_whoever_types_a_guests_address_does_not_rewrite_the_record(client, gus, store):
    Customer.objects.filter(pk=gus.pk).update(restricted_at=timezone.now())
    order_now(client, ProductFactory(), DeliveryMethodFactory(), email=gus.email, first_name="Nobody")
    gus.refresh_from_db()
    assert (gus.orders.count(), gus.first_name, gus.addresses.count()) == (1, "Gus", 0)


def test_an_owner_lifts_it_and_the_person_is_told(as_mara, mara, restricted):
    page = as_mara.get(page_of(restricted, "lift-restriction/")).content.decode()
    assert "had restricted the use of your data" in page
    assert Customer.objects.restricted().exists()
    for _twice in range(2):
        assert as_mara.post(page_of(restricted, "lift-restriction/")).url == page_of(restricted)
    restricted.refresh_from_db()
    mail = Mail.objects.get(name="restriction_lifted")
    assert (restricted.is_restricted, mail.to, mail.language) == (False, restricted.email, "nl")
    assert restricted.history.get(field="restricted_at", new="").actor == mara
    assert as_mara.get(page_of(restricted, "edit/")).status_code == 200


def test_nobody_else_lifts_it(as_max, restricted):
    assert as_max.post(page_of(restricted, "lift-restriction/")).status_code == 403
    assert Customer.objects.restricted().count() == 1
