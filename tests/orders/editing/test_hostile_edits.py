"""Whatever a script sends gets an answer: the form again, and nothing is written."""

from collections.abc import Iterator

import pytest

from orders.models import Order
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.editing.edits import URL, order_of_mugs
from tests.shown_page import filled

pytestmark = pytest.mark.any_database

HOSTILE = ["9" * 5000, "-1", "x" * 20_000, "²", "[" * 100_000, '{"first_name": null}', "😀"]
FIELDS = ["first_name", "phone", "billing-country", "billing-postcode", "delivery", "payment_method", "find", "pick",
          "seen", "key", "agreed", "add-999999999", "add-" + "9" * 30, "quantity-0", "ship_elsewhere"]  # fmt: skip


def spoilt(form: dict, *fields: str) -> Iterator[dict]:
    """The form with another value in each field, as often as there are values; empty; and with one at a time."""
    names = [*FIELDS, *fields]
    for shift in range(len(HOSTILE)):
        yield form | {name: HOSTILE[(at + shift) % len(HOSTILE)] for at, name in enumerate(names)}
    yield from (form | {name: HOSTILE[0]} for name in ("find", "pick", "seen", "key", *fields))
    yield {}


@pytest.mark.parametrize("page", [URL, f"{URL}review/", f"{URL}save/"])
def test_an_edit_answers_anything(as_mara, ines, page):
    order = order_of_mugs(ines)
    for typed in spoilt(filled(as_mara.get(URL), "order-form"), f"quantity-{order.lines.get().pk}"):
        assert as_mara.post(page, typed).status_code in (200, 302)
    assert (order.events.count(), Order.objects.get().total) == (0, order.total)


@pytest.mark.parametrize("part", ["", "review/", "place/"])
def test_an_order_by_phone_answers_anything(as_mara, ines, part):
    mug, url = ProductFactory(), f"/backoffice/customers/{ines.pk}/order/"
    DeliveryMethodFactory()
    form = filled(as_mara.get(url), "order-form") | {f"add-{mug.pk}": "1"}
    for typed in spoilt(form, f"add-{mug.pk}", f"discount-{mug.pk}", "order_discount", "reference", "order_note"):
        assert as_mara.post(url + part, typed).status_code == 200
    assert not Order.objects.exists()


@pytest.mark.parametrize("words", [value[:1000] for value in HOSTILE], ids=range(len(HOSTILE)))
def test_customers_are_searched_by_anything(as_mara, ines, words):
    assert as_mara.get("/backoffice/orders/new/", {"q": words}).status_code == 200
