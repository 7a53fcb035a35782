"""Search everywhere: what it finds, for whom, in which order, and what it costs."""

from contextlib import nullcontext

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Customer
from orders.models import Order
from shopadmin.lists.planner import read_rows
from shopadmin.search.everywhere import READ, ROWS
from tests.customers.browse.test_list_page import URL as CUSTOMERS
from tests.factories import CustomerFactory, OrderFactory, ProductFactory
from tests.shown_page import html_of, text_of

pytestmark = pytest.mark.django_db
URL = "/backoffice/search/"
IN_DIALOG = {"HX-Request": "true"}


def results(response) -> dict[str, list[str]]:
    """The names of what was found, by the heading they stand under."""
    groups = html_of(response).xpath("//section[*[@class='group']]")
    return {text_of(group.find_class("group")[0]): [*map(name_of, group.find_class("hit"))] for group in groups}


def name_of(hit) -> str:
    """What it is called, without what stands below."""
    return "".join(hit.xpath("span[1]/text() | span[1]/mark/text()"))


def found(client, words: str, **headers: str) -> dict[str, list[str]]:
    return results(client.get(URL, {"q": words}, headers=headers))


def links(response) -> list[str]:
    return [hit.get("href") for hit in html_of(response).find_class("hit")]


def test_it_finds_customers_orders_products_and_pages_at_once(as_mara, ines):
    OrderFactory(number="W10484", customer=ines, first_name="Della", last_name="Post")
    ProductFactory(name="Vase Delft", sku="VV-641")
    CustomerFactory(first_name="Delphine", last_name="Moreau")
    assert found(as_mara, "del") == {
        "Customers": ["Delphine Moreau"],
        "Orders": ["W10484"],
        "Products": ["Vase Delft"],
        "Pages and actions": [
            "Delivery methods", "Emails with delivery problems", "Add delivery method", "Privacy and retention",
        ],
    }  # fmt: skip


def test_a_hit_leads_to_what_it_names_and_shows_what_was_searched_for(as_mara, gus):
    response = as_mara.get(URL, {"q": "gast"})
    assert links(response) == [gus.get_absolute_url()]
    [hit] = html_of(response).find_class("hit")
    assert [text_of(mark) for mark in hit.iter("mark")] == ["Gast"]
    assert text_of(hit) == "Gus Gastgus@post.example Guest"


def test_without_scripts_what_was_found_is_a_page_of_links(as_mara, gus):
    page = html_of(as_mara.get(URL, {"q": "gast"}))
    assert (page.xpath("//h1/text()"), page.xpath("//main//@role")) == (["Search"], ["status"])
    assert page.xpath("//main//input[@name='q']/@value") == ["gast"]
    assert page.xpath("//main//*[@role='status']/text()") == ["1 result"]


def test_the_dialog_gets_options_and_their_count(as_mara, gus, otto):
    part = html_of(as_mara.get(URL, {"q": "post.example"}, headers=IN_DIALOG))
    assert part.xpath("//h1") == []
    assert part.xpath("//*[@role='listbox']//*[@role='option']/@id") == ["hit-1", "hit-2"]
    assert [text_of(status) for status in part.xpath("//*[@id='finder-status']")] == ["2 results"]


@pytest.mark.parametrize(
    ("words", "first"),
    [("anna@post.example", "Exact One"), ("+31 6 1234 5678", "Exact One"), ("0612345678", "Exact One")],
)
def test_the_one_whose_email_or_phone_it_is_comes_first(as_mara, words, first):
    CustomerFactory(first_name="Exact", last_name="One", email="anna@post.example", mobile="+31612345678")
    for number in range(ROWS):
        near = {"email": f"x{number}-anna@post.example.org", "company_name": f"0612345678{number} 31612345678{number}"}
        CustomerFactory(first_name=f"Near {number}", last_name="Miss", **near)
    assert found(as_mara, words)["Customers"][0] == first


def test_the_order_whose_number_it_is_comes_first(as_mara, ines):
    for number in ("W1048", *(f"W1048{digit}" for digit in range(ROWS + 1))):
        OrderFactory(customer=ines, number=number)
    assert found(as_mara, "w1048")["Orders"][0] == "W1048"


def test_the_product_whose_sku_it_is_comes_first(as_mara):
    for name in "ABCDEF":
        ProductFactory(name=f"{name} lamp", sku=f"VV-6{name}")
    ProductFactory(name="Z lamp", sku="VV-6")
    assert found(as_mara, "vv-6")["Products"][0] == "Z lamp"


def test_a_name_comes_before_what_only_stands_beside(as_mara):
    CustomerFactory(first_name="Anna", last_name="Lampe", email="a@post.example")
    CustomerFactory(first_name="Newer", last_name="One", email="lampe@post.example")
    assert found(as_mara, "lampe")["Customers"] == ["Anna Lampe", "Newer One"]


def test_a_few_are_shown_and_the_rest_is_one_link_away(as_mara):
    CustomerFactory.create_batch(ROWS + 1, last_name="Jansen & Co")
    response = as_mara.get(URL, {"q": "jansen & co"})
    assert results(response)["Customers"][ROWS:] == ["All results in Customers"]
    assert links(response)[ROWS] == f"{CUSTOMERS}?q=jansen+%26+co"


@pytest.mark.parametrize(
    ("words", "status"),
    [("", None), ("j", None), (" j ", None), ("zzqq", "0 results"), ("%%%", "0 results"), ("'; --", "0 results")],
)
def test_what_finds_nothing_says_why(as_mara, gus, words, status):
    page = html_of(as_mara.get(URL, {"q": words}))
    assert page.xpath("string(//main//*[@role='status'])") == (status or "")
    assert ("Type at least 2 characters." in text_of(page)) == (status is None)
    assert (f"Nothing found for “{words}”." in text_of(page)) == (status is not None)


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "x" * 5000, "🦊🦊", "\u202egus", "--", "\\", "#999999999999999999999999", "e\u0301e"],
)
def test_hostile_words_are_answered(as_mara, gus, words):
    for headers in ({}, IN_DIALOG):
        response = as_mara.get(URL, {"q": words}, headers=headers)
        assert (response.status_code, b"<script>alert" in response.content) == (200, False)


def test_a_hostile_name_is_shown_as_it_is(as_mara):
    CustomerFactory(first_name="<img src=x>", last_name="Lampe")
    assert found(as_mara, "img")["Customers"] == ["<img src=x> Lampe"]


@pytest.mark.parametrize(("person", "finds"), [("mara", True), ("sam", False)])
def test_restricted_people_are_found_by_owners_alone(client, request, store, ines, person, finds):
    OrderFactory(number="W10484", customer=ines, first_name="Ines", last_name="van der Meulen")
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now())
    client.force_login(request.getfixturevalue(person))
    people = {"Customers": ["Ines van der Meulen"], "Orders": ["W10484"]}
    assert found(client, "meulen") == (people if finds else {})


@pytest.mark.parametrize(("person", "name"), [("mara", "Ines van der Meulen"), ("sam", "Erased")])
def test_an_order_kept_by_law_names_its_person_to_owners_alone(client, request, store, ines, person, name):
    OrderFactory(number="W10484", first_name="Ines", last_name="van der Meulen", state=Order.State.COMPLETED)
    Order.objects.update(customer=None, erased_at=timezone.now())
    client.force_login(request.getfixturevalue(person))
    [hit] = html_of(client.get(URL, {"q": "w10484"})).find_class("hit")
    assert text_of(hit.xpath("span/small")[0]).startswith(f"{name} · ")


@pytest.mark.parametrize(
    ("words", "rosa_finds"),
    [("taxes", []), ("staff", []), ("add", []), ("import", []), ("tag", []), ("emails", ["Emails"]), ("saved", [])],
)
def test_pages_are_found_by_whoever_may_open_them(client, mara, rosa, store, words, rosa_finds):
    client.force_login(rosa)
    assert found(client, words).get("Pages and actions", [])[:1] == rosa_finds
    client.force_login(mara)
    assert found(client, words)["Pages and actions"]


def test_a_product_leads_where_one_may_go(client, mara, rosa, store):
    product = ProductFactory(name="Vase", sku="VV-1")
    client.force_login(rosa)
    assert links(client.get(URL, {"q": "vase"})) == ["/backoffice/products/?q=VV-1"]
    client.force_login(mara)
    assert links(client.get(URL, {"q": "vase"})) == [f"/backoffice/products/{product.pk}/"]


@pytest.mark.parametrize("headers", [{}, IN_DIALOG])
@pytest.mark.parametrize("words", ["jansen", "w10484", "jan@post.example", "0612345678"])
def test_it_takes_at_most_8_queries_whatever_the_rows(as_mara, words, headers, monkeypatch):
    monkeypatch.setattr(read_rows, "time_limit", nullcontext)  # a busy machine gives up and asks again
    counts = []
    for number in (1, 3):
        for place in range(number):
            jan = CustomerFactory(last_name="Jansen", email=f"{number}{place}jan@post.example", mobile="+31612345678")
            OrderFactory(customer=jan, number=f"W10484{number}{place}", last_name="Jansen", email=jan.email)
            ProductFactory(name="Jansen w10484 jan@post.example 0612345678")
        as_mara.get(URL, {"q": words}, headers=headers)
        with CaptureQueriesContext(connection) as captured:
            as_mara.get(URL, {"q": words}, headers=headers)
        counts.append(len([query for query in captured if query["sql"].startswith("SELECT")]))
    assert counts[0] == counts[1] <= 8


def test_a_piece_of_many_numbers_asks_twice_more_for_those_that_are_just_it(as_mara, ines, monkeypatch):
    monkeypatch.setattr(read_rows, "time_limit", nullcontext)
    for place in range(READ + 1):
        OrderFactory(customer=ines, number=f"1048{place:02}")
        ProductFactory(name=f"Lamp {place:02}", sku=f"1048-{place:02}")
    OrderFactory(customer=ines, number="1048", placed_at="2020-01-01T10:00Z")
    ProductFactory(name="Vase", sku="1048")
    as_mara.get(URL, {"q": "1048"}, headers=IN_DIALOG)
    with CaptureQueriesContext(connection) as captured:
        page = as_mara.get(URL, {"q": "1048"}, headers=IN_DIALOG)
    assert [results(page)[kind][0] for kind in ("Orders", "Products")] == ["1048", "Vase"]
    assert len([query for query in captured if query["sql"].startswith("SELECT")]) <= 8 + 2
