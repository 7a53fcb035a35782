"""Two people at one order: nobody's change is lost, and nothing is half saved."""

from decimal import Decimal

import pytest

from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.payments import enter_payment
from orders.models import Order
from tests.factories import ProductFactory
from tests.orders.editing.edits import URL, order_of_mugs, review, save, stock_of
from tests.shown_page import facts, filled, html_of, text_of


@pytest.fixture
def order(ines) -> Order:
    return order_of_mugs(ines)


@pytest.fixture
def mugs(order) -> str:
    return f"quantity-{order.lines.get().pk}"


def notice(page) -> str:
    [found] = html_of(page).xpath("//*[contains(@class, 'notice') and contains(@class, 'is-warn')]")
    return text_of(found)


def test_the_second_is_told_what_the_first_changed_and_keeps_what_they_typed(as_mara, order, mugs, sam):
    page = review(as_mara, **{mugs: "3"}, phone="+31302310000")
    edit(order, Wanted(contact={"first_name": "Inez", "phone": "+31612345678"}), by=sam)
    again = save(as_mara, page)
    assert "First name: now Inez" in notice(again)
    assert "Phone: now +31612345678, you entered +31302310000" in notice(again)
    form = filled(again, "order-form")
    assert (form["first_name"], form["phone"], form[mugs]) == ("Inez", "+31302310000", "3")
    assert order.events.count() == 1


def test_going_on_from_there_saves_both(as_mara, order, mugs, sam):
    page = review(as_mara, **{mugs: "3"})
    edit(order, Wanted(contact={"first_name": "Inez"}), by=sam)
    save(as_mara, as_mara.post(f"{URL}review/", filled(save(as_mara, page), "order-form")))
    order.refresh_from_db()
    assert (order.first_name, order.total) == ("Inez", Decimal("54.45"))


def test_a_line_that_the_first_took_off_does_not_come_back(as_mara, order, mugs, sam):
    page = review(as_mara, first_name="Inez")
    line, vase = order.lines.get(), ProductFactory(name="Vase")
    edit(order, Wanted(quantities={line.pk: 0}, added={vase.pk: 1}), by=sam)
    again = save(as_mara, page)
    assert mugs not in filled(again, "order-form")
    save(as_mara, as_mara.post(f"{URL}review/", filled(again, "order-form")))
    assert [str(line) for line in order.lines.all()] == ["1 × Vase"]


def test_a_payment_entered_meanwhile_shows_the_review_once_more(as_mara, order, mugs):
    page = review(as_mara, **{mugs: "3"})
    enter_payment(order, amount=Decimal("37.95"))
    again = save(as_mara, page)
    assert "the order has changed since you reviewed it" in notice(again)
    assert facts(again)["Left to pay"] == "€16.50"
    assert save(as_mara, again).status_code == 302
    order.refresh_from_db()
    assert order.outstanding == Decimal("16.50")


def test_pressed_twice_it_is_saved_once(as_mara, order):
    vase = ProductFactory(name="Vase", stock=5)
    page = review(as_mara, **{f"add-{vase.pk}": "2"})
    assert [save(as_mara, page).status_code for _press in range(2)] == [302, 302]
    assert (stock_of(vase), order.lines.count(), order.events.filter(kind="edited").count()) == (3, 2, 1)


def test_a_form_that_says_nonsense_of_what_was_seen_is_taken_as_it_is(as_mara, order):
    typed = filled(as_mara.get(URL), "order-form", first_name="Inez")
    for seen in ("", "[1]", '{"first_name": 3}', "{"):
        assert as_mara.post(f"{URL}review/", typed | {"seen": seen}).status_code == 200
