"""A business of another member state orders: with a valid number without VAT, else with, to be taken off later."""

from decimal import Decimal

import pytest
from django.utils import timezone

from customers.models import Customer
from orders.handling.payments import enter_payment
from orders.models import Order, VatCheck
from orders.vat.checks import ask_for
from shopadmin.models import Mail, StoreSettings
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review, order_now
from tests.orders.vat.test_vat_of_orders import GERMAN, sums, treatment
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NUMBER = "DE136695976"
COMPANY = GERMAN | {"customer_type": "business", "company_name": "Vogel GmbH", "vat_number": NUMBER}
WITHOUT = (("K", "", "0.0", "0.00"), ("K", "", "0.0", "0.00"), "14.00")
WITH = (("S", "NL", "21.0", "2.10"), ("S", "NL", "21.0", "0.84"), "16.94")


@pytest.fixture
def mug(store):
    return ProductFactory(price=Decimal("12.10"))


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory(countries=[], price=Decimal("4.84"))


def answered(state):
    """Let the register have said so of the number."""
    ask_for(NUMBER, "DE")
    VatCheck.objects.update(state=state, answered_at=timezone.now(), consultation="WAPI-1")


def test_with_a_valid_number_there_is_no_vat(client, mug, parcel):
    answered("valid")
    order = order_now(client, mug, parcel, **COMPANY)
    assert treatment(order) == WITHOUT
    assert (order.vat_consultation, order.vat_checked_at is not None) == ("WAPI-1", True)
    assert sums(client.get(f"/order/{order.token}/"))["Intra-Community supply"] == "No VAT"


def test_a_service_is_reverse_charged(client, parcel):
    answered("valid")
    order = order_now(client, ProductFactory(price=Decimal("12.10"), is_service=True), parcel, **COMPANY)
    assert treatment(order)[0] == ("AE", "", "0.0", "0.00")


@pytest.mark.parametrize("state", ["invalid", "unavailable", "pending"])
def test_without_a_valid_number_it_pays_vat(client, mug, parcel, state):
    answered(state)
    order = order_now(client, mug, parcel, **COMPANY)
    assert treatment(order) == WITH
    assert (order.vat_consultation, order.vat_checked_at) == ("", None)


def test_a_number_is_asked_for_when_it_is_typed_and_the_review_says_what_is_known(client, mug, parcel):
    come_to_the_review(client, mug, parcel, **COMPANY)
    assert VatCheck.objects.get().state == "pending"
    words = (
        "We are still checking it. Your order includes VAT; we take it off before the invoice if the number is valid."
    )
    assert words in text_of(html_of(client.get("/checkout/review/")).xpath("//dl[contains(@class, 'facts')]")[0])


def test_an_answer_that_comes_before_the_button_is_pressed_is_shown_first(client, mug, parcel):
    agreed = come_to_the_review(client, mug, parcel, **COMPANY)
    answered("valid")
    VatCheck.objects.update(state="valid", answered_at=timezone.now())
    page = client.post("/checkout/review/", agreed)
    assert "something has changed since you opened this page" in page.content.decode()
    assert sums(page)["Total"] == "€14.00"
    assert not Order.objects.exists()


def test_a_consumer_is_asked_for_nothing(client, mug, parcel):
    answered("valid")
    assert treatment(order_now(client, mug, parcel, **GERMAN)) == WITH


@pytest.fixture
def order(client, mug, parcel):
    """It was placed while the register gave no answer."""
    answered("unavailable")
    return order_now(client, mug, parcel, **COMPANY)


def test_vat_can_be_taken_off_once_the_number_is_valid(order, as_mara):
    assert "Take VAT off" not in as_mara.get(order.get_absolute_url()).content.decode()
    answered("valid")
    assert "Take VAT off" in as_mara.get(order.get_absolute_url()).content.decode()
    assert as_mara.post(f"{order.get_absolute_url()}vat/").url == order.get_absolute_url()
    order.refresh_from_db()
    assert treatment(order) == WITHOUT
    assert (Customer.objects.get(pk=order.customer_id).spent, order.vat_consultation) == (Decimal("14.00"), "WAPI-1")
    page = as_mara.get(order.get_absolute_url()).content.decode()
    assert "Take VAT off" not in page
    assert "Consultation number: WAPI-1." in page


def test_the_shopper_is_told_what_is_left_to_pay_without_vat(order, as_mara):
    answered("valid")
    as_mara.post(f"{order.get_absolute_url()}vat/")
    told = Mail.objects.get(name="order_edited")
    assert (told.to, "Total: €16.94 → €14.00" in told.text) == (order.email, True)


def test_what_was_paid_without_vat_is_invoiced_once_it_is_enough(order, as_mara):
    StoreSettings.objects.update(invoice_when="paid", vat_number="NL000099998B57")
    enter_payment(order, amount=Decimal("14.00"))
    answered("valid")
    as_mara.post(f"{order.get_absolute_url()}vat/")
    assert [document.total for document in order.documents.all()] == [Decimal("14.00")]


def test_with_oss_too_the_vat_of_the_shop_is_taken_off(client, as_mara, mug, parcel):
    StoreSettings.objects.update(one_stop_shop=True)
    answered("unavailable")
    order = order_now(client, mug, parcel, **COMPANY)
    assert treatment(order)[0] == ("S", "DE", "19.0", "1.93")
    answered("valid")
    as_mara.post(f"{order.get_absolute_url()}vat/")
    order.refresh_from_db()
    assert treatment(order) == WITHOUT


def test_what_was_paid_too_much_is_said(order, as_mara):
    order.payments.create(amount=Decimal("16.94"), method="bank_transfer")
    answered("valid")
    as_mara.post(f"{order.get_absolute_url()}vat/")
    words = "€2.94 more was paid than the order comes to now. Refund it."
    assert words in as_mara.get(order.get_absolute_url()).content.decode()


def test_the_refund_that_is_asked_for_counts_an_accepted_withdrawal(order, as_mara):
    order.lines.update(quantity=2, withdrawn=1)
    order.payments.create(amount=Decimal("16.94"), method="bank_transfer")
    answered("valid")
    as_mara.post(f"{order.get_absolute_url()}vat/")
    words = "€7.94 more was paid than the order comes to now. Refund it."
    assert words in as_mara.get(order.get_absolute_url()).content.decode()


@pytest.mark.parametrize("state", ["invalid", "unavailable"])
def test_vat_stays_as_long_as_the_number_is_not_valid(order, as_mara, state):
    answered(state)
    as_mara.post(f"{order.get_absolute_url()}vat/")
    order.refresh_from_db()
    assert treatment(order) == WITH


def test_vat_stays_once_there_is_an_invoice(order, as_mara):
    as_mara.post(f"{order.get_absolute_url()}invoices/")
    answered("valid")
    assert "Take VAT off" not in as_mara.get(order.get_absolute_url()).content.decode()
    as_mara.post(f"{order.get_absolute_url()}vat/")
    order.refresh_from_db()
    assert treatment(order) == WITH


def test_who_may_only_look_takes_nothing_off(order, client, rosa):
    answered("valid")
    client.force_login(rosa)
    assert "Take VAT off" not in client.get(order.get_absolute_url()).content.decode()
    assert client.post(f"{order.get_absolute_url()}vat/").status_code == 403


def test_the_overview_of_the_customer_shows_what_is_known(order, as_mara):
    page = html_of(as_mara.get(f"/backoffice/customers/{order.customer_id}/"))
    assert text_of(page.xpath(f"//dd[contains(., '{NUMBER}')]")[0]) == f"{NUMBER} Not checked yet"
