"""What stands on the page of a customer, and how it is written there."""

import pytest
from django.utils import timezone

from customers.history import acting
from customers.models import Customer, Duplicate, Merge, Tag
from tests.customers.duplicates.pairs_page import pairs_shown
from tests.customers.merging.merging import merge_url, merged_by, undo_url
from tests.factories import AddressFactory, MailFactory, OrderFactory
from tests.shown_page import facts, filled, html_of, timeline_texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_time"), pytest.mark.any_database]
DUPLICATES = "/backoffice/customers/duplicates/"


def page_of(client, customer):
    return client.get(f"/backoffice/customers/{customer.pk}/")


def test_phone_numbers_can_be_called(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(phone="+31302345678", mobile="+31612345678")
    page = page_of(as_mara, ines).content.decode()
    assert [f'href="tel:{number}"' in page for number in ("+31302345678", "+31612345678")] == [True, True]


def test_a_customer_since_the_first_order_where_that_is_older(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(created_at="2026-05-04T12:00Z")
    assert facts(page_of(as_mara, ines))["Customer since"] == "May 2026"
    for placed_at in ("2026-06-01T12:00Z", "2024-02-10T12:00Z"):
        OrderFactory(customer=ines, placed_at=placed_at)
    assert facts(page_of(as_mara, ines))["Customer since"] == "Feb 2024"


def test_what_the_shop_wrote_to_itself_is_not_on_the_timeline(as_mara, ines):
    for name in ("order_placed", "order_placed_merchant", "approval_wanted", "privacy_request"):
        MailFactory(customer=ines, name=name, subject=f"About {name}", to="x@post.example")
    found = [text for text in timeline_texts(page_of(as_mara, ines)) if "About" in text]
    assert found == ["Email About order_placed: Queued"]


def test_a_note_stands_among_the_notes_and_on_the_timeline(as_mara, ines, mara):
    ines.dated_notes.create(text="Rings twice", author=mara)
    assert page_of(as_mara, ines).content.decode().count("Rings twice") == 2
    assert len(timeline_texts(as_mara.get(f"/backoffice/customers/{ines.pk}/?timeline=notes"))) == 1


def test_a_new_record_lists_no_part_of_itself(as_mara, mara, store):
    with acting.merchant(mara):
        customer = Customer.objects.create(email="new@post.example", first_name="Nora")
        AddressFactory(customer=customer)
    page = page_of(as_mara, customer)
    assert timeline_texts(page) == [f"Added in the backoffice by {mara}"]
    assert html_of(page).find_class("changes") == []


def test_fifty_tags_fold(as_mara, ines):
    ines.tags.add(*(Tag.objects.named(f"Tag {number:02}") for number in range(50)))
    overview = page_of(as_mara, ines).content.decode()
    assert ("38 more tags<" in overview, overview.count('class="tag"')) == (True, 50)
    row = as_mara.get("/backoffice/customers/?q=ines").content.decode()
    assert ("+47<" in row, row.count('class="tag"')) == (True, 4)


# --- Merging


def test_the_last_day_of_an_undo_is_the_same_before_and_after(as_mara, ines, gus):
    preview = as_mara.get(merge_url(ines, gus)).content.decode()
    done = merged_by(as_mara, ines, gus)
    assert f"You can undo this until {_long(Merge(at=done.at).last_day)}." in preview
    assert f"You can undo this until {_long(done.last_day)}." in as_mara.get(undo_url(done)).content.decode()


def _long(day):
    return f"{day.day} {day:%B %Y}"


def test_cancel_leads_back_to_the_record_that_is_kept(as_mara, ines, gus):
    preview = as_mara.get(merge_url(ines, gus)).content.decode()
    assert f'href="/backoffice/customers/{ines.pk}/">Cancel</a>' in preview
    assert 'href=""' not in preview


def test_two_people_can_be_offered_as_one_again(as_mara, ines, gus):
    Customer.objects.update(phone="+31302345678")
    Duplicate.objects.create(first=ines, second=gus)
    numbers = {"first": ines.pk, "second": gus.pk}
    as_mara.post(f"{DUPLICATES}dismiss/", numbers)
    assert pairs_shown(as_mara.get(DUPLICATES)) == []
    assert pairs_shown(as_mara.get(DUPLICATES, {"state": "dismissed"})) == [(ines.pk, gus.pk)]
    assert as_mara.post(f"{DUPLICATES}offer/", numbers).url == DUPLICATES
    assert pairs_shown(as_mara.get(DUPLICATES)) == [(ines.pk, gus.pk)]


def test_who_may_not_merge_offers_nobody(client, sam, rosa, ines, gus, store):
    Duplicate.objects.create(first=ines, second=gus, dismissed_at=timezone.now())
    client.force_login(rosa)
    assert client.post(f"{DUPLICATES}offer/", {"first": ines.pk, "second": gus.pk}).status_code == 403


# --- Numbers of companies that a file brought


@pytest.fixture
def imported(ines):
    """A business with a VAT number that no form would take."""
    Customer.objects.filter(pk=ines.pk).update(customer_type="business", company_name="Atelier", vat_number="NL1")
    return Customer.objects.get(pk=ines.pk)


def saved(client, customer, **changes):
    url = f"/backoffice/customers/{customer.pk}/edit/"
    client.post(url, filled(client.get(url), "customer-form", **changes))
    return Customer.objects.get(pk=customer.pk)


def test_a_wrong_vat_number_keeps_nobody_from_changing_something_else(as_mara, imported):
    assert saved(as_mara, imported, first_name="Inés").first_name == "Inés"
    assert "vat_number_confirmed" in as_mara.get(f"/backoffice/customers/{imported.pk}/edit/").content.decode()


@pytest.mark.parametrize("changes", [{"vat_number": "NL2"}, {"billing__country": "DE", "billing__postcode": "04109"}])
def test_it_is_asked_about_where_it_or_the_country_changes(as_mara, imported, changes):
    assert saved(as_mara, imported, first_name="Inés", **changes).first_name == "Ines"
    assert saved(as_mara, imported, first_name="Inés", vat_number_confirmed="on", **changes).first_name == "Inés"
