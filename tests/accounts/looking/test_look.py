"""Staff see the account of a customer as the customer does: read-only, with a banner, and written down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.looking import look
from customers.models import Customer
from orders.documents.issue import issue_invoice
from orders.models import Order
from shopadmin.models import StaffLogEntry
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BANNER = "Je bekijkt het account van Ines van der Meulen."


@pytest.fixture
def order(ines, store) -> Order:
    return OrderFactory(customer=ines, language="nl")


@pytest.fixture
def looking(client, sam, ines, order) -> Client:
    """Sam's browser, who looks at the account of Ines."""
    client.force_login(sam)
    assert client.post(f"/backoffice/customers/{ines.pk}/look/").url == "/account/orders/"
    return client


def test_orders_papers_and_details_are_those_of_the_customer_in_her_language(looking, order):
    paper = issue_invoice(order).number
    for path, words in [("orders/", order.number), (f"orders/{order.number}/", "Subtotaal"), ("", "ines@")]:
        page = looking.get(f"/account/{path}").content.decode()
        assert (BANNER in page, words in page) == (True, True), path
    assert looking.get(f"/account/orders/{order.number}/{paper}.pdf")["Content-Type"] == "application/pdf"


def test_the_address_at_which_its_shopper_cancels_or_pays_is_not_shown(looking, order):
    assert order.token not in looking.get(f"/account/orders/{order.number}/").content.decode()


@pytest.mark.parametrize("path", ["edit/name/", "delete/", "sessions/", "export/", "email/", "ask/"])
def test_nothing_else_of_the_account_is_there_to_look_at(looking, path):
    assert looking.get(f"/account/{path}").status_code == 403


def test_no_form_of_account_or_shop_is_taken(looking, ines, order):
    forms = ["/account/edit/name/", "/account/", "/account/sign-out/", f"/order/{order.token}/cancellation/", "/cart/"]
    assert [looking.post(path, {"first_name": "Inez"}).status_code for path in forms] == [403] * len(forms)
    ines.refresh_from_db()
    assert ines.first_name == "Ines"


def test_each_page_is_in_the_staff_log(looking, sam, ines):
    looking.get("/account/orders/")
    entry = StaffLogEntry.objects.order_by("id").last()
    assert (entry.actor, entry.act, entry.whom, entry.page) == (sam.pk, "looked", ines.pk, "customer_look")
    assert entry.detail["seen"] == "account_orders"


def test_it_ends_by_its_button_and_leads_back(looking, ines):
    assert looking.post("/backoffice/look/end/").url == f"/backoffice/customers/{ines.pk}/"
    assert BANNER not in looking.get("/account/orders/").content.decode()
    assert looking.post("/language/", {"language": "nl"}).status_code == 302


def test_it_ends_by_itself(looking, monkeypatch):
    monkeypatch.setattr(look, "time", type("Later", (), {"time": lambda: timezone.now().timestamp() + look.LASTS}))
    assert BANNER not in looking.get("/account/orders/").content.decode()


def test_it_ends_with_the_rights_of_staff_and_with_the_account(looking, sam, ines):
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now() - timedelta(days=1))
    assert BANNER not in looking.get("/account/orders/").content.decode()
    Customer.objects.filter(pk=ines.pk).update(restricted_at=None)
    assert BANNER in looking.get("/account/orders/").content.decode()
    Customer.objects.filter(pk=sam.pk).update(role="", is_staff=False)
    assert BANNER not in looking.get("/account/orders/", follow=True).content.decode()


def test_a_guest_and_a_restricted_customer_have_no_account_to_see(as_mara, gus, ines):
    assert as_mara.post(f"/backoffice/customers/{gus.pk}/look/").status_code == 404
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now())
    assert as_mara.post(f"/backoffice/customers/{ines.pk}/look/").status_code == 403
