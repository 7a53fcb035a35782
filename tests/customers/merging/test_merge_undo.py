"""Undoing a merge: everything goes back, and what came later stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.merging import merge as merging
from customers.models import Customer, Merge, Note
from shopadmin.models import Mail
from tests.customers.merging.merging import fill, holdings, merged_by, undo_in_browser, undo_url
from tests.customers.merging.test_merge_page import now, said, two
from tests.factories import AddressFactory, OrderFactory

__all__ = ["two"]
pytestmark = pytest.mark.django_db
FIELDS = (
    "email", "first_name", "last_name", "phone", "mobile", "birth_date", "notes", "access", "marketing_consent",
    "ship_elsewhere", "created_at", "registered_at", "password", "search_text", "country", "order_numbers",
    "merged_emails",
)  # fmt: skip


def record(customer):
    addresses = {address.kind: address.as_dict() for address in customer.addresses.all()}
    return {name: getattr(now(customer), name) for name in FIELDS} | addresses


@pytest.fixture
def merge(as_mara, two):
    """Gus merged into Ines, with all that he can bring along."""
    ines, gus = two
    Customer.objects.filter(pk=gus.pk).update(
        mobile="+31612345678", birth_date="1986-05-04", notes="His", access="blocked", ship_elsewhere=True,
        created_at=timezone.now() - timedelta(days=900), confirmed_numbers={"vat_number": "X"}, vat_number="X",
    )  # fmt: skip
    Customer.objects.filter(pk=ines.pk).update(marketing_consent=True, notes="Hers")
    AddressFactory(customer=gus, city="Zeist")
    AddressFactory(customer=gus, kind="shipping", city="Leipzig", country="DE")
    now(gus).refresh_derived_fields()
    gus.consents.create(given=False, source="account", text="No", language="en")
    return lambda: merged_by(as_mara, ines, gus, first_name="merged", billing="merged", shipping="merged")


def test_each_thing_goes_back_where_it_was(as_mara, two, merge):
    ines, gus = two
    before = [(holdings(one), record(one)) for one in two]
    done = merge()
    assert (now(ines).first_name, now(ines).access, now(ines).country) == ("Gus", "blocked", "NL")
    response = undo_in_browser(as_mara, done)
    assert response.url == f"/backoffice/customers/{gus.pk}/"
    assert said(response)[-1] == "Merge undone. These are two separate customers again."
    assert [(holdings(one), record(one)) for one in two] == before


def test_it_is_in_the_history_of_both(as_mara, mara, two, merge):
    ines, gus = two
    done = merge()
    undo_in_browser(as_mara, done)
    source = f"undo of merge {done.pk}"
    rows = [ines.history.filter(field="merged"), gus.history.filter(field="merged_into_id")]
    assert [list(row.filter(source=source).values_list("old", "new", "actor")) for row in rows] == [
        [(str(gus.pk), "", mara.pk)],
        [(str(ines.pk), "", mara.pk)],
    ]
    page = as_mara.get(f"/backoffice/customers/{gus.pk}/?timeline=changes").content.decode()
    assert (page.count("merged this customer into customer"), page.count("undid the merge into customer")) == (1, 1)


def test_what_was_changed_since_stays(as_mara, two, merge):
    ines, gus = two
    done = merge()
    Customer.objects.filter(pk=ines.pk).update(first_name="Inez")
    ines.addresses.filter(kind="billing").update(city="Bunnik")
    Note.objects.create(customer=ines, text="Later")
    undo_in_browser(as_mara, done)
    assert (now(ines).first_name, now(ines).billing_address.city, str(now(ines).mobile)) == ("Inez", "Bunnik", "")
    assert "Later" in holdings(ines)["notes"]
    assert now(gus).billing_address.city == "Zeist"


def test_orders_since_go_back_by_their_address(as_mara, two, merge):
    ines, gus = two
    done = merge()
    OrderFactory(customer=ines, number="3")
    OrderFactory(customer=None, number="4", email="GUS@post.example", first_name="G", last_name="G")
    assert holdings(ines)["orders"] == ["1", "2", "3", "4"]
    undo_in_browser(as_mara, done)
    assert (holdings(ines)["orders"], holdings(gus)["orders"]) == (["1", "3"], ["2", "4"])
    assert (now(ines).orders_count, now(gus).orders_count) == (2, 2)


def test_a_newer_word_on_marketing_is_not_taken_back(as_mara, two, merge):
    ines, _gus = two
    done = merge()
    assert now(ines).marketing_consent is False
    for given in (True, False):
        now(ines).set_marketing_consent(given, text="", source="account", by=ines)
    undo_in_browser(as_mara, done)
    assert now(ines).marketing_consent is False


def test_nobody_is_mailed_and_the_copy_is_forgotten(as_mara, merge):
    done = merge()
    mails = Mail.objects.count()
    undo_in_browser(as_mara, done)
    done.refresh_from_db()
    assert (Mail.objects.count(), done.moved, done.before, done.undone_at is None) == (mails, {}, {}, False)


def test_a_second_press_is_answered(as_mara, merge):
    done = merge()
    undo_in_browser(as_mara, done)
    assert said(undo_in_browser(as_mara, done))[-1] == "This merge has already been undone."
    assert "This merge has already been undone." in as_mara.get(undo_url(done)).content.decode()


def test_after_thirty_days_it_is_too_late(as_mara, two, merge):
    done = merge()
    Merge.objects.update(at=timezone.now() - timedelta(days=30))
    assert said(undo_in_browser(as_mara, done))[-1] == "A merge can only be undone within 30 days."
    assert now(two[1]).merged_into == two[0]
    assert "Undo…" not in as_mara.get(f"/backoffice/customers/{two[0].pk}/").content.decode()


def test_after_thirty_days_only_the_address_is_left(as_mara, two, merge):
    ines, gus = two
    done = merge()
    merging.forget_old_merges()
    assert now(gus).last_name == "Gast"
    Merge.objects.update(at=timezone.now() - timedelta(days=31))
    merging.forget_old_merges()
    left = now(gus)
    assert (left.email, left.merged_into, left.get_full_name(), left.notes, left.vat_number, left.search_text) == (
        "gus@post.example", ines, "", "", "", "",
    )  # fmt: skip
    assert (left.addresses.count(), left.history.count()) == (0, 0)
    done.refresh_from_db()
    assert (done.moved, done.before) == ({}, {})


def test_the_overview_offers_it_to_who_may(as_mara, client, sam, two, merge):
    ines, gus = two
    done = merge()
    url = f"/backoffice/customers/{ines.pk}/"
    assert f'href="{undo_url(done)}"' in as_mara.get(url).content.decode()
    client.force_login(sam)
    page = client.get(url).content.decode()
    assert (undo_url(done) in page, "gus@<wbr>post.example" in page) == (False, True)


def test_the_later_merge_of_a_chain_is_undone_first(as_mara, two, otto, merge):
    ines, gus = two
    first = merge()
    second = merged_by(as_mara, otto, ines)
    words = f"Customer {ines.pk} has since been merged into customer {otto.pk}. Undo that merge first."
    assert said(undo_in_browser(as_mara, first))[-1] == words
    OrderFactory(customer=None, number="9", email=gus.email, first_name="G", last_name="G")
    assert holdings(otto)["orders"] == ["1", "2", "9"]
    undo_in_browser(as_mara, second)
    assert (now(gus).merged_into, holdings(ines)["orders"]) == (ines, ["1", "2", "9"])
    undo_in_browser(as_mara, first)
    assert (holdings(ines)["orders"], holdings(gus)["orders"]) == (["1"], ["2", "9"])


def test_two_merges_into_one_record_are_undone_in_any_order(as_mara, ines, gus, otto):
    Customer.objects.filter(pk=gus.pk).update(phone="+31302314567", access="blocked", notes="His")
    Customer.objects.filter(pk=otto.pk).update(phone="+31302310000", access="blocked", notes="Another's")
    AddressFactory(customer=gus, city="Zeist")
    AddressFactory(customer=otto, city="Bunnik")
    before = record(ines)
    first = merged_by(as_mara, ines, gus)
    second = merged_by(as_mara, ines, otto, phone="merged", billing="merged")
    undo_in_browser(as_mara, first)
    assert (now(ines).phone.as_e164, now(ines).billing_address.city) == ("+31302310000", "Bunnik")
    assert (now(ines).access, now(ines).merged_emails) == ("blocked", otto.email)
    undo_in_browser(as_mara, second)
    assert record(ines) == before


def test_a_withdrawal_of_who_is_still_merged_holds(as_mara, ines, gus, otto):
    for one in (gus, otto):
        one.consents.create(given=False, source="account", text="No", language="en")
    Customer.objects.filter(pk=ines.pk).update(marketing_consent=True)
    first, second = merged_by(as_mara, ines, gus), merged_by(as_mara, ines, otto)
    undo_in_browser(as_mara, first)
    assert now(ines).marketing_consent is False
    undo_in_browser(as_mara, second)
    assert now(ines).marketing_consent is True


def test_a_tag_that_both_had_and_one_taken_off_since(as_mara, ines, gus):
    fill(ines, "ines")
    fill(gus, "gus")
    done = merged_by(as_mara, ines, gus)
    ines.customer_tags.filter(tag__name__in=["both", "Tag of gus"]).delete()
    undo_in_browser(as_mara, done)
    assert (holdings(ines)["tags"], holdings(gus)["tags"]) == (["Tag of ines"], ["both"])


def test_who_may_not_merge_may_not_undo(client, sam, otto, two, merge):
    done = merge()
    for person, status in ((otto, 404), (sam, 403)):
        client.force_login(person)
        assert (client.get(undo_url(done)).status_code, client.post(undo_url(done)).status_code) == (status, status)
    assert now(two[1]).merged_into == two[0]
