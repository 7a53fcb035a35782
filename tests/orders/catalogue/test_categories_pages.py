"""Categories in the backoffice."""

import pytest

from orders.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory
from tests.shown_page import errors, filled, html_of, row_names, table_rows, value_of

pytestmark = pytest.mark.any_database

URL = "/backoffice/products/categories/"


@pytest.fixture
def table(store) -> Category:
    return CategoryFactory(slug="table", name="Table", translations={"nl": "Tafel"})


@pytest.fixture
def room(table) -> Category:
    return CategoryFactory(slug="room", name="Room", position=1)


def add(client, **typed):
    return client.post(f"{URL}add/", {"name": "Kitchen", "name_nl": "", "name_de": "", **typed})


def in_order() -> list[str]:
    return [category.name for category in Category.objects.all()]


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_support_may_not_change_the_categories(client, request, table, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == 403
    assert add(client).status_code == 403
    assert [client.post(f"{URL}{table.pk}/{part}", {"name": "X"}).status_code for part in ("", "delete/")] == [403, 403]
    assert in_order() == ["Table"]


def test_an_empty_shop_is_told_what_categories_are_for(as_mara):
    assert "No categories yet" in as_mara.get(URL).content.decode()


def test_the_list_shows_the_order_of_the_shop_and_how_many_are_in_each(as_mara, table, room):
    ProductFactory(category=room)
    ProductFactory(category=room, active=False)
    assert [row[:2] for row in table_rows(as_mara.get(URL))] == [["Table", "0 products"], ["Room", "2 products"]]


def test_a_category_is_added_behind_the_others_and_stands_in_the_shop(as_mara, table, room):
    assert add(as_mara, name_nl="Keuken")["Location"] == URL
    kitchen = Category.objects.get(slug="kitchen")
    assert (kitchen.position, kitchen.translations) == (2, {"nl": "Keuken"})
    assert ">Kitchen</a>" in as_mara.get("/categories/kitchen/").content.decode()


def test_a_name_without_letters_gets_an_address_all_the_same(as_mara, store):
    add(as_mara, name="王")
    add(as_mara, name="国")
    assert [category.slug for category in Category.objects.all()] == ["category", "category-2"]


@pytest.mark.parametrize("name", ["", "x" * 61, "table"])
def test_a_name_that_makes_no_sense_is_refused_and_kept(as_mara, table, name):
    response = add(as_mara, name=name, name_nl="Keuken")
    assert list(errors(response)) == ["name"]
    assert (value_of(response, "name"), value_of(response, "name_nl")) == (name, "Keuken")
    assert in_order() == ["Table"]


def test_renaming_keeps_the_address_and_the_names_in_other_languages(as_mara, table):
    url = f"{URL}{table.pk}/"
    page = as_mara.get(url)
    assert value_of(page, "name_nl") == "Tafel"
    as_mara.post(url, filled(page, page_form(page), name="Dining", name_de="Tisch"))
    table.refresh_from_db()
    assert (table.name, table.slug, table.translations) == ("Dining", "table", {"nl": "Tafel", "de": "Tisch"})


def page_form(page) -> str:
    """Give the form of the page an id to find it by."""
    [form] = html_of(page).xpath("//main//form")
    form.set("id", "category-form")
    return "category-form"


def test_categories_are_sorted_one_step_a_press(as_mara, table, room):
    CategoryFactory(slug="kitchen", name="Kitchen", position=1)
    as_mara.post(f"{URL}{room.pk}/position/", {"step": "-1"})
    assert in_order() == ["Room", "Table", "Kitchen"]
    as_mara.post(f"{URL}{room.pk}/position/", {"step": "1"})
    as_mara.post(f"{URL}{room.pk}/position/", {"step": "1"})
    assert in_order() == ["Table", "Kitchen", "Room"]


@pytest.mark.parametrize("step", ["1", "2", "x", ""])
def test_a_step_past_the_end_or_none_changes_nothing(as_mara, table, room, step):
    assert as_mara.post(f"{URL}{room.pk}/position/", {"step": step})["Location"] == URL
    assert in_order() == ["Table", "Room"]


def test_a_category_without_products_is_deleted(as_mara, table, room):
    assert "It has no products." in as_mara.get(f"{URL}{room.pk}/delete/").content.decode()
    assert as_mara.post(f"{URL}{room.pk}/delete/")["Location"] == URL
    assert in_order() == ["Table"]


def test_a_category_with_products_goes_once_they_have_another(as_mara, table, room):
    lamp = ProductFactory(category=room)
    refused = as_mara.post(f"{URL}{room.pk}/delete/")
    assert list(errors(refused)) == ["move_to"]
    assert in_order() == ["Table", "Room"]
    as_mara.post(f"{URL}{room.pk}/delete/", {"move_to": table.pk})
    assert (in_order(), Product.objects.get(pk=lamp.pk).category) == (["Table"], table)


@pytest.mark.parametrize("where", ["itself", "nowhere"])
def test_products_are_moved_to_a_category_that_stays(as_mara, table, room, where):
    ProductFactory(category=room)
    response = as_mara.post(f"{URL}{room.pk}/delete/", {"move_to": room.pk if where == "itself" else "999"})
    assert list(errors(response)) == ["move_to"]
    assert in_order() == ["Table", "Room"]


def test_the_only_category_stays_while_it_has_products(as_mara, table):
    ProductFactory(category=table)
    page = as_mara.get(f"{URL}{table.pk}/delete/").content.decode()
    assert "there is no other category to move it to" in page
    as_mara.post(f"{URL}{table.pk}/delete/")
    assert in_order() == ["Table"]


@pytest.mark.parametrize("pk", ["0", "99999999999999999999"])
def test_a_category_that_is_not_there_is_not_found(as_mara, store, pk):
    assert [as_mara.get(f"{URL}{pk}/{part}").status_code for part in ("", "delete/")] == [404, 404]


def test_the_list_costs_the_same_queries_whatever_is_in_it(as_mara, table, django_assert_max_num_queries):
    as_mara.get(URL)
    with django_assert_max_num_queries(6):
        assert row_names(as_mara.get(URL)) == ["Table"]
    for name in ("Room", "Kitchen"):
        CategoryFactory(slug=name.lower(), name=name)
    with django_assert_max_num_queries(6):
        as_mara.get(URL)
