"""Tags on orders: the shop's tags, on an order's page, in the filter of the list, and in the list of tags."""

import pytest

from customers.models import Tag
from orders.models import Order
from tests.factories import OrderFactory
from tests.shown_page import html_of, link_called, text_of

URL = "/backoffice/orders/W1/tags/"


@pytest.fixture
def orders(ines) -> list[Order]:
    return [OrderFactory(customer=ines, number=f"W{n}") for n in (1, 2)]


def tags_of(order: Order) -> list[str]:
    return list(order.order_tags.values_list("tag__name", flat=True))


def listed(client, query: str) -> list[str]:
    page = html_of(client.get(f"/backoffice/orders/?{query}"))
    return sorted(text_of(link) for link in page.xpath("//tbody//a[@class='cover']"))


def test_who_only_looks_tags_nothing(client, rosa, otto, orders, store):
    for person, status in ((rosa, 403), (otto, 404)):
        client.force_login(person)
        assert client.post(URL, {"name": "urgent"}).status_code == status
    assert tags_of(orders[0]) == []


def test_a_tag_is_put_on_once_whatever_its_spelling_and_taken_off(as_mara, orders, ines):
    ines.tags.add(Tag.objects.named("Über"))
    for name in ("urgent", "Urgent", "uber"):
        assert as_mara.post(URL, {"name": name})["Location"] == URL
    assert tags_of(orders[0]) == ["Über", "urgent"]
    assert Tag.objects.count() == 2
    as_mara.post(URL, {"remove": Tag.objects.get(name="urgent").pk})
    assert (tags_of(orders[0]), tags_of(orders[1])) == (["Über"], [])


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["", "!!", "x" * 41])
def test_a_tag_that_is_none_is_answered_and_kept(as_mara, orders, name):
    response = as_mara.post(URL, {"name": name})
    assert 'aria-invalid="true"' in response.content.decode()
    assert (tags_of(orders[0]), response.status_code) == ([], 200)


@pytest.mark.parametrize("wrong", ["x", "0", "99999999999999999999"])
def test_taking_off_what_is_no_tag_changes_nothing(as_mara, orders, wrong):
    as_mara.post(URL, {"name": "urgent"})
    assert as_mara.post(URL, {"remove": wrong}).status_code == 302
    assert tags_of(orders[0]) == ["urgent"]


def test_the_list_is_filtered_by_a_tag(as_mara, orders, django_assert_max_num_queries):
    as_mara.post(URL, {"name": "urgent"})
    tag = Tag.objects.get()
    assert link_called(as_mara.get("/backoffice/orders/W1/"), "urgent") == f"/backoffice/orders/?tag={tag.pk}"
    assert listed(as_mara, "") == ["W1", "W2"]
    with django_assert_max_num_queries(10):
        assert listed(as_mara, f"tag={tag.pk}") == ["W1"]
    assert listed(as_mara, f"tag={tag.pk}&state=completed") == []
    assert listed(as_mara, "tag=77") == []


def test_a_tag_that_is_renamed_into_another_is_one_on_orders_too(as_mara, orders):
    for order, name in ((orders[0], "urgent"), (orders[0], "hurry"), (orders[1], "hurry")):
        as_mara.post(f"/backoffice/orders/{order.number}/tags/", {"name": name})
    hurry = Tag.objects.get(name="hurry")
    as_mara.post(f"/backoffice/customers/tags/{hurry.pk}/rename/", {"name": "urgent"})
    assert [tags_of(order) for order in orders] == [["urgent"], ["urgent"]]
    page = as_mara.get("/backoffice/customers/tags/")
    assert link_called(page, "2 orders") == f"/backoffice/orders/?tag={Tag.objects.get().pk}"
