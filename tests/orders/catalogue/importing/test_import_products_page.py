"""The pages of a product import: bring a file, see what it is, choose its columns, try it, take it in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.models import Product, ProductImport
from tests.customers.importing.imports import start, text_of, work
from tests.factories import ProductFactory
from tests.shown_page import value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/backoffice/products/import/"
TWO = "Artikelnummer;Naam;Prijs;Naam Duits;Gewicht\nVV-1;Mok;€ 16,50;Becher;300\nVV-2;Lamp;40;;\n"


def brought(client, content: str = TWO) -> ProductImport:
    response = client.post(PAGE, {"file": SimpleUploadedFile("products.csv", content.encode())})
    return ProductImport.objects.get(pk=response.url.split("/")[-2])


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_support_may_not_import(client, request, store, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 403
    assert "import/" not in client.get("/backoffice/products/").content.decode()


def test_the_products_lead_to_their_import(as_mara):
    assert f'href="{PAGE}"' in as_mara.get("/backoffice/products/").content.decode()


def test_says_what_a_file_was_recognised_as_and_changes_nothing(as_mara):
    page = as_mara.get(brought(as_mara).get_absolute_url())
    assert [value_of(page, f"column_{place}") for place in range(5)] == ["sku", "name", "price", "", ""]
    assert "Not imported Naam Duits, Gewicht" in text_of(page)
    assert Product.objects.count() == 0


def test_a_column_is_chosen_by_hand_and_the_file_is_taken_in(as_mara, mara):
    job = brought(as_mara)
    start(as_mara, job, column_3="name_de")
    job = work(job)
    assert (job.state, job.created, job.rejected, job.by) == ("done", 2, 0, mara)
    assert Product.objects.get(sku="VV-1").translations == {"de": {"name": "Becher"}}
    assert "New products 2 Changed 0 Unchanged 0 Rejected 0" in text_of(as_mara.get(job.get_absolute_url()))


def test_trying_changes_nothing_and_can_be_followed_by_the_import(as_mara):
    job = brought(as_mara)
    start(as_mara, job, dry_run="1")
    assert (work(job).created, Product.objects.count()) == (2, 0)
    start(as_mara, job)
    work(job)
    assert Product.objects.count() == 2


def test_the_column_that_tells_products_is_asked_for(as_mara):
    job = brought(as_mara, "Nummer,Naam,Prijs\nVV-1,Mok,5\n")
    assert "Choose a column for the SKU. It identifies the product." in text_of(start(as_mara, job))
    start(as_mara, job, column_0="sku")
    assert work(job).created == 1


def test_reasons_stand_on_the_page_in_the_language_of_who_brought_it(as_mara, mara):
    mara.language = "de"
    mara.save()
    job = brought(as_mara, "sku;name;price\nA;Tasse;\n")
    start(as_mara, job)
    reason = "Der Preis fehlt. Ein neues Produkt braucht einen."
    assert [one["reason"] for one in work(job).reasons] == [reason]


def test_each_column_is_explained_and_the_template_comes_in(as_mara):
    assert "A category that does not exist is added." in text_of(as_mara.get(f"{PAGE}columns/"))
    job = brought(as_mara, as_mara.get(f"{PAGE}template.csv").content.decode("utf-8-sig"))
    start(as_mara, job)
    assert (work(job).created, Product.objects.get().sku) == (1, "VV-118")


def test_a_page_of_imports_costs_the_same_queries_whatever_is_in_it(as_mara, django_assert_max_num_queries):
    for _time in range(3):
        with django_assert_max_num_queries(6):
            as_mara.get(PAGE)
        brought(as_mara, f"{TWO}{ProductFactory().sku};;;;\n")
