"""Merging two records: choosing the other one, the preview, and what becomes of everything they hold."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from customers.merging import merge as merging
from customers.models import Consent, Customer, Merge
from orders.customer_hooks import totals
from shopadmin.models import Mail
from tests.customers.merging.merging import fill, holdings, merge_in_browser, merge_url, merged_by, preview_form
from tests.factories import AddressFactory, CustomerFactory, OrderFactory
from tests.shown_page import row_names

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def two(ines, gus):
    """Ines, and Gus who is Ines too, each with something of everything."""
    OrderFactory(customer=ines, number="1", placed_at=timezone.now() - timedelta(days=3))
    OrderFactory(customer=gus, number="2", placed_at=timezone.now() - timedelta(days=1))
    fill(ines, "ines")
    fill(gus, "gus")
    for customer in (ines, gus):
        totals.recount(customer)
    return ines, gus


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def now(customer):
    return Customer.objects.get(pk=customer.pk)


def test_strangers_are_sent_to_sign_in(client, ines, gus, store):
    assert client.post(merge_url(ines, gus)).url.startswith(reverse("staff_sign_in"))


def test_shoppers_and_support_may_not_merge(client, otto, sam, ines, gus, store):
    for person, status in ((otto, 404), (sam, 403)):
        client.force_login(person)
        assert [client.get(merge_url(ines, gus)).status_code, client.post(merge_url(ines, gus)).status_code] == [
            status,
            status,
        ]


def test_everything_moves_to_the_record_that_is_kept(as_mara, two):
    ines, gus = two
    before = holdings(ines), holdings(gus)
    response = merge_in_browser(as_mara, ines, gus)
    assert (response.url, said(response)) == (
        f"/backoffice/customers/{ines.pk}/",
        [f"Customer {gus.pk} was merged into this customer. You can undo this for 30 days."],
    )
    after = holdings(ines)
    for kind in ("orders", "history", "notes", "consents", "mails", "requests"):
        assert (kind, after[kind]) == (kind, sorted(before[0][kind] + before[1][kind]))
    assert after["tags"] == ["Tag of gus", "Tag of ines", "both"]
    assert after["counted"][:2] == [2, Decimal("75.90")]
    assert {kind: found for kind, found in holdings(gus).items() if found and kind != "counted"} == {}


def test_the_search_finds_it_by_the_address_that_was_merged_away(as_mara, two):
    ines, gus = two
    done = merged_by(as_mara, ines, gus)
    found = f'href="/backoffice/customers/{ines.pk}/"'
    assert found in as_mara.get("/backoffice/customers/?q=gus@post.exa").content.decode()
    now(ines).save()
    assert found in as_mara.get("/backoffice/customers/?q=gus@post.exa").content.decode()
    merging.undo(done, by=None)
    assert (now(ines).merged_emails, " gus post" in now(ines).search_text) == ("", False)


def test_the_merged_record_points_to_the_kept_one_and_leads_there(as_mara, two):
    ines, gus = two
    merged_by(as_mara, ines, gus)
    assert now(gus).merged_into == ines
    response = as_mara.get(f"/backoffice/customers/{gus.pk}/")
    assert (response.status_code, response.url) == (302, f"/backoffice/customers/{ines.pk}/")
    assert as_mara.get(f"/backoffice/customers/{gus.pk}/edit/").status_code == 404
    assert list(Customer.objects.shoppers()) == [ines]


def test_the_link_to_all_orders_leads_to_those_of_both_addresses(as_mara, two):
    ines, gus = two
    merged_by(as_mara, ines, gus)
    assert f'href="/backoffice/orders/?q=%23{ines.pk}"' in as_mara.get(ines.get_absolute_url()).content.decode()
    assert row_names(as_mara.get("/backoffice/orders/", {"q": f"#{ines.pk}"})) == ["2", "1"]


def test_it_is_in_the_history_of_both(as_mara, mara, two):
    ines, gus = two
    merge = merged_by(as_mara, ines, gus)
    source = f"merge {merge.pk}"
    assert list(ines.history.filter(field="merged").values_list("old", "new", "actor", "source")) == [
        ("", str(gus.pk), mara.pk, source)
    ]
    assert list(gus.history.filter(field="merged_into_id").values_list("old", "new", "actor", "source")) == [
        ("", str(ines.pk), mara.pk, source)
    ]


def test_the_timeline_says_so_in_words(as_mara, two):
    ines, gus = two
    merged_by(as_mara, ines, gus, first_name="merged")
    page = as_mara.get(f"/backoffice/customers/{ines.pk}/?timeline=changes").content.decode()
    link = f'<a href="/backoffice/customers/{gus.pk}/">#{gus.pk}</a>'
    assert page.count(f"merged customer {link} into this customer") == 1
    assert "merged_into_id" not in page


def test_each_choice_is_kept_and_what_is_empty_is_filled(as_mara, two):
    ines, gus = two
    Customer.objects.filter(pk=gus.pk).update(mobile="+31612345678", language="de", birth_date="1986-05-04")
    AddressFactory(customer=gus, city="Zeist", street="Slotlaan")
    merge_in_browser(as_mara, ines, gus, first_name="merged", billing="merged")
    ines = now(ines)
    assert (ines.first_name, ines.last_name, ines.language) == ("Gus", "van der Meulen", "nl")
    assert (str(ines.mobile), str(ines.birth_date), ines.billing_address.city) == (
        "+31 6 12345678", "1986-05-04", "Zeist",
    )  # fmt: skip
    assert (ines.email, ines.is_registered, ines.has_usable_password()) == ("ines@vandermeulen.example", True, True)
    assert "slotlaan" not in ines.search_text
    assert "zeist" in ines.search_text


def test_notes_of_both_are_kept_unless_one_chooses(as_mara, two):
    ines, gus = two
    for customer in two:
        Customer.objects.filter(pk=customer.pk).update(notes=f"About {customer.first_name}")
    merge_in_browser(as_mara, ines, gus)
    assert now(ines).notes == "About Ines\n\nAbout Gus"


def test_the_shipping_address_comes_with_its_switch(as_mara, two):
    ines, gus = two
    Customer.objects.filter(pk=gus.pk).update(ship_elsewhere=True)
    AddressFactory(customer=gus, kind="shipping", city="Zeist")
    assert preview_form(as_mara, ines, gus)["shipping"] == "kept"
    merge_in_browser(as_mara, ines, gus, shipping="merged")
    assert (now(ines).ship_elsewhere, now(ines).shipping_address.city) == (True, "Zeist")


@pytest.mark.parametrize(
    ("kept", "merged", "afterwards"),
    [("open", "blocked", "blocked"), ("blocked", "open", "blocked"), ("awaiting", "refused", "refused")],
)
def test_no_merge_opens_a_door_that_was_shut(as_mara, ines, gus, kept, merged, afterwards):
    Customer.objects.filter(pk=ines.pk).update(access=kept)
    Customer.objects.filter(pk=gus.pk).update(access=merged)
    merge_in_browser(as_mara, ines, gus)
    assert now(ines).access == afterwards


@pytest.mark.parametrize(
    ("mine", "others", "newest_withdraws", "agrees"),
    [
        (True, False, None, True),
        (True, True, True, False),
        (True, True, False, True),
        (False, True, False, False),
        (False, True, None, False),
    ],
)
def test_consent_is_never_gained_and_the_newest_withdrawal_counts(
    as_mara, ines, gus, mine, others, newest_withdraws, agrees
):
    Customer.objects.filter(pk=ines.pk).update(marketing_consent=mine)
    Customer.objects.filter(pk=gus.pk).update(marketing_consent=others)
    if newest_withdraws is not None:
        Consent.objects.create(customer=ines, given=mine, source="account", text="", language="en")
        Consent.objects.create(customer=gus, given=not newest_withdraws, source="account", text="", language="en")
    merge_in_browser(as_mara, ines, gus)
    assert now(ines).marketing_consent is agrees


def test_the_shopper_is_told_in_their_language_without_the_other_address(as_mara, ines, gus, otto):
    Customer.objects.filter(pk=otto.pk).update(language="de")
    merge_in_browser(as_mara, ines, otto)
    mails = {mail.to: mail for mail in Mail.objects.filter(name="merged")}
    assert {to: mail.language for to, mail in mails.items()} == {ines.email: "nl", otto.email: "de"}
    assert (otto.email in mails[ines.email].html, ines.email in mails[otto.email].html) == (False, False)
    merge_in_browser(as_mara, ines, gus)
    assert set(Mail.objects.filter(name="merged").values_list("to", flat=True)) == {ines.email, otto.email}
    assert Mail.objects.filter(name="merged", to=gus.email).count() == 0


def test_the_preview_says_what_will_happen(as_mara, two):
    ines, gus = two
    Customer.objects.filter(pk=gus.pk).update(access="blocked", marketing_consent=True)
    page = as_mara.get(merge_url(ines, gus)).content.decode()
    sentences = [
        f"1 order, {gus.history.count()} history entries, 1 note, 2 tags, 1 consent with proof, 1 email",
        "gus@post.example can no longer be used to sign in.",
        "Access: Blocked, the stricter of the two.",
        "Consent to marketing emails is not transferred, because it was given for the other email address.",
        "An email is sent to: ines@vandermeulen.example.",
    ]
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_keeping_the_one_without_an_account_is_doubted(as_mara, ines, gus):
    doubt = "After merging, the customer cannot sign in. Keep the other customer instead?"
    assert doubt in as_mara.get(merge_url(gus, ines)).content.decode()
    assert doubt not in as_mara.get(merge_url(ines, gus)).content.decode()


def test_what_changed_since_the_preview_is_shown_again_with_the_choices_kept(as_mara, two):
    ines, gus = two
    sent = preview_form(as_mara, ines, gus) | {"first_name": "merged"}
    Customer.objects.filter(pk=gus.pk).update(phone="+31302345678")
    page = as_mara.post(merge_url(ines), sent)
    assert "One of the customers has changed in the meantime. Review both again." in page.content.decode()
    assert 'name="first_name" value="merged" id="id_first_name-merged" checked' in page.content.decode()
    assert not Merge.objects.exists()


def test_a_choice_that_is_none_is_refused(as_mara, ines, gus):
    response = merge_in_browser(as_mara, ines, gus, first_name="neither")
    assert (response.status_code, Merge.objects.count()) == (200, 0)
    assert 'href="#id_first_name"' in response.content.decode()


def test_a_record_is_not_merged_with_itself(as_mara, ines):
    assert "A customer cannot be merged with themselves." in as_mara.get(merge_url(ines, ines)).content.decode()
    assert as_mara.post(merge_url(ines), {"with": ines.pk}).status_code == 200
    assert not Merge.objects.exists()


@pytest.mark.parametrize("number", ["x", "0", "99999999999999999999999", "-1", "²"])
def test_nonsense_for_the_other_record_is_answered(as_mara, ines, number):
    assert "No customer found with this number." in as_mara.get(merge_url(ines), {"with": number}).content.decode()


def test_a_second_press_finds_it_done(as_mara, ines, gus):
    sent = preview_form(as_mara, ines, gus)
    as_mara.post(merge_url(ines), sent)
    assert "No customer found with this number." in as_mara.post(merge_url(ines), sent).content.decode()
    assert Merge.objects.count() == 1


def test_the_other_one_is_found_by_search_and_by_likeness(as_mara, ines, gus, otto):
    for customer in (ines, otto):
        Customer.objects.filter(pk=customer.pk).update(phone="+31612345678")
    page = as_mara.get(merge_url(ines), {"q": "gast"}).content.decode()
    assert (f'href="?with={gus.pk}"' in page, f'href="?with={ines.pk}"' in page) == (True, False)
    assert f'<a href="?with={otto.pk}">Otto Onbevoegd</a>' in page
    part = as_mara.get(merge_url(ines), {"q": "nobody at all"}, headers={"HX-Request": "true"}).content.decode()
    assert ("No customers found" in part, "<h1" in part) == (True, False)


def test_staff_are_never_merged_away_and_kept_by_owners_alone(client, as_mara, mara, sam, ines, store):
    Customer.objects.filter(pk=sam.pk).update(orders_count=1)
    words = "Sam Faker is a staff member and cannot be merged"
    Customer.objects.filter(pk=sam.pk).update(last_name="Faker")
    assert words in as_mara.get(merge_url(ines, sam)).content.decode()
    assert as_mara.get(merge_url(sam, ines)).status_code == 200
    client.force_login(CustomerFactory(registered=True, is_staff=True, role="manager"))
    assert client.get(merge_url(sam, ines)).status_code == 403


def test_a_chain_of_merges_ends_at_the_last_one(as_mara, ines, gus, otto):
    order = OrderFactory(customer=gus)
    merged_by(as_mara, ines, gus)
    merged_by(as_mara, otto, ines)
    order.refresh_from_db()
    assert (now(gus).merged_into, now(ines).merged_into, order.customer) == (otto, otto, otto)
