"""What becomes of a file of products: added, changed, left as they are, refused."""

import pytest
from django.core.management import CommandError, call_command

from orders.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory
from tests.orders.catalogue.importing.product_files import facts, left_out, refused, state, take_in

pytestmark = pytest.mark.django_db
TWO = "sku;name;price;category;stock\nVV-1;Mug;16,50;Table;84\nVV-2;Lamp;1.240,00;Room;\n"


@pytest.fixture(autouse=True)
def shop(store):
    return store


def test_new_products_come_in_with_categories_and_addresses_of_their_own(tmp_path, client):
    assert take_in(tmp_path, TWO) == "Imported: 2 new, 0 changed, 0 unchanged, 0 rejected."
    columns = ("sku", "name", "category__name", "stock", "active", "slug")
    assert list(Product.objects.order_by("sku").values_list(*columns)) == [
        ("VV-1", "Mug", "Table", 84, True, "mug"), ("VV-2", "Lamp", "Room", None, True, "lamp"),
    ]  # fmt: skip
    assert [str(product.price) for product in Product.objects.order_by("sku")] == ["16.50", "1240.00"]
    assert [category.position for category in Category.objects.order_by("pk")] == [0, 1]
    assert client.get("/products/lamp/").status_code == 200


def test_what_comes_in_is_found_by_the_search(tmp_path, client):
    take_in(tmp_path, TWO)
    assert "Lamp" in client.get("/search/?q=lam").content.decode()
    take_in(tmp_path, "sku;name\nVV-2;Lantern\n")
    assert [Product.objects.found_by(words).count() for words in ("lamp", "lantern", "vv-2")] == [0, 1, 1]


def test_twice_changes_nothing_twice(tmp_path, django_assert_max_num_queries):
    take_in(tmp_path, TWO)
    before = state()
    assert take_in(tmp_path, TWO) == "Imported: 0 new, 0 changed, 2 unchanged, 0 rejected."
    assert state() == before


def test_a_product_is_changed_in_what_the_file_says_alone(tmp_path):
    room = CategoryFactory(slug="room", name="Room")
    mug = ProductFactory(sku="VV-1", slug="old-mug", name="Mug", stock=3, category=room, summary="Stacks")
    said = take_in(tmp_path, "sku,stock,summary\nvv-1,7,\n")
    assert said == "Imported: 0 new, 1 changed, 0 unchanged, 0 rejected."
    mug.refresh_from_db()
    assert (mug.sku, mug.slug, mug.stock, mug.category, mug.summary) == ("VV-1", "old-mug", 7, room, "Stacks")


def test_trying_changes_nothing(tmp_path):
    ProductFactory(sku="VV-1", name="Cup")
    before = state()
    said = take_in(tmp_path, TWO, "--dry-run")
    assert said == "Imported (dry run, nothing was saved): 1 new, 1 changed, 0 unchanged, 0 rejected."
    assert (state(), Category.objects.filter(name="Room").exists()) == (before, False)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (";Mug;5", "sku", "The SKU is missing."),
        ("x" * 41 + ";Mug;5", "sku", "Too long: 41 characters, the maximum is 40."),
        ("A;;5", "name", "The name is missing. A new product needs one."),
        ("A;Mug;", "price", "The price is missing. A new product needs one."),
        ("A;Mug;1.240", "price", "The amount could be in thousands or in cents. Write it with 2 decimals."),
        ("A;Mug;-5", "price", "The amount cannot be negative."),
        ("A;Mug;$ 5", "price", "The currency is $, but the shop uses EUR. Convert the amount first."),
        ("A;M\0g;5", "name", "Contains an invalid character (NUL byte)."),
        ("A;Mug", "price", "The price is missing. A new product needs one."),
    ],
)
def test_a_row_that_makes_no_product_is_refused_and_the_others_come_in(tmp_path, row, column, reason):
    take_in(tmp_path, f"sku;name;price\n{row}\nB;Lamp;5\n")
    assert refused(tmp_path) == [(2, column, reason)]
    assert facts(sku="B") == {"sku": "B"}


@pytest.mark.parametrize(
    ("column", "cell", "reason", "value"),
    [
        ("stock", "many", "Enter a whole number from 0 to 1000000.", None),
        ("stock", "-3", "The stock is below 0 and was set to 0.", 0),
        ("stock", "12,0", "", 12),
        ("vat_rate", "9 %", "", "reduced"),
        ("tax_class", "Reduced", "", "reduced"),
        (
            "vat_rate",
            "19",
            "No tax class of the shop has this rate. Add it in the settings, or use another one.",
            "standard",
        ),
        ("vat_rate", "high", "Enter a tax class, such as standard, or its rate, such as 21.", "standard"),
        ("visible", "perhaps", "Enter yes or no.", True),
        ("visible", "nein", "", False),
        ("service", "ja", "", True),
        ("summary", "x" * 200, "The text is longer than 160 characters and was shortened.", "x" * 159 + "…"),
        ("summary", "n/a", "", ""),
    ],
)
def test_an_optional_cell_that_cannot_be_read_is_left_out_with_a_warning(tmp_path, column, cell, reason, value):
    take_in(tmp_path, f'sku;name;price;{column}\nA;Mug;5;"{cell}"\n')
    assert left_out(tmp_path) == ([(2, column, reason)] if reason else [])
    field = {"service": "is_service", "visible": "active", "vat_rate": "tax_class"}.get(column, column)
    assert facts(**{field: 1}) == {field: value}


def test_of_two_rows_of_one_product_the_first_counts(tmp_path):
    take_in(tmp_path, "sku,name,price\nA,Mug,5\na,Cup,6\n")
    assert refused(tmp_path) == [(3, "sku", "This SKU occurs more than once. The first row in the file is used.")]
    assert facts(name=1) == {"name": "Mug"}


def test_two_products_of_one_sku_in_two_cases_are_told_apart_or_refused(tmp_path):
    ProductFactory(sku="ab", name="Small"), ProductFactory(sku="AB", name="Large")
    take_in(tmp_path, "sku,stock\nAB,1\nab,2\nAb,3\n")
    assert dict(Product.objects.values_list("sku", "stock")) == {"AB": 1, "ab": 2}
    assert refused(tmp_path) == [(4, "sku", "Several products have this SKU, in other capitals.")]


def test_many_products_of_one_name_have_addresses_of_their_own(tmp_path):
    ProductFactory(sku="old", name="Vase", slug="vase")
    take_in(tmp_path, "sku,name,price\n" + "".join(f"V{number},Vase,5\n" for number in range(3)))
    slugs = Product.objects.exclude(sku="old").order_by("sku").values_list("slug", flat=True)
    assert list(slugs) == ["vase-v0", "vase-v1", "vase-v2"]


def test_a_product_without_a_category_has_one_all_the_same(tmp_path):
    take_in(tmp_path, "sku,name,price,category\nA,Mug,5,\nB,Cup,5,\n")
    assert list(Product.objects.values_list("category__name", flat=True)) == ["Other products"] * 2


def test_a_category_is_known_by_its_name_in_any_case(tmp_path):
    room = CategoryFactory(slug="room", name="Room")
    take_in(tmp_path, "sku,name,price,category\nA,Mug,5,ROOM\n")
    assert Product.objects.get().category == room


@pytest.mark.parametrize(
    ("title", "prices"), [("Prijs (€)", [10]), ("Price (EUR)", [10]), ("Price (USD)", []), ("Price ($)", [])]
)
def test_prices_in_another_currency_are_not_taken_for_prices(tmp_path, title, prices):
    take_in(tmp_path, f"sku;naam;{title}\nA;Mug;10,00\n")
    assert [product.price for product in Product.objects.filter(sku="A")] == prices


def test_prices_in_another_currency_are_said_to_be_why_the_price_is_missing(tmp_path):
    take_in(tmp_path, "sku;naam;Price ($)\nA;Mug;10,00\n")
    why = "“Price ($)” is in $, but the shop uses EUR. Convert the amounts first."
    assert refused(tmp_path) == [(2, "price", f"The price is missing. {why}")]


def test_prices_without_vat_are_not_taken_for_prices(tmp_path):
    take_in(tmp_path, "sku;naam;Prijs excl. btw\nA;Mug;10,00\n")
    reason = "The price is missing. “Prijs excl. btw” is without VAT; a new product needs its price including VAT."
    assert refused(tmp_path) == [(2, "price", reason)]
    take_in(tmp_path, "sku;naam;Prijs excl. btw;Prijs incl. btw\nA;Mug;10,00;12,10\n")
    assert str(facts(price=1)["price"]) == "12.10"


def test_html_becomes_text_that_reads_well(tmp_path):
    html = "<p>Thrown in <b>Makkum</b>.</p><script>alert(1)</script><ul><li>0.25&nbsp;l</li><li>Safe</li></ul>"
    take_in(tmp_path, f'sku,name,price,description\nA,Mug &amp; saucer,5,"{html}"\nB,"x <y",5,a < b\n')
    assert list(Product.objects.order_by("sku").values_list("name", "description")) == [
        ("Mug & saucer", "Thrown in Makkum.\n\n- 0.25 l\n- Safe"), ("x <y", "a < b"),
    ]  # fmt: skip


def test_what_is_exported_comes_back_letter_by_letter(tmp_path, store):
    texts = {"nl": {"name": "=1+1", "summary": "Zo"}, "de": {"description": "Zwei\n\nZeilen"}}
    odd = ProductFactory(sku="-1", name="None", summary="<b>  a", description="- b\n<br>", translations=texts, stock=0)
    ProductFactory(sku="VV-2", name="'t Vaasje", slug="vaasje", category=CategoryFactory(slug="x", name="A, b > c"))
    Product.objects.filter(pk=odd.pk).update(active=False, is_service=True, withdrawal_excepted=True, low_stock_at=3)
    before, files = state(), []
    for separator in ("comma", "semicolon"):
        call_command("export_products", str(tmp_path / f"{separator}.csv"), "--separator", separator)
        files.append((tmp_path / f"{separator}.csv").read_bytes())
    assert {take_in(tmp_path, file) for file in files} == {"Imported: 0 new, 0 changed, 2 unchanged, 0 rejected."}
    for file in files:
        Product.objects.all().delete()
        Category.objects.all().delete()
        assert take_in(tmp_path, file) == "Imported: 2 new, 0 changed, 0 unchanged, 0 rejected."
        assert [row[:-2] for row in state()] == [row[:-2] for row in before]


def test_texts_in_other_languages_join_those_that_are_there(tmp_path):
    ProductFactory(sku="A", translations={"nl": {"name": "Mok", "summary": "Stapelt"}, "fr": {"name": "Tasse"}})
    take_in(tmp_path, "sku,name_nl,name_fr\nA,Beker,Gobelet\n")
    texts = {"nl": {"name": "Beker", "summary": "Stapelt"}, "fr": {"name": "Tasse"}}
    assert facts(translations=1) == {"translations": texts}


def test_an_import_that_was_killed_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr("orders.catalogue.importing.intake.BATCH", {"postgresql": 1, "sqlite": 1})
    calls = iter([None, KeyboardInterrupt])
    written = "orders.catalogue.importing.intake.write"
    real = __import__("orders.catalogue.importing.writing", fromlist=["write"]).write

    def killed(*args, **kwargs):
        if next(calls, None):
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(written, killed)
    content = TWO + "vv-1;Cup;5;Table;\n"
    with pytest.raises(CommandError, match="Interrupted after line 2"):
        take_in(tmp_path, content)
    assert take_in(tmp_path, content).startswith("Imported: 2 new, 0 changed, 0 unchanged, 1 rejected.")
    assert [line for line, *_why in refused(tmp_path)] == [4]


def test_the_command_says_what_it_does_not_use(tmp_path, capsys):
    (tmp_path / "p.csv").write_text("sku;name;price;Weight;EAN\nA;Mug;5;300;871\n")
    call_command("import_products", str(tmp_path / "p.csv"))
    assert "Ignored columns: Weight, EAN." in capsys.readouterr().err
