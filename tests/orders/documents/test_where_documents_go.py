"""Whom documents go to, and what a business gives for them: its reference and an address for invoices."""

from decimal import Decimal

import pytest

from customers.models import Customer
from orders.documents.e_invoice.ubl import ubl_of
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.models import Order
from shopadmin.models import Mail
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.documents.pdfs import text_of
from tests.orders.shopping import order_now
from tests.shown_page import errors, filled

pytestmark = pytest.mark.any_database

PAGE = "/backoffice/customers/{}/edit/"
INVOICES = "facturen@atelier.example"


@pytest.fixture
def business(ines, store) -> Customer:
    Customer.objects.update(customer_type="business", company_name="Atelier", invoice_email=INVOICES)
    ines.refresh_from_db()
    return ines


def test_the_merchant_enters_an_address_for_invoices(as_mara, ines):
    url = PAGE.format(ines.pk)
    company = {"customer_type": "business", "company_name": "Atelier"}
    wrong = as_mara.post(url, filled(as_mara.get(url), "customer-form", **company, invoice_email="nobody"))
    assert list(errors(wrong)) == ["invoice_email"]
    as_mara.post(url, filled(as_mara.get(url), "customer-form", **company, invoice_email=INVOICES))
    assert Customer.objects.get(pk=ines.pk).invoice_email == INVOICES
    assert "facturen@<wbr>atelier.example" in as_mara.get(f"/backoffice/customers/{ines.pk}/").content.decode()


def test_invoices_and_credit_notes_of_a_business_go_there(business):
    invoice = issue_invoice(OrderFactory(customer=business))
    issue_credit_note(invoice, amount=Decimal("1.00"))
    assert {mail.to for mail in Mail.objects.all()} == {INVOICES}


def test_somebody_who_is_a_private_customer_again_gets_them_themselves(business):
    Customer.objects.update(customer_type="private")
    issue_invoice(OrderFactory(customer=Customer.objects.get(pk=business.pk)))
    assert Mail.objects.get().to == "ines@vandermeulen.example"


def test_a_refund_is_told_to_the_shopper_and_its_credit_note_goes_there(business):
    order = OrderFactory(customer=business)
    enter_payment(order, amount=Decimal("37.95"))
    issue_invoice(order)
    Mail.objects.all().delete()
    refund(order, amount=Decimal("5.00"), credit_note=True)
    sent = {mail.name: (mail.to, len(mail.attachments)) for mail in Mail.objects.all()}
    assert sent == {
        "credit_note_issued": (INVOICES, 1),
        "order_refunded": ("ines@vandermeulen.example", 0),
        "order_refunded_merchant": ("merchant@shop.example", 0),
    }


def test_a_business_gives_its_reference_with_the_order(client, store):
    company = {"customer_type": "business", "company_name": "Atelier", "reference": "PO-77 / inkoop"}
    order = order_now(client, ProductFactory(), DeliveryMethodFactory(), **company)
    assert order.reference == "PO-77 / inkoop"
    assert "PO-77 / inkoop" in client.get(f"/order/{order.token}/").content.decode()
    order.language = "en"
    order.save()
    invoice = issue_invoice(order)
    assert "PO-77 / inkoop" in text_of(invoice)
    assert ubl_of(invoice.content).count(b"PO-77 / inkoop") == 2


def test_the_reference_of_a_private_order_is_not_kept(client, store):
    order = order_now(client, ProductFactory(), DeliveryMethodFactory(), reference="PO-77")
    assert order.reference == ""


def test_the_merchant_sees_the_reference(as_mara, ines):
    Order.objects.filter(pk=OrderFactory(customer=ines, number="W10479").pk).update(reference="PO-77")
    assert "PO-77" in as_mara.get("/backoffice/orders/W10479/").content.decode()
