"""Products in the backoffice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.catalogue.forms import ProductForm
from orders.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory
from tests.orders.dashboard.attention_lines import attention_lines
from tests.shown_page import errors, filled, html_of, text_of, value_of

pytestmark = pytest.mark.any_database

URL, ADD = "/backoffice/products/", "/backoffice/products/add/"


@pytest.fixture
def mug(store) -> Product:
    texts = {"nl": {"name": "Stapelmok", "summary": "Stapelt"}, "fr": {"name": "Tasse"}}
    return ProductFactory(name="Stacking mug", slug="stacking-mug", sku="VV-118", translations=texts)


def names(client, query: str = "") -> list[str]:
    return html_of(client.get(URL + query)).xpath("//tbody/tr/th//text()[not(parent::small)][normalize-space()]")


def badges(response) -> list[str]:
    return [text_of(badge) for badge in html_of(response).xpath("//main//span[contains(@class, 'badge')]")]


def wanted(**changes) -> dict:
    return {
        "name": "Carafe", "sku": "VV-204", "category": CategoryFactory().pk, "price": "48.00", "tax_class": "standard",
        "active": "on", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_support_looks_and_changes_nothing(client, request, mug, store, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == 200
    assert client.post(f"{URL}{mug.pk}/", wanted()).status_code == 403
    assert client.post(ADD, wanted()).status_code == 403
    assert names(client) == ["Stacking mug"]


def test_the_list_is_searched_by_name_and_number(as_mara, mug):
    ProductFactory(name="Carafe", sku="VV-204")
    assert names(as_mara) == ["Carafe", "Stacking mug"]
    assert names(as_mara, "?q=mug") == names(as_mara, "?q=vv-118") == ["Stacking mug"]


@pytest.mark.parametrize(("words", "found"), [("MUG VV", 1), ("118", 1), ("stapelmok", 1), ("st", 1), ("ug", 0)])
def test_the_list_is_searched_as_the_shop_is(as_mara, mug, words, found):
    assert len(names(as_mara, f"?q={words}")) == found


def test_a_product_is_added_and_stands_in_the_shop(as_mara, mug):
    added = as_mara.post(ADD, wanted(name="Stacking mug", stock="3"))
    product = Product.objects.get(sku="VV-204")
    assert added["Location"] == f"{URL}{product.pk}/"
    assert (product.slug, product.stock, product.active) == ("stacking-mug-2", 3, True)
    assert as_mara.get("/products/stacking-mug-2/").status_code == 200


def test_the_first_product_of_a_new_shop_brings_its_category(as_mara):
    page = as_mara.get(ADD)
    assert "The first of your shop, such as Table." in page.content.decode()
    as_mara.post(ADD, filled(page, "product-form", name="Carafe", sku="VV-204", price="48", new_category="Table"))
    assert [str(product.category) for product in Product.objects.all()] == ["Table"]


def test_a_product_without_a_category_is_refused_and_kept(as_mara):
    response = as_mara.post(ADD, wanted(category="", new_category=""))
    assert errors(response) == {"category": "This field is required."}
    assert value_of(response, "name") == "Carafe"


def test_a_new_category_that_is_there_already_is_that_one(as_mara, mug):
    as_mara.post(ADD, wanted(new_category="TABLE"))
    as_mara.post(ADD, wanted(sku="VV-205", new_category="Room"))
    assert [str(product.category) for product in Product.objects.order_by("sku")] == ["Table", "Table", "Room"]
    assert [category.position for category in Category.objects.all()] == [0, 1]


def test_a_refused_product_adds_no_category(as_mara):
    as_mara.post(ADD, wanted(new_category="Room", price=""))
    assert [category.name for category in Category.objects.all()] == ["Table"]


def test_the_list_is_narrowed_to_a_category(as_mara, mug):
    room = CategoryFactory(slug="room", name="Room")
    ProductFactory(name="Lamp", category=room)
    assert names(as_mara, f"?category={room.pk}") == ["Lamp"]


def test_a_product_without_a_right_of_withdrawal_says_so_in_the_shop(as_mara, mug):
    words = "There is no right of withdrawal for this product."
    assert words not in as_mara.get(mug.get_absolute_url()).content.decode()
    url = f"{URL}{mug.pk}/"
    as_mara.post(url, filled(as_mara.get(url), "product-form", withdrawal_excepted="on"))
    assert words in as_mara.get(mug.get_absolute_url()).content.decode()


def test_a_name_without_letters_gets_an_address_all_the_same(as_mara):
    as_mara.post(ADD, wanted(name="王"))
    assert Product.objects.get().slug == "vv-204"


def test_editing_keeps_the_address_and_the_texts_of_other_languages(as_mara, mug):
    url = f"{URL}{mug.pk}/"
    as_mara.post(url, filled(as_mara.get(url), "product-form", name="Mug", name_nl="Mok"))
    mug.refresh_from_db()
    assert (mug.name, mug.slug) == ("Mug", "stacking-mug")
    assert mug.translations == {
        "nl": {"name": "Mok", "summary": "Stapelt"}, "fr": {"name": "Tasse"}, "de": {},
    }  # fmt: skip


def test_no_language_has_two_tabs_once_another_one_is_the_first_of_the_shop(as_mara, mug, store):
    store.languages = ["nl", "de"]
    store.save()
    tabs = html_of(as_mara.get(f"{URL}{mug.pk}/")).xpath("//div[@class='picks']/label")
    first, *further = [text_of(tab) for tab in tabs]
    assert (first, sorted(further)) == ("Other languages", ["Dutch", "German", "fr"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "x" * 121), ("price", "1e400"), ("price", "-1"), ("price", "99999999999999"),
        ("low_stock_at", "-1"), ("low_stock_at", "1000001"),
        ("stock", "99999999999999999999"), ("stock", "-1"), ("sku", "VV-118"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_so_and_kept(as_mara, mug, field, value):
    response = as_mara.post(ADD, wanted(**{field: value}))
    assert list(errors(response)) == [field]
    assert value_of(response, field) == value
    assert names(as_mara) == ["Stacking mug"]


def test_a_new_product_without_a_number_gets_the_next_and_keeps_it(as_mara, mug):
    ProductFactory(sku="0003")
    as_mara.post(ADD, wanted(sku=""))
    carafe = Product.objects.get(name="Carafe")
    assert carafe.sku == "0004"
    assert errors(as_mara.post(f"{URL}{carafe.pk}/", wanted(sku=""))) == {"sku": "This field is required."}


@pytest.mark.parametrize(("field", "value"), [("category", "99999999999999999999"), ("category", "x")])
def test_a_choice_that_is_none_is_refused(as_mara, mug, field, value):
    response = as_mara.post(ADD, wanted(**{field: value}))
    assert list(errors(response)) == [field]
    assert (value_of(response, field), value_of(response, "sku")) == ("", "VV-204")
    assert names(as_mara) == ["Stacking mug"]


def test_a_refused_name_does_not_show_as_the_saved_one(as_mara, mug):
    page = as_mara.post(f"{URL}{mug.pk}/", wanted(name="New name", price="")).content.decode()
    assert "<h1>Stacking mug</h1>" in page


@pytest.mark.parametrize("is_new", [True, False])
def test_a_category_that_was_deleted_meanwhile_is_refused_and_the_rest_is_kept(as_mara, mug, monkeypatch, is_new):
    room, check = CategoryFactory(slug="room", name="Room"), ProductForm.is_valid

    def check_and_delete(form: ProductForm) -> bool:
        is_valid = check(form)
        Category.objects.filter(pk=room.pk).delete()
        return is_valid

    monkeypatch.setattr(ProductForm, "is_valid", check_and_delete)
    response = as_mara.post(ADD if is_new else f"{URL}{mug.pk}/", wanted(category=room.pk))
    assert errors(response) == {"category": "This category was deleted. Choose another one."}
    assert value_of(response, "name") == "Carafe"
    assert names(as_mara) == ["Stacking mug"]


@pytest.mark.parametrize("pk", ["0", "99999999999999999999"])
def test_a_product_that_is_not_there_is_not_found(as_mara, pk):
    assert as_mara.get(f"{URL}{pk}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"stock": 0}, "Sold out"),
        ({"stock": 1}, "Visible"),
        ({"stock": 5, "low_stock_at": 5}, "Visible"),
        ({"stock": 4, "low_stock_at": 5}, "Low stock"),
        ({"stock": 0, "low_stock_at": 5}, "Sold out"),
        ({"stock": None, "low_stock_at": 5}, "Visible"),
        ({"stock": None}, "Visible"),
        ({"stock": 0, "active": False}, "Hidden"),
    ],
)
def test_list_and_form_say_whether_it_can_be_bought(as_mara, fields, word):
    product = ProductFactory(**fields)
    for url in ("/backoffice/products/", f"/backoffice/products/{product.pk}/"):
        assert badges(as_mara.get(url)) == [word]


@pytest.mark.parametrize(("language", "price"), [("en", "1,234.50"), ("de", "1.234,50")])
def test_amounts_are_shown_and_taken_as_the_language_writes_them(as_mara, language, price):
    product = ProductFactory(price="1234.50")
    as_mara.cookies["language"] = language
    url = f"/backoffice/products/{product.pk}/"
    sent = filled(as_mara.get(url), "product-form")
    assert sent["price"] == price
    assert as_mara.post(url, sent).status_code == 302
    product.refresh_from_db()
    assert str(product.price) == "1234.50"


@pytest.fixture
def of_every_state(store) -> None:
    for name, fields in {
        "Plenty": {"stock": 9, "low_stock_at": 5}, "Few": {"stock": 4, "low_stock_at": 5}, "Endless": {},
        "None": {"stock": 0}, "None of many": {"stock": 0, "low_stock_at": 5}, "Secret": {"stock": 0, "active": False},
    }.items():  # fmt: skip
        ProductFactory(name=name, **fields)


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("visible", ["Endless", "Few", "None", "None of many", "Plenty"]),
        ("low", ["Few", "None of many"]),
        ("sold_out", ["None", "None of many"]),
        ("hidden", ["Secret"]),
        ("unknown", []),
    ],
)
def test_the_list_is_narrowed_to_a_status(as_mara, of_every_state, status, found):
    assert names(as_mara, f"?status={status}") == found
    assert as_mara.get(f"{URL}total/?status={status}").content.decode() == str(len(found))


def test_low_stock_stands_on_the_dashboard_as_its_list_counts_it(as_mara, of_every_state):
    [line] = attention_lines(as_mara)
    assert line == ("2", "Products low in stock", "", f"{URL}?status=low")
    assert as_mara.get(line.url.replace("?", "total/?")).content == b"2"


def test_a_new_product_is_a_service_when_said_so(as_mara):
    as_mara.post(ADD, wanted(is_service="on", low_stock_at="3"))
    assert [(product.is_service, product.low_stock_at) for product in Product.objects.all()] == [(True, 3)]


def test_what_was_sold_while_a_product_was_edited_stays_sold(as_mara, mug):
    Product.objects.update(stock=10)
    url = f"{URL}{mug.pk}/"
    untouched, restocked = (filled(as_mara.get(url), "product-form", **typed) for typed in ({}, {"stock": "15"}))
    Product.objects.update(stock=8)
    as_mara.post(url, untouched)
    assert stock_of(mug) == 8
    words = "Stacking mug: 2 sold while you were typing, so 13 are in stock now."
    assert words in as_mara.post(url, restocked, follow=True).content.decode()
    assert stock_of(mug) == 13


def test_stock_that_is_no_longer_counted_is_endless(as_mara, mug):
    Product.objects.update(stock=10)
    url = f"{URL}{mug.pk}/"
    as_mara.post(url, filled(as_mara.get(url), "product-form", stock=""))
    assert stock_of(mug) is None
    as_mara.post(url, filled(as_mara.get(url), "product-form", stock="4"))
    assert stock_of(mug) == 4


def stock_of(product: Product) -> int | None:
    return Product.objects.get(pk=product.pk).stock


def queries_of(client, address: str) -> int:
    """How many queries a page makes, but for the savepoints that a time limit sets within the transaction of a test."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def test_the_list_costs_the_same_queries_whatever_is_in_it(as_mara, mug):
    views = [URL, f"{URL}?status=visible&category={mug.category_id}&q=mug"]
    as_mara.get(URL)
    counts = [queries_of(as_mara, view) for view in views]
    for _number in range(2):
        ProductFactory(category=CategoryFactory(slug="room", name="Room"), stock=4)
    assert [queries_of(as_mara, view) for view in views] == counts
    assert counts[0] <= 6
    assert counts[1] <= 8
