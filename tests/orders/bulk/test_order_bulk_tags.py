"""Tags that are put on many orders at once, and taken off."""

import pytest
from django.core.management import call_command

from customers.models import Tag
from orders.models import Order, OrderTag
from tests.factories import OrderFactory
from tests.orders.bulk.order_bulk_actions import confirm, do, look, outcome
from tests.shown_page import errors


@pytest.fixture
def orders(ines, store) -> list[Order]:
    return [OrderFactory(customer=ines, number=f"W{n}") for n in (1, 2, 3)]


def tagged() -> list[tuple[str, str]]:
    return list(OrderTag.objects.order_by("order", "tag").values_list("order__number", "tag__name"))


def test_a_tag_is_put_on_each_once_and_taken_off_those_that_have_it(as_mara, orders):
    orders[0].order_tags.create(tag=Tag.objects.named("Urgent"))
    assert "<strong>2 orders</strong>" in look(as_mara, "tag", *orders[:2])
    assert outcome(do(as_mara, "tag", *orders[:2], name="urgent")) == ("done", 2, 0)
    assert tagged() == [("W1", "Urgent"), ("W2", "Urgent")]
    assert outcome(do(as_mara, "untag", *orders[1:], which=str(Tag.objects.get().pk))) == ("done", 2, 0)
    assert tagged() == [("W1", "Urgent")]


@pytest.mark.any_database
@pytest.mark.parametrize(("kind", "field"), [("tag", "name"), ("untag", "which")])
def test_without_a_tag_nothing_is_done(as_mara, orders, kind, field):
    sent = {"action": kind, "picked": orders[0].pk, "confirmed": "1", "count": 1}
    page = as_mara.post("/backoffice/orders/bulk/", sent)
    assert list(errors(page)) == [field]
    assert tagged() == []


def test_a_tag_that_is_deleted_before_the_worker_comes_is_put_on_nobody(as_mara, orders):
    action = confirm(as_mara, "tag", *orders, name="urgent")
    Tag.objects.all().delete()
    call_command("worker", "--once")
    action.refresh_from_db()
    assert (action.state, action.error) == ("failed", "The tag has been deleted in the meantime.")


def test_support_tags_one_by_one_only(client, sam, orders):
    client.force_login(sam)
    assert client.post("/backoffice/orders/bulk/", {"action": "tag", "picked": orders[0].pk}).status_code == 403
    assert client.post("/backoffice/orders/W1/tags/", {"name": "urgent"}).status_code == 302
