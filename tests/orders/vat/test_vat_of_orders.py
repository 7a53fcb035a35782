"""What VAT an order bears, from the checkout to the page of the order."""

from decimal import Decimal

import pytest

from shopadmin.models import StoreSettings
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review, order_now
from tests.shown_page import html_of, text_of

pytestmark = pytest.mark.django_db
GERMAN = {"billing__country": "DE", "billing__postcode": "04107", "billing__city": "Leipzig"}
SWISS = {"billing__country": "CH", "billing__postcode": "8001", "billing__city": "Zürich"}


@pytest.fixture
def mug(store):
    return ProductFactory(price=Decimal("12.10"))


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory(countries=[], price=Decimal("4.84"))


def sums(response):
    """The totals of a page, by what they are called."""
    [rows] = html_of(response).xpath("//dl[contains(@class, 'totals')][last()]")[-1:]
    words = [text_of(cell) for cell in rows.xpath("./dt | ./dd")]
    return dict(zip(words[::2], words[1::2], strict=True))


def treatment(order):
    line = order.lines.get()
    return (
        (line.vat_category, line.vat_country, str(line.vat_rate), str(line.vat)),
        (
            order.delivery_vat_category,
            order.delivery_vat_country,
            str(order.delivery_vat_rate),
            str(order.delivery_vat),
        ),
        str(order.total),
    )


def test_at_home_the_price_contains_the_vat_of_the_shop(client, mug, parcel):
    order = order_now(client, mug, parcel)
    assert treatment(order) == (("S", "NL", "21.0", "2.10"), ("S", "NL", "21.0", "0.84"), "16.94")


def test_with_oss_the_price_stays_and_contains_the_vat_of_the_consumers_country(client, mug, parcel):
    StoreSettings.objects.update(one_stop_shop=True)
    order = order_now(client, mug, parcel, **GERMAN)
    assert treatment(order) == (("S", "DE", "19.0", "1.93"), ("S", "DE", "19.0", "0.77"), "16.94")
    page = client.get(f"/order/{order.token}/")
    assert sums(page)["Includes 19% (DE) VAT"] == "€2.70"


def test_an_export_is_paid_without_vat(client, mug, parcel):
    order = order_now(client, mug, parcel, quantity=3, **SWISS)
    assert treatment(order) == (("G", "", "0.0", "0.00"), ("G", "", "0.0", "0.00"), "34.00")
    expected = {"Subtotal": "€30.00", "Parcel": "€4.00", "Total": "€34.00", "Export outside the EU": "No VAT"}
    assert sums(client.get(f"/order/{order.token}/")) == expected


def test_the_review_shows_what_the_order_comes_to_without_vat(client, mug, parcel):
    come_to_the_review(client, mug, parcel, **SWISS)
    page = client.get("/checkout/review/")
    assert sums(page) == {"Subtotal": "€10.00", "Parcel": "€4.00", "Total": "€14.00", "Export outside the EU": "No VAT"}
    assert "1 × €10.00" in text_of(html_of(page).xpath("//ul[@class='lines']")[0])


def test_what_is_picked_up_is_sold_at_home(client, mug, store):
    counter = DeliveryMethodFactory(is_pickup=True, price=0)
    order = order_now(client, mug, counter, **SWISS)
    assert (order.lines.get().vat_category, str(order.total_vat)) == ("S", "2.10")


def test_a_small_business_charges_no_vat_and_keeps_its_prices(client, mug, parcel):
    StoreSettings.objects.update(small_business=True)
    page = client.get(mug.get_absolute_url()).content.decode()
    assert "incl. VAT" not in page
    order = order_now(client, mug, parcel)
    assert treatment(order) == (("E", "", "0.0", "0.00"), ("E", "", "0.0", "0.00"), "16.94")
    expected = {"Subtotal": "€12.10", "Parcel": "€4.84", "Total": "€16.94", "Exempt from VAT": "No VAT"}
    assert sums(client.get(f"/order/{order.token}/")) == expected


def test_the_merchant_sees_why_there_is_no_vat(client, as_mara, mug, parcel):
    order = order_now(client, mug, parcel, **SWISS)
    totals = sums(as_mara.get(order.get_absolute_url()))
    assert totals["Export outside the EU"] == "No VAT"


def test_a_change_of_the_settings_is_shown_before_the_order_is_placed(client, mug, parcel):
    agreed = come_to_the_review(client, mug, parcel, **GERMAN)
    StoreSettings.objects.update(one_stop_shop=True)
    page = client.post("/checkout/review/", agreed)
    assert "something has changed since you opened this page" in page.content.decode()
