"""A shopper's change is marked until a merchant presses Seen."""

import pytest
from django.urls import reverse

from customers.history import acting
from customers.models import Customer, HistoryEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def changed(ines, otto):
    """Ines and Otto changed something in the shop."""
    for person in (ines, otto):
        with acting.shopper(person):
            Customer.objects.filter(pk=person.pk).update(mobile="+31612345678", initials="X.")


def unseen():
    return sorted(HistoryEntry.objects.filter(seen=False).values_list("customer__first_name", flat=True))


def url_of(customer):
    return f"/backoffice/customers/{customer.pk}/seen/"


@pytest.mark.parametrize("page", ["one", "all"])
def test_strangers_shoppers_and_onlookers_may_not_press_it(client, otto, rosa, ines, store, page):
    url = url_of(ines) if page == "one" else "/backoffice/customers/seen/"
    assert client.post(url).url == f"{reverse('staff_sign_in')}?next={url}"
    answers = []
    for person in (otto, rosa):
        client.force_login(person)
        answers.append(client.post(url).status_code)
    assert (answers, unseen()) == ([404, 403], ["Ines", "Ines", "Otto", "Otto"])


def test_looking_takes_no_mark_off(as_mara, ines):
    page = as_mara.get(f"/backoffice/customers/{ines.pk}/").content.decode()
    assert "Ines van der Meulen changed 2 fields" in page
    assert "Mobile" in page.partition('class="notice"')[2].partition("</div>")[0]
    assert as_mara.get(url_of(ines)).status_code == 405
    assert len(unseen()) == 4


def test_seen_takes_the_mark_off_this_customer_alone(as_mara, ines):
    response = as_mara.post(url_of(ines), follow=True)
    assert b"changed 2 fields" not in response.content
    assert unseen() == ["Otto", "Otto"]


def test_all_seen_takes_every_mark_off(as_mara):
    assert b"Mark all as seen" in as_mara.get("/backoffice/customers/?unseen=on").content
    as_mara.post("/backoffice/customers/seen/")
    assert unseen() == []
