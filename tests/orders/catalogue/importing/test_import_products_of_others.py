"""Files of products as other shop systems write them."""

import pytest

from orders.catalogue.importing.columns import recognise, system_of
from orders.models import Product
from tests.orders.catalogue.importing.product_files import facts, left_out, refused, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
VARIANTS = "Products with variants cannot be imported. Give each variant a name and SKU of its own."
SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
    "Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Image Src,Status\n"
)
WOO = (
    "ID,Type,SKU,Name,Published,Is featured?,Visibility in catalog,Short description,Description,Tax status,Tax class,"
    "In stock?,Stock,Low stock amount,Sale price,Regular price,Categories,Images,Parent\n"
)
LIGHTSPEED = (
    "Internal_ID;Internal_Variant_ID;Visible;Brand;NL_Title_Short;NL_Title_Long;NL_Description_Short;DE_Title_Short;"
    "NL_Variant;Price;Tax;Stock_Level;Stock_Alert;Article_Code;EAN;SKU;NL_Category_1\n"
)
PRESTASHOP = "Product ID;Image;Name;Reference;Category;Price (tax excl.);Price (tax incl.);Quantity;Status;Position\n"
SHOPWARE = (
    "id;parent_id;product_number;active;stock;name;description;price_net;price_gross;tax_id;tax_rate;tax_name;"
    "categories\n"
)
SHOPWARE_5 = "ordernumber;mainnumber;name;supplier;tax;price_EK;active;instock;stockmin;description;description_long\n"


@pytest.fixture(autouse=True)
def shop(store):
    return store


@pytest.mark.parametrize(
    ("header", "system"),
    [
        (SHOPIFY, "Shopify"), (WOO, "WooCommerce"), (LIGHTSPEED, "Lightspeed eCom"), (PRESTASHOP, "PrestaShop"),
        (SHOPWARE, "Shopware"), (SHOPWARE_5, "Shopware 5"), ("sku;name;price\n", ""),
    ],
)  # fmt: skip
def test_the_system_is_told_by_its_columns(header, system):
    assert system_of(header.strip().split("," if "," in header else ";")) == system


def test_of_shopify(tmp_path):
    rows = (
        "mug,Mug,<p>Stacks</p>,Us,Home > Mugs,Mugs,,TRUE,Title,Default Title,VV-1,shopify,7,16.50,a.jpg,active\n"
        "mug,,,,,,,,,,,,,,b.jpg,\n"
        "lamp,Lamp,,,,,,TRUE,Title,Default Title,VV-2,,0,40.00,,draft\n"
    )
    assert take_in(tmp_path, SHOPIFY + rows).startswith("Imported: 2 new, 0 changed, 0 unchanged, 0 rejected.")
    columns = ("name", "description", "category__name", "stock", "active")
    assert list(Product.objects.order_by("sku").values_list(*columns)) == [
        ("Mug", "Stacks", "Mugs", 7, True), ("Lamp", "", "Other products", None, False),
    ]  # fmt: skip
    assert left_out(tmp_path) == [(3, "Handle", "This row has nothing but a picture. Pictures are not imported.")]


def test_variants_of_shopify_are_refused_wherever_they_stand(tmp_path):
    rows = (
        "mug,Mug,,,,Mugs,,TRUE,Colour,Red,M-1,shopify,7,16.50,,active\n"
        "lamp,Lamp,,,,,,TRUE,Title,Default Title,VV-2,,0,40.00,,active\n"
        "mug,,,,,,,,,Blue,M-2,shopify,7,16.50,,\n"
    )
    take_in(tmp_path, SHOPIFY + rows)
    assert refused(tmp_path) == [(2, "Handle", VARIANTS), (4, "Handle", VARIANTS)]
    assert facts(sku=1) == {"sku": "VV-2"}


def test_of_woocommerce(tmp_path):
    rows = (
        '1,simple,VV-1,Mug,1,0,visible,Stacks,"One\\ntwo",taxable,,1,7,2,,16.50,"Table > Mugs, Sale",,\n'
        "2,simple,VV-2,Lamp,-1,0,visible,,,taxable,,1,,,,40,Lamps,,\n"
        "3,simple,VV-3,Rug,1,0,hidden,,,taxable,,1,,,,40,Rugs,,\n"
        "4,variable,S,Shirt,1,0,visible,,,taxable,,1,,,,,Shirts,,\n"
        "5,variation,S-1,Shirt red,1,0,visible,,,taxable,,1,,,,20,,,S\n"
        "6,grouped,G,Set,1,0,visible,,,taxable,,1,,,,,Sets,,\n"
    )
    take_in(tmp_path, WOO + rows)
    columns = ("name", "description", "category__name", "stock", "low_stock_at", "active")
    assert list(Product.objects.order_by("sku").values_list(*columns)) == [
        ("Mug", "One\ntwo", "Mugs", 7, 2, True), ("Lamp", "", "Lamps", None, None, False),
        ("Rug", "", "Rugs", None, None, False),
    ]  # fmt: skip
    kind = "Products of this kind cannot be imported."
    assert refused(tmp_path) == [(5, "Type", VARIANTS), (6, "Type", VARIANTS), (7, "Type", kind)]
    assert left_out(tmp_path) == [(2, "Categories", "A product has one category here. The first one is used.")]


def test_of_lightspeed(tmp_path, store):
    store.languages = ["nl", "de", "en"]
    store.save()
    rows = (
        "11;21;Y;Us;Mok;Grote mok;Stapelt;Becher;Standaard;16,50;21;7;2;VV-1;871;;Tafel\n"
        "12;22;Y;Us;Trui;Trui;;Pulli;Rood;40;21;1;;T-1;;;Kleding\n"
        "12;23;Y;Us;Trui;Trui;;Pulli;Blauw;40;21;1;;T-2;;;Kleding\n"
    )
    take_in(tmp_path, LIGHTSPEED + rows)
    assert facts(sku=1, name=1, summary=1, stock=1, low_stock_at=1, category__name=1, translations=1) == {
        "sku": "VV-1", "name": "Mok", "summary": "Stapelt", "stock": 7, "low_stock_at": 2, "category__name": "Tafel",
        "translations": {"de": {"name": "Becher"}},
    }  # fmt: skip
    assert refused(tmp_path) == [(3, "Internal_ID", VARIANTS), (4, "Internal_ID", VARIANTS)]


def test_of_prestashop(tmp_path):
    take_in(tmp_path, PRESTASHOP + "1;x.jpg;Mug;VV-1;Table;13,64;16,50;7;1;0\n")
    assert facts(sku=1, price=1, stock=1, active=1, category__name=1) | {"price": ""} == {
        "sku": "VV-1", "price": "", "stock": 7, "active": True, "category__name": "Table",
    }  # fmt: skip
    assert str(Product.objects.get().price) == "16.50"


def test_of_shopware(tmp_path):
    code, parent, child = "a" * 32, "b" * 32, "c" * 32
    rows = (
        f"{code};;SW-1;1;7;Mug;<p>Stacks</p>;13.64;16.50;{code};21;Standard;{parent}|{child}\n"
        f"{parent};;SW-2;1;0;Shirt;;16;20;{code};21;Standard;\n"
        f"{child};{parent};SW-2.1;1;3;Shirt red;;16;20;{code};21;Standard;\n"
    )
    take_in(tmp_path, SHOPWARE + rows)
    assert facts(sku=1, description=1, stock=1) == {"sku": "SW-1", "description": "Stacks", "stock": 7}
    assert str(Product.objects.get().price) == "16.50"
    assert refused(tmp_path) == [(3, "id", VARIANTS), (4, "parent_id", VARIANTS)]
    assert left_out(tmp_path) == [(2, "categories", "This is not the name of a category.")]


def test_of_shopware_5_which_calls_the_short_text_description(tmp_path):
    take_in(tmp_path, SHOPWARE_5 + "SW1;SW1;Mug;Us;19;16.50;1;7;2;Stacks;Long words\n")
    assert refused(tmp_path) == [(2, "price", "The price is missing. A new product needs one.")]
    take_in(tmp_path, SHOPWARE_5.replace("price_EK", "price") + "SW1;SW1;Mug;Us;19;16.50;1;7;2;Stacks;Long words\n")
    assert facts(summary=1, description=1, stock=1, low_stock_at=1) == {
        "summary": "Stacks", "description": "Long words", "stock": 7, "low_stock_at": 2,
    }  # fmt: skip


def test_what_could_mean_something_else_is_left_alone():
    assert recognise(["sku", "Group", "Parent", "Kind", "In stock?", "Type", "Prijs excl. btw"]) == ["sku", *[""] * 6]
