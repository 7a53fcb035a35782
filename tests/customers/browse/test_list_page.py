"""The list of customers: who may see it, what it finds, and in which order."""

import re

import pytest
from django.urls import reverse

from customers.browse.filters import CustomerFilter
from customers.history import acting
from customers.models import Customer, Tag
from tests.factories import AddressFactory, CustomerFactory
from tests.shown_page import html_of, page_link, row_names, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/backoffice/customers/"


def listed(response):
    """The customers on the page, by their numbers, in order."""
    return [int(link.get("href").split("/")[3]) for link in html_of(response).find_class("cover")]


def test_strangers_are_sent_to_sign_in(client, store):
    assert client.get(URL).url == f"{reverse('staff_sign_in')}?next=/backoffice/customers/"


@pytest.mark.parametrize("url", [URL, f"{URL}total/"])
def test_shoppers_see_nothing_there(client, otto, store, url):
    client.force_login(otto)
    assert client.get(url).status_code == 404


def test_who_only_looks_sees_the_list_but_no_way_to_add(client, rosa, ines, store):
    client.force_login(rosa)
    response = client.get(URL)
    assert (listed(response), b"Add a customer" in response.content) == ([ines.pk], False)


def test_shows_the_newest_first_and_no_staff(as_mara, ines, gus, sam):
    assert listed(as_mara.get(URL)) == [gus.pk, ines.pk]


def test_shows_staff_who_have_ordered(as_mara, sam):
    Customer.objects.filter(pk=sam.pk).update(orders_count=1)
    assert listed(as_mara.get(URL)) == [sam.pk]


def test_a_row_shows_who_it_is_and_what_they_bought(as_mara, ines):
    Customer.objects.filter(pk=ines.pk).update(orders_count=14, spent="1284.60")
    text = re.sub(r"<[^>]+>|\s+", " ", as_mara.get(URL).content.decode())
    for words in [
        "Ines van der Meulen",
        "ines@vandermeulen.example",
        "Registered",
        "Utrecht, Netherlands",
        "€1,284.60",
    ]:
        assert words in text


@pytest.mark.parametrize(
    "words",
    ["van der meulen", "VANDERMEULEN.example", "3511 aw", "3511aw", "meul ines", "in", "+31 6 1234 5678", "06-12345678",
     "0031 (0)6 12345678", "W1048"],
)  # fmt: skip
def test_the_search_finds_by_any_fragment(as_mara, ines, gus, words):
    ines.mobile, ines.order_numbers = "+31612345678", "W10482"
    ines.save()
    assert listed(as_mara.get(URL, {"q": words})) == [ines.pk]


def test_the_search_folds_accents(as_mara, gus):
    muller = CustomerFactory(last_name="Müller-Ørsted")
    assert listed(as_mara.get(URL, {"q": "muller orsted"})) == [muller.pk]


def test_one_or_two_letters_count_where_a_name_begins(as_mara, ines, gus):
    assert listed(as_mara.get(URL, {"q": "nd"})) == []
    assert listed(as_mara.get(URL, {"q": "gu"})) == [gus.pk]


def test_a_number_with_its_sign_finds_that_customer_alone(as_mara, ines, gus):
    assert listed(as_mara.get(URL, {"q": f"#{ines.pk}"})) == [ines.pk]
    assert listed(as_mara.get(URL, {"q": "#999999999999999999"})) == []


def _told_apart(ines, gus):
    """Ines ordered once and carries a tag; Gus speaks French, agreed, and was made just after midnight in Amsterdam."""
    Customer.objects.filter(pk=ines.pk).update(orders_count=1, spent="12.50", last_order_at="2026-01-02T10:00Z")
    ines.refresh_derived_fields()
    ines.tags.add(Tag.objects.create(name="VIP"))
    Customer.objects.filter(pk=gus.pk).update(language="fr", marketing_consent=True, created_at="2026-03-01T23:30Z")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "registered"}, ["ines", "waiting"]),
        ({"status": "guest"}, ["gus"]),
        ({"status": "awaiting"}, ["waiting"]),
        ({"type": "business"}, ["waiting"]),
        ({"status": "registered", "type": "private"}, ["ines"]),
        ({"status": "refused"}, []),
        ({"unseen": "on"}, ["ines"]),
        ({"status": "nonsense"}, []),
        ({"country": "NL"}, ["ines"]),
        ({"language": "fr"}, ["gus"]),
        ({"consent": "yes"}, ["gus"]),
        ({"consent": "no", "type": "business"}, ["waiting"]),
        ({"tag": "VIP"}, ["ines"]),
        ({"created_from": "2026-03-02", "created_to": "2026-03-02"}, ["gus"]),
        ({"created_to": "2026-03-01"}, []),
        ({"last_order_from": "2026-01-02"}, ["ines"]),
        ({"last_order_to": "2026-01-02"}, ["ines"]),
        ({"last_order_to": "90d"}, ["ines"]),
        ({"last_order_from": "90d"}, []),
        ({"created_from": "1d"}, ["ines", "waiting"]),
        ({"orders_min": "1"}, ["ines"]),
        ({"orders_max": "0", "status": "guest"}, ["gus"]),
        ({"spent_min": "12.50", "spent_max": "12.50"}, ["ines"]),
        ({"spent_min": "12.51"}, []),
    ],
)
def test_filters_narrow_the_list(as_mara, ines, gus, query, found):
    _told_apart(ines, gus)
    waiting = CustomerFactory(registered=True, business=True, access=Customer.Access.AWAITING)
    people = {"ines": ines.pk, "gus": gus.pk, "waiting": waiting.pk}
    with acting.shopper(ines):
        Customer.objects.filter(pk=ines.pk).update(phone="+31302314567")
    query = query | ({"tag": Tag.objects.get().pk} if "tag" in query else {})
    assert sorted(listed(as_mara.get(URL, query))) == sorted(people[name] for name in found)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "nonsense"}, "status"),
        ({"country": "XX"}, "country"),
        ({"language": "klingon"}, "language"),
        ({"tag": "999999999999999999999"}, "tag"),
        ({"consent": "on"}, "consent"),
        ({"created_from": "31/12/2025"}, "created_from"),
        ({"created_to": "9999-12-31"}, "created_to"),
        ({"created_from": "0001-01-01"}, "created_from"),
        ({"created_from": "99999d"}, "created_from"),
        ({"created_to": "90 d"}, "created_to"),
        ({"last_order_from": "30d", "last_order_to": "90d"}, "last_order_to"),
        ({"last_order_from": "2026-02-02", "last_order_to": "2026-02-01"}, "last_order_to"),
        ({"orders_min": "-1"}, "orders_min"),
        ({"orders_max": "9999999999"}, "orders_max"),
        ({"spent_min": "NaN"}, "spent_min"),
        ({"spent_max": "99999999999999"}, "spent_max"),
        ({"spent_min": "5", "spent_max": "4.99"}, "spent_max"),
    ],
)
def test_a_filter_that_makes_no_sense_is_answered_at_its_field(as_mara, ines, query, field):
    assert list(CustomerFilter(query).errors) == [field]
    response = as_mara.get(URL, query)
    assert (response.status_code, listed(response)) == (200, [])


@pytest.mark.parametrize(
    "query", [{"orders_max": 2**31 - 1}, {"spent_max": "999999999999.99"}, {"created_to": "2999-12-31"}]
)
def test_the_widest_bounds_let_everybody_through(as_mara, ines, query):
    assert listed(as_mara.get(URL, query)) == [ines.pk]


def test_languages_and_tags_on_offer_are_those_of_the_shop(store):
    Tag.objects.create(name="VIP")
    fields = CustomerFilter({"language": "fr"}).fields
    assert [code for code, _word in fields["language"].choices] == ["en", "nl", "de", "fr"]
    assert [word for _pk, word in fields["tag"].choices] == ["VIP"]


@pytest.mark.parametrize(
    ("sort", "direction"),
    [("name", "ascending"), ("orders", "descending"), ("spent", "descending"), ("last_order", "descending")],
)
def test_each_head_sorts_and_says_so(as_mara, ines, gus, sort, direction):
    Customer.objects.filter(pk=gus.pk).update(
        last_name="Aalders", orders_count=2, spent=5, last_order_at="2026-01-02T10:00Z"
    )
    response = as_mara.get(URL, {"sort": sort})
    assert listed(response) == [gus.pk, ines.pk]
    assert html_of(response).xpath("//@aria-sort") == [direction]


def test_pages_follow_each_other_without_gap_or_double(as_mara):
    made = {CustomerFactory(orders_count=number % 3).pk for number in range(103)}
    seen, url = [], f"{URL}?sort=orders"
    while url:
        response = as_mara.get(url)
        seen += listed(response)
        following = page_link(response, "next")
        url = following and URL + following
    assert (len(seen), set(seen)) == (103, made)


def test_to_htmx_it_answers_with_the_rows_alone(as_mara, ines):
    response = as_mara.get(URL, {"q": "ines"}, headers={"HX-Request": "true"})
    assert (listed(response), b"<html" in response.content, "HX-Request" in response["Vary"]) == (
        [ines.pk],
        False,
        True,
    )


def test_the_total_comes_by_itself(as_mara, ines, gus):
    assert as_mara.get(f"{URL}total/", {"q": "gast"}).content == b"1"


def test_an_empty_shop_says_who_will_be_here(as_mara):
    assert "No customers yet" in as_mara.get(URL).content.decode()


def test_nobody_found_offers_to_search_without_the_filter(as_mara, ines):
    page = as_mara.get(URL, {"q": "ines", "status": "guest"}).content.decode()
    assert "No customers found for “ines”" in page
    assert '<a class="button" href="?q=ines">Search without filters</a>' in page


@pytest.mark.parametrize(
    "query", ["q=%F0%28", "q=" + "a" * 9000, "after=broken", "sort=password", "q=%23%23", "type=x"]
)
def test_nonsense_in_the_address_is_answered_with_a_page(as_mara, ines, query):
    assert as_mara.get(f"{URL}?{query}").status_code == 200


def test_a_row_more_costs_no_query_more(as_mara, django_assert_max_num_queries, django_assert_num_queries):
    AddressFactory(customer=CustomerFactory())
    with django_assert_max_num_queries(8) as first:
        as_mara.get(URL)
    for _ in range(2):
        AddressFactory(customer=CustomerFactory(business=True))
    with django_assert_num_queries(len(first)):
        as_mara.get(URL)


@pytest.mark.parametrize(("who", "may"), [("sam", True), ("rosa", False)])
def test_who_only_looks_at_an_empty_list_is_not_asked_to_add_somebody(client, request, store, who, may):
    client.force_login(request.getfixturevalue(who))
    page = client.get(URL).content.decode()
    assert "No customers yet" in page
    assert ("/backoffice/customers/add/" in page) is may


def test_the_total_is_written_as_the_language_writes_numbers(as_mara, store):
    Customer.objects.bulk_create(Customer(email=f"person{n}@post.example") for n in range(1_016))
    totals = {}
    for language in ("en", "nl", "de"):
        as_mara.cookies["language"] = language
        totals[language] = as_mara.get("/backoffice/customers/total/").content.decode()
    assert totals == {"en": "1,016", "nl": "1.016", "de": "1.016"}


def test_a_language_that_was_switched_off_is_filtered_by_as_long_as_somebody_has_it(as_mara, ines, gus):
    def languages():
        links = html_of(as_mara.get("/backoffice/customers/filters/")).xpath("//a[contains(@href, 'language=')]")
        return [text_of(link) for link in links]

    assert languages() == ["English", "Dutch", "German"]
    Customer.objects.filter(pk=ines.pk).update(language="fr")
    assert languages() == ["English", "Dutch", "German", "French (switched off in the settings)"]
    assert row_names(as_mara.get("/backoffice/customers/?language=fr")) == [str(ines)]
