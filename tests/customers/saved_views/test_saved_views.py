"""Views of the list that are saved under a name: above the list, in the menu, and forgotten again."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from customers.models import Customer, Segment
from tests.customers.browse.test_list_page import listed
from tests.shown_page import form_with, html_of, link_called, sent_by

pytestmark = pytest.mark.django_db
LIST, URL = "/backoffice/customers/", "/backoffice/customers/segments/"


def saved():
    return list(Segment.objects.values_list("name", "query"))


def test_shoppers_find_nothing(client, otto, store):
    client.force_login(otto)
    assert [client.get(URL).status_code, client.post(URL).status_code] == [404, 404]


def test_who_only_looks_uses_views_and_saves_none(client, rosa, store):
    Segment.objects.create(name="Guests", query="status=guest")
    client.force_login(rosa)
    page = client.get(LIST, {"type": "business"}).content.decode()
    assert ('<a href="?status=guest">Guests</a>' in page, "Save view" in page) == (True, False)
    assert (client.post(URL, {"name": "x", "query": "status=guest"}).status_code, len(saved())) == (403, 1)


def test_a_view_is_saved_in_one_way_of_writing_it_and_shown(as_mara):
    query = "?sort=spent&status=&after=abc&country=DE&page=7&q=M%C3%BCller"
    response = as_mara.post(URL, {"name": "Regulars, Germany", "query": query})
    assert saved() == [("Regulars, Germany", "q=M%C3%BCller&country=DE&sort=spent")]
    assert response.url == f"{LIST}?q=M%C3%BCller&country=DE&sort=spent"


def test_it_stands_above_the_list_and_in_the_menu_and_is_marked_where_one_is(as_mara):
    Segment.objects.create(name="Guests <1>", query="status=guest&sort=spent")
    page = as_mara.get(LIST, {"sort": "spent", "status": "guest"}).content.decode()
    assert '<a href="?status=guest&amp;sort=spent" aria-current="page">Guests &lt;1&gt;</a>' in page
    link = f'<li class="sub"><a href="{LIST}?status=guest&amp;sort=spent">Guests &lt;1&gt;</a></li>'
    assert [link in as_mara.get(url).content.decode() for url in (LIST, "/backoffice/orders/")] == [True, True]


def test_the_shop_reads_no_saved_views(client, store):
    Segment.objects.create(name="Guests", query="status=guest")
    assert b"status=guest" not in client.get("/").content


@pytest.mark.parametrize("query", ["", "after=x&page=2", "status=nobody", "spent_min=much"])
def test_a_view_that_shows_nothing_of_its_own_is_not_saved(as_mara, query):
    page = as_mara.post(URL, {"name": "Everybody", "query": query}).content.decode()
    assert ("Search or filter the list before you save a view." in page, 'value="Everybody"' in page, saved()) == (
        True,
        True,
        [],
    )


def test_a_name_is_taken_once(as_mara):
    Segment.objects.create(name="Guests", query="status=guest")
    page = as_mara.post(URL, {"name": "Guests", "query": "type=business"}).content.decode()
    assert ("A view with this name already exists." in page, len(saved())) == (True, 1)
    assert 'name="query" value="type=business"' in page


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_name_is_needed_and_not_too_long(as_mara, name):
    page = as_mara.post(URL, {"name": name, "query": "status=guest"}).content.decode()
    assert ('aria-invalid="true"' in page, saved()) == (True, [])


def test_an_endless_view_is_refused(as_mara):
    as_mara.post(URL, {"name": "Guests", "query": "q=" + "x" * 2000})
    assert saved() == []


def test_the_page_behind_the_dialog_saves_too(as_mara):
    page = as_mara.get(URL, {"status": "guest", "after": "x"}).content.decode()
    assert 'name="query" value="status=guest"' in page
    assert f'href="{URL}?status=guest"' in as_mara.get(LIST, {"status": "guest"}).content.decode()


def test_a_view_is_deleted_only_after_asking(as_mara):
    segment = Segment.objects.create(name="Guests", query="status=guest")
    url = f"{URL}{segment.pk}/delete/"
    assert (url in as_mara.get(URL).content.decode(), as_mara.get(url).status_code, len(saved())) == (True, 200, 1)
    assert (as_mara.post(url).url, saved()) == (f"{URL}?list=customers", [])


def test_views_that_look_for_an_erased_person_go_with_them(as_mara, ines):
    for name, words in (("Her", "ines@vandermeulen.example"), ("Her name", "Ines van der Meulen"), ("Many", "ines")):
        as_mara.post(URL, {"name": name, "query": urlencode({"q": words, "sort": "name"})})
    as_mara.post(f"{LIST}{ines.pk}/delete/")
    assert saved() == [("Many", "q=ines&sort=name")]


def test_a_view_of_days_ago_moves_on_with_the_days(as_mara, ines, gus):
    as_mara.post(URL, {"name": "Not ordered for 90 days", "query": "last_order_to=90d"})
    assert saved() == [("Not ordered for 90 days", "last_order_to=90d")]
    now = timezone.now()
    Customer.objects.filter(pk=ines.pk).update(last_order_at=now - timedelta(days=95))
    Customer.objects.filter(pk=gus.pk).update(last_order_at=now - timedelta(days=85))
    assert listed(as_mara.get(LIST, QueryDict("last_order_to=90d"))) == [ines.pk]
    Customer.objects.filter(pk=gus.pk).update(last_order_at=now - timedelta(days=95))
    assert sorted(listed(as_mara.get(LIST, QueryDict("last_order_to=90d")))) == sorted([ines.pk, gus.pk])


def test_a_view_of_the_orders_is_saved_and_stands_with_that_list(as_mara):
    orders = "/backoffice/orders/"
    form = sent_by(form_with(as_mara.get(f"{URL}?sort=total&state=open&status=guest&list=backoffice_orders"), "list"))
    assert form["list"] == "backoffice_orders"
    response = as_mara.post(URL, form | {"name": "Big ones"})
    assert response.url == f"{orders}?state=open&sort=total"
    shown = as_mara.get(orders, {"sort": "total", "state": "open"}).content.decode()
    assert '<a href="?state=open&amp;sort=total" aria-current="page">Big ones</a>' in shown
    menu = f'<li class="sub"><a href="{orders}?state=open&amp;sort=total">Big ones</a></li>'
    page = as_mara.get(LIST).content.decode()
    assert (menu in page, '"?state=open&amp;sort=total"' in page) == (True, False)


@pytest.mark.parametrize(
    "sent", [{"query": "state=lost"}, {"query": "status=guest"}, {"query": "state=open", "list": "x"}]
)
def test_a_view_that_its_list_cannot_show_is_not_saved(as_mara, sent):
    as_mara.post(URL, {"name": "Odd", "list": "backoffice_orders"} | sent)
    assert saved() == []


@pytest.mark.any_database
def test_the_way_back_from_a_view_of_orders_leads_to_them(as_mara):
    segment = Segment.objects.create(name="Big ones", query="sort=total", list="backoffice_orders")
    for url in (f"{URL}?list=backoffice_orders", f"{URL}{segment.pk}/delete/"):
        first = html_of(as_mara.get(url)).find_class("crumb")[0].find(".//a")
        assert (first.text, first.get("href")) == ("Orders", "/backoffice/orders/")


def test_the_list_of_orders_offers_to_save_what_is_shown(as_mara):
    assert "Save view" not in as_mara.get("/backoffice/orders/").content.decode()
    link = link_called(as_mara.get("/backoffice/orders/", {"state": "open"}), "Save view")
    assert link == f"{URL}?state=open&list=backoffice_orders"
