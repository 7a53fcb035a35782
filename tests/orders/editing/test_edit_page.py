"""Changing an order of which nothing is shipped or invoiced."""

from decimal import Decimal

import pytest

from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import DailySales, Order
from shopadmin.models import Mail, StoreSettings
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.editing.edits import URL, change, order_of_mugs, review, save, stock_of
from tests.shown_page import error_summary, errors, facts, filled, html_of, table_rows, text_of, timeline_texts

pytestmark = pytest.mark.any_database


@pytest.fixture
def order(ines) -> Order:
    return order_of_mugs(ines)


@pytest.fixture
def mugs(order) -> str:
    """The name of the field that says how many mugs."""
    return f"quantity-{order.lines.get().pk}"


def amounts(order: Order) -> list[str]:
    order.refresh_from_db()
    return [str(amount) for amount in (order.items_gross, order.delivery_gross, order.total_vat, order.total)]


@pytest.mark.parametrize("page", [URL, f"{URL}review/", f"{URL}save/"])
def test_who_only_looks_changes_nothing(client, rosa, order, mugs, page, store):
    client.force_login(rosa)
    assert client.post(page, {mugs: "5"}).status_code == 403
    assert amounts(order)[3] == "37.95"


def test_the_review_shows_what_changes_in_price_and_saves_nothing(as_mara, order, mugs):
    enter_payment(order, amount=Decimal("37.95"))
    page = review(as_mara, **{mugs: "3"})
    rows = table_rows(page)
    assert rows[0] == ["Stacking mug", "2 → 3", "€33.00", "€49.50"]
    assert rows[-1] == ["Total", "€37.95", "€54.45"]
    assert facts(page)["Left to pay"] == "€16.50"
    assert amounts(order) == ["33.00", "4.95", "6.59", "37.95"]


def test_more_of_an_item_is_taken_from_stock_and_adds_up_everywhere(as_mara, order, mugs, ines):
    enter_payment(order, amount=Decimal("37.95"))
    assert change(as_mara, **{mugs: "3"})["Location"] == "/backoffice/orders/W10479/"
    assert amounts(order) == ["49.50", "4.95", "9.45", "54.45"]
    assert (order.payment_state, order.outstanding) == ("partly_paid", Decimal("16.50"))
    assert stock_of(order.lines.get().product) == 7
    ines.refresh_from_db()
    assert ines.spent == Decimal("54.45")
    assert sum(day.revenue for day in DailySales.objects.all()) == Decimal("54.45")


def test_less_of_an_item_goes_back_on_the_shelf_and_what_is_too_much_is_to_be_refunded(as_mara, order, mugs):
    enter_payment(order, amount=Decimal("37.95"))
    page = as_mara.get(change(as_mara, **{mugs: "1"}).url)
    assert "€16.50 more was paid than the order comes to now. Refund it." in page.content.decode()
    assert stock_of(order.lines.get().product) == 9
    assert filled(as_mara.get("/backoffice/orders/W10479/refunds/"), "order-form")["amount"] == "16.50"


def test_an_order_that_is_paid_by_becoming_cheaper_is_invoiced_where_the_settings_say_so(as_mara, order, mugs):
    StoreSettings.objects.update(invoice_when="paid")
    enter_payment(order, amount=Decimal("21.45"))
    change(as_mara, **{mugs: "1"})
    assert order.documents.get().total == Decimal("21.45")


def test_a_product_is_searched_added_and_found_in_the_list(as_mara, order):
    vase = ProductFactory(name="Vase", sku="VV-7", price="20.00", stock=1)
    found = as_mara.post(URL, filled(as_mara.get(URL), "order-form", find="vas"))
    assert errors(found) == {}
    assert text_of(html_of(found).xpath("//button[@name='pick']")[0]) == "Add Vase"
    picked = as_mara.post(URL, filled(found, "order-form") | {"pick": str(vase.pk)})
    page = as_mara.post(f"{URL}review/", filled(picked, "order-form"))
    save(as_mara, page)
    assert amounts(order) == ["53.00", "4.95", "10.06", "57.95"]
    assert [str(line) for line in order.lines.all()] == ["2 × Stacking mug", "1 × Vase"]
    assert stock_of(vase) == 0
    assert "W10479" in as_mara.get("/backoffice/orders/?q=VV-7").content.decode()


def test_a_sku_adds_its_product_at_once(as_mara, order):
    vase = ProductFactory(name="Vase", sku="VV-7")
    page = as_mara.post(URL, filled(as_mara.get(URL), "order-form", find="vv-7"))
    assert filled(page, "order-form")[f"add-{vase.pk}"] == "1"


def test_what_was_searched_and_not_added_holds_the_review_up(as_mara, order):
    page = review(as_mara, find="nothing like it")
    assert errors(page) == {"find": "Nothing found."}
    ProductFactory(name="Vase")
    page = review(as_mara, find="vas")
    assert errors(page) == {"find": "Choose a product from the results, or clear this field."}


def test_an_item_is_taken_off_but_not_the_last_one(as_mara, order, mugs):
    page = review(as_mara, **{mugs: "0"})
    assert error_summary(page) == ["Leave at least 1 item on the order, or cancel it"]
    vase = ProductFactory(name="Vase", price="20.00")
    save(as_mara, review(as_mara, **{mugs: "0", f"add-{vase.pk}": "1"}))
    assert [str(line) for line in order.lines.all()] == ["1 × Vase"]


def test_no_more_is_sold_than_there_is_and_the_product_is_named(as_mara, order, mugs):
    page = review(as_mara, **{mugs: "11", "first_name": "Inez"})
    assert error_summary(page) == ["Only 8 more of Stacking mug are in stock"]
    assert filled(page, "order-form")["first_name"] == "Inez"


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "many", "10000"])
def test_a_wrong_quantity_is_answered_at_its_field(as_mara, order, mugs, typed):
    page = review(as_mara, **{mugs: typed})
    assert list(errors(page)) == [mugs]
    assert filled(page, "order-form")[mugs] == typed


def test_another_delivery_comes_at_its_price_of_today(as_mara, order):
    pick_up = DeliveryMethodFactory(name="Pick-up", price="0.00", is_pickup=True)
    change(as_mara, delivery=str(pick_up.pk), payment_method="on_pickup")
    assert amounts(order) == ["33.00", "0.00", "5.73", "33.00"]
    assert (order.delivery_name, order.is_pickup, order.payment_method) == ("Pick-up", True, "on_pickup")


def test_a_delivery_that_does_not_go_there_and_a_payment_that_does_not_fit_are_refused(as_mara, order):
    abroad = DeliveryMethodFactory(countries=["FR"])
    assert list(errors(review(as_mara, delivery=str(abroad.pk)))) == ["delivery"]
    assert list(errors(review(as_mara, payment_method="on_pickup"))) == ["payment_method"]


def test_an_address_that_is_not_complete_is_refused_and_kept(as_mara, order):
    page = review(as_mara, billing__postcode="3511", billing__city="")
    assert list(errors(page)) == ["billing-postcode", "billing-city"]
    assert filled(page, "order-form")["billing-postcode"] == "3511"


def test_an_incomplete_address_of_an_import_holds_nothing_up(as_mara, order, mugs):
    order.addresses.update(house_number="", postcode="nonsense")
    assert change(as_mara, **{mugs: "3"}).status_code == 302


def test_abroad_the_order_bears_the_vat_of_there_at_the_same_price(as_mara, order):
    StoreSettings.objects.update(one_stop_shop=True)
    change(as_mara, billing__country="DE", billing__postcode="04107", billing__city="Leipzig")
    assert amounts(order) == ["33.00", "4.95", "6.06", "37.95"]
    assert list(order.lines.values_list("vat_country", "vat_rate")) == [("DE", Decimal("19.0"))]


def test_outside_the_eu_no_vat_is_paid_and_back_home_the_price_is_the_old_one(as_mara, order):
    abroad = {"billing__country": "CH", "billing__postcode": "8001", "billing__city": "Zürich"}
    change(as_mara, **abroad)
    assert amounts(order) == ["27.27", "4.09", "0.00", "31.36"]
    change(as_mara, billing__country="NL", billing__postcode="3511 AW", billing__city="Utrecht")
    assert amounts(order) == ["33.00", "4.95", "6.59", "37.95"]


def test_the_shopper_is_told_in_their_language_what_changed_and_what_it_comes_to(as_mara, order, mugs):
    change(as_mara, **{mugs: "3"}, first_name="Inez")
    mail = Mail.objects.get()
    assert (mail.name, mail.to, mail.language) == ("order_edited", "ines@vandermeulen.example", "nl")
    assert "Stacking mug: 2 → 3" in " ".join(mail.text.split())
    assert "€ 54,45" in mail.text.replace("\xa0", " ")
    assert "Inez" not in mail.text.replace("Hallo Inez", "")


def test_a_name_alone_is_corrected_without_an_email(as_mara, order):
    change(as_mara, first_name="Inez", phone="030 231 0000")
    order.refresh_from_db()
    assert (order.first_name, order.phone, Mail.objects.count()) == ("Inez", "+31 30 231 0000", 0)


def test_the_timeline_says_who_changed_what_from_what_to_what(as_mara, order, mugs):
    change(as_mara, **{mugs: "3"}, last_name="Meulen")
    page = as_mara.get("/backoffice/orders/W10479/")
    assert "Mara" in timeline_texts(page)[1]
    changes = facts(page)
    assert changes["Stacking mug"] == "was 2is now 3"
    assert changes["Last name"] == "was van der Meulenis now Meulen"
    assert changes["Total"] == "was €37.95is now €54.45"


def test_nothing_changed_writes_and_mails_nothing(as_mara, order):
    assert review(as_mara)["Location"] == "/backoffice/orders/W10479/"
    assert (order.events.count(), Mail.objects.count()) == (0, 0)


@pytest.mark.parametrize("deed", [issue_invoice, lambda o: ship(o, quantities={o.lines.get(): 1}, carrier="dhl")])
def test_what_is_invoiced_or_shipped_is_not_edited_any_more(as_mara, order, mugs, deed):
    page = review(as_mara, **{mugs: "3"})
    deed(order)
    answer = save(as_mara, page)
    assert error_summary(answer)[0].endswith("so it can no longer be edited")
    assert filled(answer, "order-form")[mugs] == "3"
    assert as_mara.get(URL)["Location"] == "/backoffice/orders/W10479/"
    assert amounts(order)[3] == "37.95"
