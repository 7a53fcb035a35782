"""One thread of changes, mails and orders, newest first, with what is new to the merchant."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.html import format_html

from customers.history import acting
from customers.history.timeline import LENGTH, timeline
from customers.models import Customer, HistoryEntry
from shopadmin.models import Mail

pytestmark = pytest.mark.django_db


def entries(customer, kind="", **options):
    return [entry for day in timeline(customer, kind, **options).days for entry in day.entries]


def change(who, **fields):
    with who:
        Customer.objects.filter(email="ines@vandermeulen.example").update(**fields)


def test_what_one_person_changed_at_once_is_one_entry_in_words(ines, mara):
    change(acting.merchant(mara), mobile="+31612345678", gender="female", birth_date="1986-05-04", language="de")
    newest = entries(ines, "changes")[0]
    assert newest.text == format_html("<strong>{}</strong> updated this customer", mara)
    assert sorted(newest.changes) == [
        ("Date of birth", "", "4 May 1986"),
        ("Gender", "Not stated", "Female"),
        ("Language", "Dutch", "German"),
        ("Mobile", "", "+31 6 12345678"),
    ]


def test_what_the_shopper_changed_is_new_until_it_was_seen(ines, mara):
    change(acting.shopper(ines), first_name="Inez")
    assert [entry.is_new for entry in entries(ines, "changes")][:1] == [True]
    HistoryEntry.objects.update(seen=True)
    assert {entry.is_new for entry in entries(ines, "changes")} == {False}


def test_addresses_and_switches_read_as_words(ines, mara):
    with acting.merchant(mara):
        ines.addresses.update(country="DE")
        Customer.objects.filter(pk=ines.pk).update(ship_elsewhere=True)
    assert sorted(entries(ines, "changes")[0].changes) == [
        ("Billing address: country", "Netherlands", "Germany"),
        ("Ship to a different address", "no", "yes"),
    ]


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (acting.command("import_customers"), "Updated by command import_customers"),
        (acting.shopper(None, source="order 10482"), "Updated in the shop without signing in, with order 10482"),
    ],
)
def test_who_is_no_person_is_named_for_what_it_is(ines, who, sentence):
    change(who, first_name="Inez")
    assert entries(ines, "changes")[0].text == sentence


def test_where_a_guest_changed_it_is_told_in_the_readers_language(ines):
    change(acting.shopper(None, source="order 10482"), first_name="Inez")
    with translation.override("nl"):
        assert entries(ines, "changes")[0].text == "In de winkel gewijzigd zonder in te loggen, bij bestelling 10482"


def test_mails_stand_in_it_with_their_state(ines):
    Mail.objects.create(customer=ines, to=ines.email, subject="Your order <1>", language="nl", message_id="1")
    newest = entries(ines, "mails")[0].text
    assert newest.endswith("Your order &lt;1&gt;</a>: Queued")


def test_a_kind_alone_leaves_the_others_out(ines):
    Mail.objects.create(customer=ines, to=ines.email, subject="Hello", language="nl", message_id="1")
    assert [entry.icon for entry in entries(ines, "mails")] == ["mail"]


def test_older_entries_follow_where_the_first_ones_end(ines):
    begin = timezone.now()
    Mail.objects.bulk_create(
        Mail(customer=ines, to=ines.email, subject=str(n), message_id=str(n), created_at=begin - timedelta(days=n + 1))
        for n in range(LENGTH + 5)
    )
    first = timeline(ines, "mails")
    rest = timeline(ines, "mails", before=first.older)
    assert (sum(len(day.entries) for day in first.days), len(rest.days), rest.older) == (LENGTH, 5, None)


def test_nothing_of_somebody_else_stands_in_it(ines, otto):
    change(acting.shopper(ines), first_name="Inez")
    assert [entry.text for entry in entries(otto)] == ["Added in the backoffice"]
