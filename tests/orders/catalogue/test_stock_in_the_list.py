"""Stock of many products, typed into their list."""

import pytest

from orders.models import Product
from tests.factories import ProductFactory
from tests.shown_page import error_summary, html_of, sent_by, text_of

URL = "/backoffice/products/"


@pytest.fixture
def mug(store) -> Product:
    return ProductFactory(name="Mug", stock=10)


@pytest.fixture
def lamp(store) -> Product:
    return ProductFactory(name="Lamp", stock=3)


@pytest.fixture
def book(store) -> Product:
    return ProductFactory(name="Book", stock=None)


def typed_into(response, **stock: str) -> dict[str, str]:
    """Return what the list would send with some stock typed over."""
    [form] = html_of(response).xpath("//form[.//table]")
    return sent_by(form) | stock


def stocks() -> dict[str, int | None]:
    return dict(Product.objects.values_list("name", "stock"))


def notices(response) -> list[str]:
    return [text_of(notice) for notice in html_of(response).xpath("//main//*[@role='alert']")]


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_support_sees_the_stock_and_types_none(client, request, mug, who):
    client.force_login(request.getfixturevalue(who))
    assert html_of(client.get(URL)).xpath("//table//input") == []
    assert client.post(URL, {f"stock_{mug.pk}": "99"}).status_code == 403
    assert stocks() == {"Mug": 10}


def test_what_is_typed_is_saved_and_nothing_else(as_mara, mug, lamp, book):
    page = as_mara.get(f"{URL}?sort=name")
    after = as_mara.post(f"{URL}?sort=name", typed_into(page, **{f"stock_{mug.pk}": "24"}), follow=True)
    assert after.redirect_chain == [(f"{URL}?sort=name", 302)]
    assert "Stock of 1 product saved" in after.content.decode()
    assert stocks() == {"Mug": 24, "Lamp": 3, "Book": None}


def test_what_was_sold_meanwhile_is_not_lost(as_mara, mug, lamp):
    sent = typed_into(as_mara.get(URL), **{f"stock_{mug.pk}": "24"})
    Product.objects.update(stock=2)
    after = as_mara.post(URL, sent, follow=True)
    assert stocks() == {"Mug": 16, "Lamp": 2}
    assert notices(after) == ["Mug: 8 sold while you were typing, so 16 are in stock now."]


def test_what_came_back_meanwhile_is_added(as_mara, mug):
    sent = typed_into(as_mara.get(URL), **{f"stock_{mug.pk}": "24"})
    Product.objects.update(stock=11)
    after = as_mara.post(URL, sent, follow=True)
    assert notices(after) == ["Mug: 1 came back while you were typing, so 25 are in stock now."]


def test_more_sold_than_was_counted_leaves_none(as_mara, mug):
    sent = typed_into(as_mara.get(URL), **{f"stock_{mug.pk}": "1"})
    Product.objects.update(stock=2)
    as_mara.post(URL, sent)
    assert stocks() == {"Mug": 0}


@pytest.mark.parametrize("value", ["", "-1", "1.5", "many", "1000001", "9" * 30])
def test_what_is_no_number_is_said_so_and_kept_and_nothing_is_saved(as_mara, mug, lamp, value):
    sent = typed_into(as_mara.get(URL), **{f"stock_{mug.pk}": value, f"stock_{lamp.pk}": "5"})
    response = as_mara.post(URL, sent)
    assert [line.partition(":")[0] for line in error_summary(response)] == ["Mug"]
    again = typed_into(response)
    assert (again[f"stock_{mug.pk}"], again[f"stock_{lamp.pk}"]) == (value, "5")
    assert stocks() == {"Mug": 10, "Lamp": 3}


def test_a_row_that_left_the_page_meanwhile_is_saved_too(as_mara, mug):
    Product.objects.update(low_stock_at=11)
    sent = typed_into(as_mara.get(f"{URL}?status=low"), **{f"stock_{mug.pk}": "12"})
    Product.objects.update(stock=20)
    as_mara.post(f"{URL}?status=low", sent)
    assert stocks() == {"Mug": 22}


@pytest.mark.parametrize("name", ["stock_999", "stock_99999999999999999999", "stock_x", "stock_"])
def test_a_product_that_is_not_there_is_left_out(as_mara, mug, name):
    assert as_mara.post(URL, {name: "5"}).status_code == 302
    assert stocks() == {"Mug": 10}


def test_a_product_that_nobody_counts_is_not_counted_from_the_list(as_mara, book):
    as_mara.post(URL, {f"stock_{book.pk}": "5"})
    assert stocks() == {"Book": None}
