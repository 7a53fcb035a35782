"""Products as a CSV file, from the list and by `manage.py export_products`."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from orders.models import Product
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.any_database

URL = "/backoffice/products/export/"


@pytest.fixture
def mug(store) -> Product:
    return ProductFactory(
        name="Mug", sku="VV-118", summary="Stacks", stock=4, low_stock_at=5, translations={"nl": {"name": "Mok"}}
    )


def read(content: bytes, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator))


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_support_may_not_export(client, request, mug, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == 403


def test_a_product_is_a_row_with_its_texts_in_every_language(as_mara, mug):
    response = as_mara.get(URL)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="products-')
    assert read(response.getvalue()) == [
        {
            "sku": "VV-118", "name": "Mug", "summary": "Stacks", "description": "", "name_nl": "Mok", "summary_nl": "",
            "description_nl": "", "name_de": "", "summary_de": "", "description_de": "", "category": "Table",
            "price": "16.50", "tax_class": "standard", "stock": "4", "low_stock_at": "5", "service": "no",
            "withdrawal_excepted": "no", "visible": "yes",
        }
    ]  # fmt: skip


def test_what_is_exported_is_what_the_list_shows(as_mara, mug):
    ProductFactory(name="Lamp", category=CategoryFactory(slug="room", name="Room"))
    assert [row["name"] for row in read(as_mara.get(f"{URL}?status=low").getvalue())] == ["Mug"]
    assert [row["name"] for row in read(as_mara.get(f"{URL}?q=lamp").getvalue())] == ["Lamp"]
    assert read(as_mara.get(f"{URL}?status=wrong").getvalue()) == []


def test_a_dutch_spreadsheet_opens_it_in_columns(as_mara, mug):
    as_mara.cookies["language"] = "nl"
    [row] = read(as_mara.get(URL).getvalue(), ";")
    assert (row["sku"], row["price"]) == ("VV-118", "16,50")


def test_no_spreadsheet_runs_a_name(as_mara, mug):
    Product.objects.update(name='=HYPERLINK("https://evil.example")')
    [row] = read(as_mara.get(URL).getvalue())
    assert row["name"] == '\'=HYPERLINK("https://evil.example")'


def test_the_command_writes_everything(mug, tmp_path, capfd):
    ProductFactory(active=False)
    file = tmp_path / "products.csv"
    call_command("export_products", str(file), "--separator", "semicolon")
    assert [row["visible"] for row in read(file.read_bytes(), ";")] == ["yes", "no"]
    assert file.stat().st_mode & 0o077 == 0
    assert capfd.readouterr().err.splitlines()[-1] == f"Exported 2 products to {file}."


def test_the_command_says_when_it_cannot_write(mug, tmp_path):
    with pytest.raises(CommandError, match="The file could not be written: No such file or directory."):
        call_command("export_products", str(tmp_path / "missing" / "products.csv"))
