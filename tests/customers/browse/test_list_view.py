"""The list of customers as a page: filters as popups and chips, wrong ones, tags, picking, and what leads on."""

import pytest

from customers.models import Customer, Tag
from tests.factories import AddressFactory, CustomerFactory
from tests.shown_page import chips, error_summary, form_with, html_of, page_link, sent_by, text_of, texts

pytestmark = pytest.mark.django_db
URL = "/backoffice/customers/"


def page_of(client, **query):
    return client.get(URL, query)


def filters_of(client, **query):
    """The filters behind the list's button, as its address has them fetched."""
    button = html_of(page_of(client, **query)).xpath("//details[contains(@class, 'is-filters')]/div")[0]
    assert button.get("data-hx-get") == button.find("a").get("href")
    return client.get(button.get("data-hx-get"))


def listed(page):
    return [int(link.get("href").split("/")[3]) for link in html_of(page).find_class("cover")]


def links_to(page, address):
    """The words of the links that lead there."""
    return {text_of(link) for link in html_of(page).xpath("//main//a[@href=$address]", address=address)}


def popups(page):
    """What the row and the button beside it offer."""
    return [text_of(popup) for popup in html_of(page).xpath("//details/summary")]


def test_every_filter_is_offered(as_mara):
    Tag.objects.named("studio")
    offered = {*popups(page_of(as_mara)), *popups(filters_of(as_mara))}
    assert offered >= {
        "Status", "Type", "Tag", "Country", "Language", "Marketing emails",
        "Created", "Last order", "Number of orders", "Amount spent",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"status": "awaiting"}, "Status: Awaiting approval"),
        ({"type": "business"}, "Type: Business"),
        ({"country": "DE"}, "Country: Germany"),
        ({"language": "nl"}, "Language: Dutch"),
        ({"consent": "no"}, "Marketing emails: Not agreed"),
        ({"unseen": "on"}, "Changed by customers"),
        ({"created_from": "2026-01-01", "created_to": "2026-03-31"}, "Created: 1 Jan 2026 to 31 Mar 2026"),
        ({"last_order_to": "2026-03-31"}, "Last order: until 31 Mar 2026"),
        ({"last_order_from": "2026-03-31"}, "Last order: from 31 Mar 2026"),
        ({"last_order_to": "90d"}, "Last order: at least 90 days ago"),
        ({"created_from": "1d"}, "Created: in the last 1 day"),
        ({"orders_min": "3"}, "Number of orders: at least 3"),
        ({"orders_min": "0", "orders_max": "0"}, "Number of orders: 0"),
        ({"spent_max": "1000"}, "Amount spent: at most €1,000.00"),
    ],
)
def test_what_is_chosen_is_a_chip_that_leads_to_the_view_without_it(as_mara, query, words):
    page = page_of(as_mara, q="ines", sort="spent", **query)
    assert chips(page) == {words: f"{URL}?q=ines&sort=spent"}
    offered = popups(page) + popups(filters_of(as_mara, q="ines", sort="spent", **query))
    assert words.split(":")[0] not in offered


def test_days_ago_are_one_click_away_and_keep_the_view(as_mara):
    filters = filters_of(as_mara, q="ines", sort="spent")
    assert links_to(filters, f"{URL}?q=ines&sort=spent&last_order_to=90d") == {"at least 90 days ago"}
    assert links_to(filters, f"{URL}?q=ines&sort=spent&created_from=7d") == {"in the last 7 days"}


def test_a_tag_is_a_filter_by_its_name(as_mara, ines, gus):
    ines.tags.add(tag := Tag.objects.named("studio <1>"))
    page = page_of(as_mara, tag=tag.pk)
    assert (listed(page), list(chips(page))) == ([ines.pk], ["Tag: studio <1>"])


def test_every_choice_keeps_the_rest_of_the_view(as_mara):
    page = page_of(as_mara, q="a b", status="guest", after="x")
    assert links_to(page, f"{URL}?q=a+b&status=guest&type=business") == {"Business"}


def test_a_range_is_a_form_that_keeps_the_rest_of_the_view(as_mara):
    filters = filters_of(as_mara, q="ines", status="guest", sort="name")
    kept = {"q": "ines", "status": "guest", "sort": "name"}
    assert sent_by(form_with(filters, "created_from")) == kept | {"created_from": "", "created_to": ""}
    assert sent_by(form_with(filters, "spent_min")) == kept | {"spent_min": "", "spent_max": ""}
    assert sent_by(form_with(filters, "country")) == kept | {"country": "NL"}
    assert {form.get("action") for form in html_of(filters).xpath("//main//form")} == {URL}


def test_what_stands_behind_the_button_comes_when_it_is_pressed(as_mara):
    assert "Amount spent from" not in page_of(as_mara).content.decode()
    part = as_mara.get(f"{URL}filters/", headers={"HX-Request": "true"}).content.decode()
    assert ("Amount spent" in part, "<h1" in part) == (True, False)


def test_a_search_keeps_filters_and_order(as_mara):
    page = page_of(as_mara, q="ines", country="DE", sort="name", after="x")
    assert sent_by(html_of(page).get_element_by_id("search")) == {"q": "ines", "country": "DE", "sort": "name"}


def test_many_tags_are_chosen_from_a_list(as_mara):
    """In the row of filters, and among those behind the button beside it."""
    tags = [Tag.objects.named(f"tag {number:02}") for number in range(13)]
    pages = page_of(as_mara), filters_of(as_mara)
    selects = [select for page in pages for select in html_of(page).xpath("//select[@name='tag']")]
    offered = [[(option.get("value"), text_of(option)) for option in select] for select in selects]
    assert offered == [[(str(tag.pk), tag.name) for tag in tags]] * 2


def test_a_wrong_range_is_answered_at_its_field(as_mara, ines):
    page = page_of(as_mara, spent_min="much", status="guest")
    assert "No customers shown: check the filters" in page.content.decode()
    assert links_to(page, "#id_spent_min") == {"Minimum amount spent: Enter an amount, such as 12.50"}
    assert html_of(page).xpath("//input[@name='spent_min'][@aria-invalid='true']/@value") == ["much"]
    assert (listed(page), chips(page)) == ([], {"Status: Guest": f"{URL}?"})


def test_a_range_that_ends_before_it_begins_says_so(as_mara):
    page = page_of(as_mara, created_from="2026-02-01", created_to="2026-01-01")
    assert links_to(page, "#id_created_to") == {"Created until: The end of the range must come after the start."}


def test_a_choice_that_is_none_says_so(as_mara):
    assert error_summary(page_of(as_mara, status="x")) == [
        "Status: Select a valid choice. x is not one of the available choices."
    ]


def test_what_was_typed_never_becomes_markup(as_mara):
    page = page_of(as_mara, q="<b>", status="<b>", spent_min="<b>", sort="<b>")
    assert "<b>" not in page.content.decode()


def test_rows_show_their_tags(as_mara, ines, gus):
    ines.tags.set([Tag.objects.named("studio"), Tag.objects.named("<press>")])
    assert texts(page_of(as_mara), "tag") == ["<press>", "studio"]


def test_rows_can_be_picked_for_what_is_done_to_many(as_mara, ines, gus):
    page = page_of(as_mara, q="post", sort="name", after="x")
    bulk = form_with(page, "picked")
    assert (bulk.action, bulk.method, sent_by(bulk)["query"]) == (f"{URL}bulk/", "POST", "q=post&sort=name")
    assert bulk.xpath(".//input[@name='picked']/@value") == [str(gus.pk)]


@pytest.mark.parametrize("who", ["sam", "rosa"])
def test_who_may_not_change_many_picks_nobody(client, request, store, ines, who):
    client.force_login(request.getfixturevalue(who))
    page = page_of(client)
    html = page.content.decode()
    assert (listed(page), "picked" in html, "/bulk/" in html) == ([ines.pk], False, False)


@pytest.mark.parametrize(("who", "words"), [("sam", ["/tags/", "/segments/", "/add/"]), ("rosa", [])])
def test_nobody_is_shown_a_door_that_is_shut(client, request, store, who, words):
    client.force_login(request.getfixturevalue(who))
    page = page_of(client, status="guest")
    doors = ["/export/", "/import/", "/duplicates/", "/tags/", "/segments/", "/add/"]
    found = html_of(page).xpath("//a/@href")
    assert [door for door in doors if any(link.startswith(f"{URL[:-1]}{door}") for link in found)] == words


def test_what_is_exported_is_what_is_shown(as_mara, ines):
    page = page_of(as_mara, q="ines", sort="name", after="x")
    assert links_to(page, f"{URL}export/?q=ines&sort=name") == {"Export"}


def test_previous_leads_back_to_where_one_was(as_mara):
    for _number in range(101):
        CustomerFactory()
    pages = [as_mara.get(URL)]
    for rel in ("next", "next", "prev", "prev"):
        pages.append(as_mara.get(URL + page_link(pages[-1], rel)))
    rows = [listed(page) for page in pages]
    assert (rows[3], rows[4], [len(found) for found in rows]) == (rows[1], rows[0], [50, 50, 1, 50, 50])


# Outside of a transaction, as requests are: in one, the time limit of a filter adds two savepoints.
@pytest.mark.django_db(transaction=True)
def test_tags_and_saved_views_stay_within_eight_queries(as_mara, ines, settings):
    settings.MIDDLEWARE = ["tests.benchmarks.counting.count_queries", *settings.MIDDLEWARE]
    ines.tags.add(tag := Tag.objects.named("studio"))
    AddressFactory(customer=CustomerFactory())
    Customer.objects.filter(pk=ines.pk).update(orders_count=1)
    for query in ({}, {"tag": tag.pk, "country": "NL"}, {"q": "ines", "sort": "spent"}):
        response = as_mara.get(URL, query, headers={"X-Count-Queries": "1"})
        assert int(response["X-Queries"]) <= 8, query
