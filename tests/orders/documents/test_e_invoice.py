"""Electronic invoices by the official rules, and by ours for what those leave open."""

import re
from decimal import Decimal

import facturx
import page
import pytest
from lxml import etree

from orders.documents.e_invoice.cii import cii_of
from orders.documents.e_invoice.description import REASON_CODES, describe
from orders.documents.e_invoice.ubl import ubl_of
from orders.documents.files import pdf_of
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.remaining_lines import LinePart
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Document, Order
from tests.factories import OrderFactory
from tests.orders.documents.e_invoices import wrong_in_cii, wrong_in_ubl
from tests.orders.documents.pdfs import text_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def order(store, ines) -> Order:
    store.street, store.postcode, store.city, store.phone = "Oudegracht 214", "3511 NR", "Utrecht", "+31 30 123 45 67"
    store.iban, store.vat_number, store.coc_number = "NL91 ABNA 0417 1643 00", "NL001234567B01", "30274815"
    store.save()
    return OrderFactory(customer=ines, language="en", number="W10479")


def business(order: Order, country: str = "DE") -> None:
    facts = {"customer_type": "business", "company_name": "Atelier Nord GmbH", "vat_number": "DE136695976"}
    Order.objects.filter(pk=order.pk).update(**facts)
    order.addresses.update(country=country)
    order.refresh_from_db()


def without_vat(order: Order, category: str) -> None:
    order.lines.update(
        vat_category=category,
        vat_rate=0,
        vat=0,
        unit_gross=Decimal("13.64"),
        net=Decimal("27.28"),
        gross=Decimal("27.28"),
    )
    Order.objects.filter(pk=order.pk).update(
        delivery_vat_category=category, delivery_vat_rate=0, delivery_vat=0, delivery_net=Decimal("4.09"),
        delivery_gross=Decimal("4.09"), total_net=Decimal("31.37"), total_vat=0, total=Decimal("31.37"),
    )  # fmt: skip
    order.refresh_from_db()


def check(document: Document) -> None:
    """By the official rules and ours; equal totals on order, paper and in both spellings."""
    content = document.content
    xml, ubl = cii_of(content), ubl_of(content)
    assert (wrong_in_cii(xml), wrong_in_ubl(ubl)) == ([], [])
    described = describe(content)
    for tax in described.taxes:
        exact = Decimal(tax.net) * Decimal(tax.rate) / 100
        assert abs(Decimal(tax.vat) - exact) <= Decimal("0.015")
        assert tax.reason_code == REASON_CODES.get(tax.category, "")
    assert bool(described.terms) == bool(described.due)
    sums = [sum((Decimal(tax.net) + Decimal(tax.vat) for tax in described.taxes), Decimal(0)), described.total]
    assert sums == [document.total] * 2
    tree = etree.fromstring(ubl)
    assert tree.xpath("string(//*[local-name()='TaxInclusiveAmount'])") == str(document.total)
    pdf = pdf_of(document)
    assert facturx.get_xml_from_pdf(pdf, check_xsd=False)[1] == xml
    assert (faults_of_archive(pdf), page.validate_pdf_bytes(pdf, profile="ua1").is_compliant) == ([], True)
    assert b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in pdf


def faults_of_archive(pdf: bytes) -> list[str]:
    """What keeps a PDF from being an archive's."""
    found = [failure.rule_id for failure in page.validate_pdf_bytes(pdf, profile="3a").failures]
    # The validator takes a last byte that happens to be a carriage return for a part of the line's end behind it.
    return [rule for rule in found if rule != "PDFA3A-STREAM-LENGTH-001" or not lengths_are_right(pdf)]


def lengths_are_right(pdf: bytes) -> bool:
    """Whether each stream is as long as it says."""
    lengths = {found.end(): int(found[1]) for found in re.finditer(rb"/Length (\d+)", pdf)}
    ends = [pdf.index(b"stream\n", at) + len(b"stream\n") + length for at, length in lengths.items()]
    return bool(ends) and all(pdf[end:].startswith(b"\nendstream") for end in ends)


def test_a_stream_that_is_shorter_than_it_says_is_seen(order):
    pdf = pdf_of(issue_invoice(order))
    assert lengths_are_right(pdf)
    assert not lengths_are_right(re.sub(rb"/Length (\d)", rb"/Length 1\1", pdf, count=1))


def test_an_invoice_of_a_consumer(order):
    invoice = issue_invoice(order)
    check(invoice)
    assert invoice.content["buyer"]["email"] == ""


def test_a_paid_and_sent_one(order):
    enter_payment(order, amount=Decimal("37.95"))
    ship(order, quantities={order.lines.get(): 2}, carrier="dhl")
    check(issue_invoice(order))


def test_one_that_is_paid_in_part_and_its_credit_notes(order):
    enter_payment(order, amount=Decimal("10.00"))
    invoice = issue_invoice(order)
    check(invoice)
    check(issue_credit_note(invoice, lines={0: LinePart(1)}, remark="One came broken."))
    check(issue_credit_note(invoice, amount=Decimal("5.00")))
    check(issue_credit_note(invoice))


@pytest.mark.parametrize(
    ("category", "country", "words"),
    [
        ("K", "DE", "Intra-Community supply, exempt from VAT"),
        ("AE", "DE", "Reverse charge"),
        ("G", "CH", "Export outside the EU, exempt from VAT"),
        ("E", "NL", "small businesses scheme (art. 25 Wet OB 1968)"),
        ("Z", "NL", ""),
    ],
)
def test_without_vat_the_paper_says_why(order, category, country, words):
    business(order, country)
    without_vat(order, category)
    invoice = issue_invoice(order)
    check(invoice)
    assert words in text_of(invoice)
    check(issue_credit_note(invoice, amount=Decimal("1.00")))


def test_another_countrys_rate_says_whose_it_is(order):
    order.lines.update(vat_country="DE")
    Order.objects.update(delivery_vat_country="DE")
    invoice = issue_invoice(Order.objects.get())
    check(invoice)
    assert "21% (DE)" in text_of(invoice)


def test_two_countries_with_the_same_rate_are_one_sum(order):
    """EN 16931 sums by category and rate, whose ever the rate is: BR-S-08."""
    order.lines.update(vat_country="LT")
    invoice = issue_invoice(order)
    assert len(invoice.content["vat"]) == 2
    check(invoice)
    check(issue_credit_note(invoice))


def test_the_rules_find_a_wrong_cent(order):
    content = issue_invoice(order).content
    content["totals"]["gross"] = "37.96"
    assert "BR-CO-15" in " ".join(wrong_in_cii(cii_of(content)))
    assert "BR-CO-15" in wrong_in_ubl(ubl_of(content))


@pytest.mark.parametrize("name", ["\x0bMug", "a & b <c>", "🌷 Tulip", "\ufffe Mug"])
def test_what_people_type_makes_no_bad_xml(order, name):
    order.lines.update(name=name)
    content = issue_invoice(order).content
    assert (wrong_in_cii(cii_of(content)), wrong_in_ubl(ubl_of(content))) == ([], [])


@pytest.mark.parametrize(
    "name", ["Γιώργος Παπαδόπουλος", "Мария Иванова", "محمد علي", "דוד כהן", "สมชาย ใจดี", "अमित शर्मा", "Nguyễn Thị Ánh"]
)
def test_names_of_many_scripts_are_readable_in_an_archives_pdf(order, name):
    Order.objects.update(first_name="", last_name=name)
    invoice = issue_invoice(Order.objects.get())
    check(invoice)
    assert "cannot be shown" not in text_of(invoice)


def test_what_no_font_shows_is_said_on_the_document(order):
    order.lines.update(name="Mug \ue000")
    invoice = issue_invoice(order)
    words = "Some characters cannot be shown here (U+E000). The attached XML file contains them."
    assert words in " ".join(text_of(invoice).split())
    assert facturx.get_xml_from_pdf(pdf_of(invoice), check_xsd=False)[1] == cii_of(invoice.content)
    assert pdf_of(invoice) == pdf_of(Document.objects.get())


def test_pictures_among_letters_are_left_out(order):
    order.lines.update(name="Tulip 🌷 mug ☕")
    invoice = issue_invoice(order)
    check(invoice)
    assert "Tulip mug" in text_of(invoice)


def test_what_an_imported_order_takes_off_is_no_price_below_zero(order):
    order.lines.create(name="Discount", quantity=1, unit_gross=-5, vat_rate=21, net="-4.13", vat="-0.87", gross=-5)
    Order.objects.update(total=Decimal("32.95"))
    invoice = issue_invoice(Order.objects.get())
    check(invoice)
    check(issue_credit_note(invoice))


def test_a_gift_at_another_rate_has_its_sum(order):
    order.lines.create(name="Card", quantity=1, unit_gross=0, vat_category="Z", vat_rate=0, net=0, vat=0, gross=0)
    invoice = issue_invoice(order)
    check(invoice)
    check(issue_credit_note(invoice))
