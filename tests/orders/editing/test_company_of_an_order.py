"""Company, numbers and reference of an order, changed before it is invoiced; its VAT follows what VIES says."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.models import Order, VatCheck
from orders.vat.checks import ask_for, check_vat_number
from shopadmin.models import Mail
from tests.orders.shopping import order_now
from tests.orders.vat.test_businesses_abroad import COMPANY, WITH, WITHOUT, answered, mug, parcel
from tests.orders.vat.test_vat_of_orders import treatment
from tests.orders.vat.vies_stand_in import register
from tests.shown_page import error_summary, errors, facts, filled, html_of, table_rows, text_of

__all__ = ["mug", "parcel"]
pytestmark = pytest.mark.any_database
OTHER = "DE129273398"


def url_of(order: Order, part: str = "") -> str:
    return f"{order.get_absolute_url()}edit/{part}"


def review(browser, order, **typed):
    return browser.post(url_of(order, "review/"), filled(browser.get(url_of(order)), "order-form", **typed))


def save(browser, order, page):
    answer = browser.post(url_of(order, "save/"), filled(page, "order-form"))
    order.refresh_from_db()
    return answer


def vies_says(state: str, number: str = OTHER) -> None:
    """Let the register have said so of the number that is entered."""
    ask_for(number, "DE")
    VatCheck.objects.filter(state="pending").update(state=state, answered_at=timezone.now(), consultation="WAPI-2")


def what_happens(page) -> str:
    return text_of(html_of(page).xpath("//aside[contains(@class, 'aside')]")[0])


@pytest.fixture
def order(client, mug, parcel) -> Order:
    """Of a company with a valid number of another member state: without VAT."""
    answered("valid")
    return order_now(client, mug, parcel, **COMPANY)


@pytest.fixture
def taxed(client, mug, parcel) -> Order:
    """Of the same company, which gave no number: with VAT."""
    return order_now(client, mug, parcel, **COMPANY | {"vat_number": ""})


def test_all_that_an_invoice_says_of_a_company_is_changed_and_told(order, as_mara):
    typed = {"company_name": "Amsel GmbH", "coc_number": "HRB 4711", "reference": "PO 7"}
    page = review(as_mara, order, **typed)
    assert facts(page)["Company name"] == "was Vogel GmbH is now Amsel GmbH"
    assert facts(page)["Company registration number"] == "is now HRB 4711"
    assert facts(page)["Customer's reference"] == "is now PO 7"
    assert "The customer receives an email about the changes" in what_happens(page)
    save(as_mara, order, page)
    assert {name: getattr(order, name) for name in typed} == typed
    assert facts(as_mara.get(order.get_absolute_url()))["Company name"] == "was Vogel GmbHis now Amsel GmbH"
    assert treatment(order) == WITHOUT
    assert order.vat_consultation == "WAPI-1"


def test_a_number_that_vies_knows_takes_the_vat_off_with_the_edit(taxed, as_mara):
    vies_says("valid")
    page = review(as_mara, taxed, vat_number="de 129.273.398")
    assert table_rows(page)[-1] == ["Total", "€16.94", "€14.00"]
    assert "The VAT number is valid according to VIES" in what_happens(page)
    save(as_mara, taxed, page)
    assert treatment(taxed) == WITHOUT
    assert (taxed.vat_number, taxed.vat_consultation, taxed.vat_checked_at is not None) == (OTHER, "WAPI-2", True)


@pytest.mark.parametrize("state", ["unavailable", "invalid"])
def test_until_vies_knows_a_number_vat_is_paid(taxed, as_mara, state):
    vies_says(state)
    page = review(as_mara, taxed, vat_number=OTHER)
    said = {"unavailable": "You can take VAT off once it is confirmed.", "invalid": "not valid according to VIES"}
    assert said[state] in what_happens(page)
    save(as_mara, taxed, page)
    assert treatment(taxed) == WITH
    assert (taxed.vat_number, taxed.vat_checked_at) == (OTHER, None)


def test_a_number_is_checked_in_the_background_and_the_merchant_is_offered_the_correction(taxed, as_mara, settings):
    save(as_mara, taxed, review(as_mara, taxed, vat_number=OTHER))
    assert treatment(taxed) == WITH
    assert "We check it again automatically." in as_mara.get(taxed.get_absolute_url()).content.decode()
    for answers, offered in (("301", False), ("100", True)):
        with register(settings, answers):
            check_vat_number.func(VatCheck.objects.get().pk)
        assert ("Take VAT off" in as_mara.get(taxed.get_absolute_url()).content.decode()) == offered
    as_mara.post(f"{taxed.get_absolute_url()}vat/")
    taxed.refresh_from_db()
    assert treatment(taxed) == WITHOUT


def test_an_answer_that_comes_after_the_review_shows_it_once_more(taxed, as_mara):
    page = review(as_mara, taxed, vat_number=OTHER)
    vies_says("valid")
    again = save(as_mara, taxed, page)
    assert "the order has changed since you reviewed it" in again.content.decode()
    assert table_rows(again)[-1] == ["Total", "€16.94", "€14.00"]
    save(as_mara, taxed, again)
    assert treatment(taxed) == WITHOUT


@pytest.mark.parametrize("number", [OTHER, "NL004495445B01", ""])
def test_another_number_loses_the_proof_of_the_old_one(order, as_mara, number):
    save(as_mara, order, review(as_mara, order, vat_number=number))
    assert treatment(order) == WITH
    assert (order.vat_number, order.vat_checked_at, order.vat_consultation) == (number, None, "")


def test_an_edit_of_something_else_leaves_a_number_as_it_was_typed_elsewhere(order, as_mara):
    Order.objects.update(vat_number="DE 136 695 976", coc_number="HRB  1")
    save(as_mara, order, review(as_mara, order, phone="+4934112345"))
    assert [change[0] for change in order.events.get(kind="edited").facts["person"]] == ["phone"]
    assert (order.vat_number, order.vat_consultation) == ("DE 136 695 976", "WAPI-1")


def test_a_number_that_looks_wrong_is_doubted_and_may_be_kept(order, as_mara):
    page = review(as_mara, order, vat_number="DE123456789")
    assert "Check the VAT number: the check digit is wrong (Germany)." in page.content.decode()
    save(as_mara, order, page)
    assert order.vat_number == "DE123456789"


def test_what_is_too_long_is_answered_at_its_field(order, as_mara):
    page = review(as_mara, order, vat_number="9" * 21, coc_number="9" * 41, reference="9" * 61, company_name="")
    assert list(errors(page)) == ["company_name", "coc_number", "vat_number", "reference"]
    assert error_summary(page)[0] == "Company name: This field is required."


def test_the_order_of_a_private_person_has_no_company(client, as_mara, mug, parcel):
    order = order_now(client, mug, parcel)
    assert not {"company_name", "vat_number", "reference"} & filled(as_mara.get(url_of(order)), "order-form").keys()
    review(as_mara, order, vat_number=OTHER)
    assert not VatCheck.objects.exists()


def test_two_who_enter_numbers_lose_nothing(order, as_mara, sam):
    page = review(as_mara, order, vat_number=OTHER)
    edit(order, Wanted(contact={"vat_number": "NL004495445B01", "coc_number": "HRB 1"}), by=sam)
    again = save(as_mara, order, page)
    words = text_of(html_of(again).xpath("//*[contains(@class, 'is-warn')]")[0])
    assert f"VAT number: now NL004495445B01, you entered {OTHER}" in words
    assert "Company registration number: now HRB 1" in words
    form = filled(again, "order-form")
    assert (form["vat_number"], form["coc_number"]) == (OTHER, "HRB 1")


def test_a_shopper_is_mailed_what_the_invoice_will_say(order, as_mara):
    Order.objects.update(channel="signed_in")
    save(as_mara, order, review(as_mara, order, company_name="Amsel GmbH", reference="PO 7", first_name="Ida"))
    text = " ".join(Mail.objects.get(name="order_edited").text.split())
    assert "Company name: Vogel GmbH → Amsel GmbH" in text
    assert "Customer's reference: PO 7" in text
    assert "First name" not in text


def test_a_mailbox_that_nobody_has_proved_is_told_no_words_of_anybody(order, as_mara):
    Mail.objects.all().delete()
    save(as_mara, order, review(as_mara, order, company_name="Amsel GmbH"))
    mail = Mail.objects.get(name="order_edited")
    assert "Company details on the invoice" in mail.text
    assert "GmbH" not in mail.text


def test_the_difference_is_left_to_pay_or_to_be_refunded(taxed, as_mara):
    taxed.payments.create(amount=Decimal("16.94"), method="bank_transfer")
    vies_says("valid")
    answer = save(as_mara, taxed, review(as_mara, taxed, vat_number=OTHER))
    words = "€2.94 more was paid than the order comes to now. Refund it."
    assert words in as_mara.get(answer.url).content.decode()
