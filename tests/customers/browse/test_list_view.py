"""The list of customers as a page: filters as popups and chips, wrong ones, tags, picking, and what leads on."""

import re

import pytest

from customers.models import Customer, Tag
from tests.factories import AddressFactory, CustomerFactory
from tests.page_forms import forms_of

pytestmark = pytest.mark.django_db
URL = "/backoffice/customers/"
LINK = re.compile(r'class="cover" href="/backoffice/customers/(\d+)/"')


def page_of(client, **query):
    return client.get(URL, query).content.decode()


def listed(page):
    return [int(number) for number in LINK.findall(page)]


def chips(page):
    """Words of each filter that is on, and the view without it."""
    found = re.findall(r'<span class="filter-on">(.*?) <a [^>]*href="([^"]*)"', page)
    return {words: address.replace("&amp;", "&") for words, address in found}


def popups(page):
    """What the row and the button beside it offer."""
    return re.findall(r'<details(?: class="[^"]*")?(?: name="filter")?(?: open)?><summary[^>]*>([^<]+)<', page)


def test_every_filter_is_offered(as_mara):
    Tag.objects.named("studio")
    offered = set(popups(page_of(as_mara)))
    assert offered >= {
        "Status", "Type", "Tag", "Country", "Language", "Marketing e-mails",
        "Created", "Last order", "Number of orders", "Amount spent",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"status": "awaiting"}, "Status: Awaiting approval"),
        ({"type": "business"}, "Type: Business"),
        ({"country": "DE"}, "Country: Germany"),
        ({"language": "nl"}, "Language: Dutch"),
        ({"consent": "no"}, "Marketing e-mails: Not agreed"),
        ({"unseen": "on"}, "Changed by shoppers"),
        ({"created_from": "2026-01-01", "created_to": "2026-03-31"}, "Created: 1 Jan 2026 to 31 Mar 2026"),
        ({"last_order_to": "2026-03-31"}, "Last order: until 31 Mar 2026"),
        ({"last_order_from": "2026-03-31"}, "Last order: from 31 Mar 2026"),
        ({"last_order_to": "90d"}, "Last order: 90 days ago or longer"),
        ({"created_from": "1d"}, "Created: in the last 1 day"),
        ({"orders_min": "3"}, "Number of orders: at least 3"),
        ({"orders_min": "0", "orders_max": "0"}, "Number of orders: 0"),
        ({"spent_max": "1000"}, "Amount spent: at most €1,000.00"),
    ],
)
def test_what_is_chosen_is_a_chip_that_leads_to_the_view_without_it(as_mara, query, words):
    page = page_of(as_mara, q="ines", sort="spent", **query)
    assert chips(page) == {words: "?q=ines&sort=spent"}
    assert words.split(":")[0] not in popups(page)


def test_days_ago_are_one_click_away_and_keep_the_view(as_mara):
    page = page_of(as_mara, q="ines", sort="spent")
    assert '<a href="?q=ines&amp;sort=spent&amp;last_order_to=90d">90 days ago or longer</a>' in page
    assert '<a href="?q=ines&amp;sort=spent&amp;created_from=7d">in the last 7 days</a>' in page


def test_a_tag_is_a_filter_by_its_name(as_mara, ines, gus):
    ines.tags.add(tag := Tag.objects.named("studio <1>"))
    page = page_of(as_mara, tag=tag.pk)
    assert (listed(page), list(chips(page))) == ([ines.pk], ["Tag: studio &lt;1&gt;"])


def test_every_choice_keeps_the_rest_of_the_view(as_mara):
    page = page_of(as_mara, q="a b", status="guest", after="x")
    assert '<a href="?q=a+b&amp;status=guest&amp;type=business">Business</a>' in page


def form_with(page, name):
    return next(form.fields for form in forms_of(page) if name in form.fields)


def test_a_range_is_a_form_that_keeps_the_rest_of_the_view(as_mara):
    page = page_of(as_mara, q="ines", status="guest", sort="name")
    kept = {"q": "ines", "status": "guest", "sort": "name"}
    assert form_with(page, "created_from") == kept | {"created_from": "", "created_to": ""}
    assert form_with(page, "spent_min") == kept | {"spent_min": "", "spent_max": ""}
    assert form_with(page, "country") == kept | {"country": "NL"}


def test_a_search_keeps_filters_and_order(as_mara):
    page = page_of(as_mara, q="ines", country="DE", sort="name", after="x")
    search = next(form for form in forms_of(page) if form.action == "" and list(form.fields)[0] == "q")
    assert search.fields == {"q": "ines", "country": "DE", "sort": "name"}


def test_many_tags_are_chosen_from_a_list(as_mara):
    tags = [Tag.objects.named(f"tag {number:02}") for number in range(13)]
    page = page_of(as_mara)
    assert f'<select class="input" name="tag" aria-label="Tag"><option value="{tags[0].pk}">tag 00</option>' in page


def test_a_wrong_range_is_answered_at_its_field(as_mara, ines):
    page = page_of(as_mara, spent_min="much", status="guest")
    assert "Nobody is shown: a filter needs another look" in page
    assert '<a href="#id_spent_min">Amount spent, at least: Please enter an amount, such as 12.50.</a>' in page
    assert re.search(r'<input[^>]*name="spent_min"[^>]*value="much"[^>]*aria-invalid="true"', page)
    assert (listed(page), chips(page)) == ([], {"Status: Guest": "?"})


def test_a_range_that_ends_before_it_begins_says_so(as_mara):
    page = page_of(as_mara, created_from="2026-02-01", created_to="2026-01-01")
    assert '<a href="#id_created_to">Created until: This lies before the beginning of the range.</a>' in page


def test_a_choice_that_is_none_says_so(as_mara):
    assert "<li>Status: Select a valid choice. x is not one of the available choices.</li>" in page_of(
        as_mara, status="x"
    )


def test_what_was_typed_never_becomes_markup(as_mara):
    page = page_of(as_mara, q="<b>", status="<b>", spent_min="<b>", sort="<b>")
    assert "<b>" not in page


def test_rows_show_their_tags(as_mara, ines, gus):
    ines.tags.set([Tag.objects.named("studio"), Tag.objects.named("<press>")])
    assert re.findall(r'<span class="tag">([^<]*)<', page_of(as_mara)) == ["&lt;press&gt;", "studio"]


def test_rows_can_be_picked_for_what_is_done_to_many(as_mara, ines, gus):
    page = page_of(as_mara, q="post", sort="name", after="x")
    assert re.findall(r'name="picked" value="(\d+)" form="bulk"', page) == [str(gus.pk)]
    bulk = next(form for form in forms_of(page) if form.action == f"{URL}bulk/")
    assert (bulk.method, bulk.fields["query"]) == ("post", "q=post&sort=name")


@pytest.mark.parametrize("who", ["sam", "rosa"])
def test_who_may_not_change_many_picks_nobody(client, request, store, ines, who):
    client.force_login(request.getfixturevalue(who))
    page = page_of(client)
    assert (listed(page), "picked" in page, "/bulk/" in page) == ([ines.pk], False, False)


@pytest.mark.parametrize(("who", "words"), [("sam", ["/tags/", "/segments/", "/add/"]), ("rosa", [])])
def test_nobody_is_shown_a_door_that_is_shut(client, request, store, who, words):
    client.force_login(request.getfixturevalue(who))
    page = page_of(client, status="guest")
    doors = ["/export/", "/import/", "/duplicates/", "/tags/", "/segments/", "/add/"]
    assert [door for door in doors if f'href="{URL[:-1]}{door}' in page] == words


def test_what_is_exported_is_what_is_shown(as_mara, ines):
    page = page_of(as_mara, q="ines", sort="name", after="x")
    assert f'href="{URL}export/?q=ines&amp;sort=name"' in page


def test_previous_leads_back_to_where_one_was(as_mara):
    for _number in range(101):
        CustomerFactory()
    first = as_mara.get(URL)
    pages = [first.content.decode()]
    for rel in ("next", "next", "prev", "prev"):
        address = re.search(rf'href="([^"]+)" rel="{rel}"', pages[-1])[1]
        pages.append(as_mara.get(URL + address.replace("&amp;", "&")).content.decode())
    rows = [listed(page) for page in pages]
    assert (rows[3], rows[4], [len(found) for found in rows]) == (rows[1], rows[0], [50, 50, 1, 50, 50])


def test_tags_and_saved_views_stay_within_eight_queries(as_mara, ines, django_assert_max_num_queries):
    ines.tags.add(tag := Tag.objects.named("studio"))
    AddressFactory(customer=CustomerFactory())
    Customer.objects.filter(pk=ines.pk).update(orders_count=1)
    for query in ({}, {"tag": tag.pk, "country": "NL"}, {"q": "ines", "sort": "spent"}):
        with django_assert_max_num_queries(8):
            as_mara.get(URL, query)
