"""Asking for a bulk action on orders, and its page."""

import pytest
from django.utils import timezone

from orders.models import Order, OrderBulkAction
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory
from tests.orders.bulk.order_bulk_actions import BULK, chosen, confirm, do, look
from tests.shown_page import error_summary

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SAVEPOINTS = 2  # around a form that is taken within a test's transaction; else it is BEGIN and COMMIT
LIST = "/backoffice/orders/"


@pytest.fixture
def orders(store):
    return [OrderFactory(number=f"W{number}") for number in (1, 2, 3)]


def test_support_handles_one_at_a_time(client, sam, orders):
    client.force_login(sam)
    assert client.post(BULK, chosen("payment", *orders)).status_code == 403
    assert "data-pick-all" not in client.get(LIST).content.decode()


def test_the_list_offers_it_for_what_it_shows(as_mara, orders):
    page = as_mara.get(LIST + "?todo=pay").content.decode()
    assert page.count('name="picked"') == 3
    assert '<input type="hidden" name="query" value="?todo=pay">' in page


def test_the_preview_says_how_many_how_much_and_what_is_skipped(as_mara, orders):
    Order.objects.filter(number="W1").update(state="cancelled")
    page = " ".join(look(as_mara, "payment", *orders).split())
    assert "What is left to pay on <strong>2 orders</strong> will be recorded as paid: <strong>€75.90</strong>." in page
    assert '<dt>Cancelled or withdrawn</dt><dd class="number">1</dd>' in page
    assert "Record 2 payments" in page


def test_each_order_to_ship_has_room_for_its_number(as_mara, orders):
    Order.objects.filter(number__in=["W1", "W2"]).update(payment_state="paid")
    page = look(as_mara, "ship", *orders)
    assert [f"tracking-{order.pk}" in page for order in orders] == [True, True, False]
    assert '<dt>To be paid in advance, and not paid yet</dt><dd class="number">1</dd>' in page


def test_too_many_to_type_are_shipped_without_numbers(as_mara, orders, monkeypatch):
    monkeypatch.setattr("orders.bulk.forms.MOST_TRACKED", 2)
    Order.objects.update(payment_state="paid")
    assert "tracking-" not in look(as_mara, "ship", *orders)


def test_a_number_too_long_is_refused_and_kept(as_mara, orders):
    Order.objects.update(payment_state="paid")
    sent = chosen("ship", orders[0]) | {"count": 1, "confirmed": "1", "carrier": "dhl"}
    page = as_mara.post(BULK, sent | {f"tracking-{orders[0].pk}": "9" * 61})
    assert ("Tracking number" in error_summary(page)[0], "9" * 61 in page.content.decode()) == (True, True)
    assert not OrderBulkAction.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Select at least one order."),
        ({"picked": ["x"]}, "The selection contains an invalid number."),
        ({"all": "1", "query": "state=nonsense"}, "The list has an invalid filter. Correct it in the list."),
    ],
)
def test_what_cannot_be_meant_leads_back_to_the_list(as_mara, orders, sent, words):
    response = as_mara.post(BULK, {"action": "payment"} | sent, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert words in response.content.decode()


def test_where_nothing_can_be_done_there_is_nothing_to_confirm(as_mara, orders):
    Order.objects.update(state="cancelled")
    page = look(as_mara, "ship", *orders)
    assert "This action is not possible for any of the selected orders." in page
    assert 'name="confirmed"' not in page


def test_a_shop_without_a_tax_number_is_told_before(as_mara, orders, monkeypatch):
    monkeypatch.setattr("orders.documents.issue.lacks_number", lambda store: True)
    assert "VAT number or tax number in the settings before you issue" in look(as_mara, "invoice", *orders)


def test_a_selection_that_changed_is_asked_for_again(as_mara, orders):
    sent = chosen("payment", view="") | {"count": 2, "confirmed": "1"}
    page = as_mara.post(BULK, sent)
    assert error_summary(page) == ["The selection has changed since you opened this page. Check it and confirm again."]
    assert not OrderBulkAction.objects.exists()


def test_the_result_names_what_was_skipped_and_leads_on(as_mara, orders):
    Order.objects.filter(number="W1").update(state="cancelled")
    page = as_mara.get(do(as_mara, "payment", *orders).get_absolute_url()).content.decode()
    assert '<a href="/backoffice/orders/W1/">W1</a>' in page
    assert "Cancelled or withdrawn: 1" in page
    assert f'name="picked" value="{orders[2].pk}"' in page


def test_it_can_be_stopped_before_it_begins(as_mara, orders):
    action = confirm(as_mara, "payment", *orders)
    as_mara.post(f"{action.get_absolute_url()}stop/")
    action.refresh_from_db()
    assert (action.state, action.done) == ("stopped", 0)


def test_past_actions_are_listed(as_mara, orders):
    assert "No bulk actions yet" in as_mara.get(BULK).content.decode()
    action = confirm(as_mara, "payment", *orders)
    assert action.get_absolute_url() in as_mara.get(BULK).content.decode()


def test_whoever_is_erased_is_not_named_to_a_manager(client, mara, orders):
    Order.objects.update(customer=None, erased_at=timezone.now(), state="completed", last_name="Verborgen")
    mara.role = "manager"
    mara.save()
    client.force_login(mara)
    page = look(client, "payment", *orders)
    assert (orders[0].number in page, "Verborgen" in page) == (True, False)


@pytest.mark.parametrize("kind", ["payment", "ship", "invoice"])
def test_three_orders_cost_what_one_costs(as_mara, orders, kind, django_assert_max_num_queries):
    Order.objects.update(payment_method="invoice")
    StoreSettings.current()
    with django_assert_max_num_queries(8 + SAVEPOINTS) as one:
        look(as_mara, kind, orders[0])
    with django_assert_max_num_queries(len(one)):
        look(as_mara, kind, *orders)


def test_its_page_costs_the_same_with_one_skip_and_three(as_mara, orders, django_assert_max_num_queries):
    Order.objects.filter(number="W1").update(payment_state="paid")
    few = do(as_mara, "payment", *orders).get_absolute_url()
    many = do(as_mara, "payment", *orders, OrderFactory()).get_absolute_url()
    with django_assert_max_num_queries(8) as one:
        as_mara.get(few)
    with django_assert_max_num_queries(len(one)):
        as_mara.get(many)
