"""What takes the filters of the list of orders along: saved views, bulk actions, exports, next and previous."""

import csv

import pytest
from django.core.management import CommandError, call_command

from customers.models import Segment
from orders.models import Order, OrderAddress, Product
from shopadmin.models import StaffLogEntry
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.bulk.order_bulk_actions import BULK, chosen, do
from tests.shown_page import form_with, html_of, link_called, row_names, sent_by

pytestmark = pytest.mark.any_database
LIST, VIEWS = "/backoffice/orders/", "/backoffice/customers/segments/"
IN_GHENT = {"country": "BE", "street": "Veldstraat", "house_number": "1", "postcode": "9000", "city": "Gent"}


@pytest.fixture
def orders(store) -> list[Order]:
    """W1 and W3 are what each filter lets through, W2 is not."""
    parcel, shirt = DeliveryMethodFactory(name="DHL"), ProductFactory(name="Linen shirt", sku="LIN-7")
    found = [OrderFactory(number=f"W{number}") for number in (1, 2, 3)]
    for order in (found[0], found[2]):
        OrderAddress.objects.create(order=order, kind="shipping", **IN_GHENT)
        order.lines.update(product=shirt)
        facts = {"channel": "backoffice", "payment_method": "invoice", "delivery_method": parcel}
        Order.objects.filter(pk=order.pk).update(**facts)
    return found


FILTERS = [
    "country=BE",
    "channel=backoffice",
    "delivery={delivery}",
    "payment_method=invoice",
    "product=linen+shirt",
    "country=BE&channel=backoffice&delivery={delivery}&payment_method=invoice&product=linen+shirt",
]


@pytest.fixture(params=FILTERS)
def view(request, orders) -> str:
    """The query string of one filter, and of all of them."""
    return request.param.format(delivery=_method())


def _method() -> int:
    return Order.objects.get(number="W1").delivery_method_id


def test_a_saved_view_shows_them_and_says_what_it_shows(as_mara, view):
    form = sent_by(form_with(as_mara.get(f"{VIEWS}?{view}&list=backoffice_orders"), "list"))
    saved = as_mara.post(VIEWS, form | {"name": "Mine"})
    assert Segment.objects.get().query == view
    page = as_mara.get(saved.url)
    assert row_names(page) == ["W3", "W1"]
    assert html_of(page).xpath("//nav[@class='views']//a[@aria-current='page']/text()") == ["Mine"]


def test_a_bulk_action_reaches_all_of_the_view_and_nothing_else(as_mara, view):
    action = do(as_mara, "payment", view=view)
    assert (action.changed, action.skipped) == (2, 0)
    assert sorted(Order.objects.filter(payment_state="paid").values_list("number", flat=True)) == ["W1", "W3"]


def test_an_export_holds_the_view_on_the_page_and_by_the_command(as_mara, view, tmp_path):
    form = sent_by(form_with(as_mara.post(BULK, chosen("export", view=view)), "confirmed"))
    file = as_mara.post(BULK, form | chosen("export", view=view)).getvalue().decode("utf-8-sig")
    assert [row.partition(",")[0] for row in file.splitlines()[1:]] == ["W1", "W3"]
    options = [f"--{pair.replace('_', '-', 1).replace('+', ' ')}" for pair in view.split("&")]
    call_command("export_orders", str(tmp_path / "orders.csv"), *options)
    with (tmp_path / "orders.csv").open(encoding="utf-8-sig") as rows:
        assert [row["number"] for row in csv.DictReader(rows)] == ["W1", "W3"]


def test_the_command_says_which_option_makes_no_sense(orders, tmp_path):
    with pytest.raises(CommandError, match="^--product: No product has this name or SKU$"):
        call_command("export_orders", str(tmp_path / "orders.csv"), "--product=linen")


def test_next_and_previous_go_along_the_view(as_mara, view):
    state = f"?{view}&sort=newest"
    assert link_called(as_mara.get(f"{LIST}?{view}"), "W3") == f"{LIST}W3/{state}"
    page = as_mara.get(f"{LIST}W3/{state}")
    assert link_called(page, "Next order, W1") == f"{LIST}W1/{state}"
    assert link_called(page, "Orders") == f"{LIST}{state}"


def test_the_staff_log_names_the_filters_and_not_what_was_typed(as_mara, orders):
    as_mara.get(f"{LIST}?product=Linen+shirt&country=BE")
    entry = StaffLogEntry.objects.latest("pk")
    assert (entry.act, entry.detail["filters"], entry.detail["hits"]) == ("searched", ["country", "product"], 2)
    assert "inen" not in str(entry.detail)


def test_a_product_leads_to_its_orders(as_mara, orders):
    product = Product.objects.get(sku="LIN-7")
    product.sku = "LIN 7&8/<i>"
    product.save()
    page = as_mara.get(f"/backoffice/products/{product.pk}/")
    assert row_names(as_mara.get(link_called(page, "Orders with this product"))) == ["W3", "W1"]


def test_a_product_that_is_being_added_leads_to_none(as_mara, store):
    assert "Orders with this product" not in as_mara.get("/backoffice/products/add/").content.decode()


def test_an_order_opened_from_a_view_costs_eight_queries(as_mara, orders, settings, django_assert_num_queries):
    """A tag, a delivery method and a product are looked up besides, one query each."""
    settings.LIST_PLANNER = False  # in a test's transaction, a time limit adds a savepoint to what is counted
    address = f"{LIST}W3/?country=BE&channel=backoffice&payment_method=invoice&sort=total"
    looked_up = f"{address}&delivery={_method()}&product=LIN-7"
    with django_assert_num_queries(8):
        as_mara.get(address)
    with django_assert_num_queries(10):
        as_mara.get(looked_up)
