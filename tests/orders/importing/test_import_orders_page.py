"""The pages of an order import: bring a file, see what it is, choose its columns, try it, take it in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from orders.models import Order, OrderImport
from shopadmin.models import Mail
from tests.customers.importing.imports import start, text_of, work
from tests.factories import CustomerFactory
from tests.shown_page import value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/backoffice/orders/import/"
TWO = "Bestelnummer;E-mail;Besteldatum;Totaal;Telefoon;Spaarpunten\n"
TWO += "#1001;a@k.example;17-05-2024;€ 1.234,56;555;7\n1002;b@k.example;18-05-2024;12,50;;8\n"


def brought(client, content: str = TWO) -> OrderImport:
    """Bring a file; the import that comes of it."""
    response = client.post(PAGE, {"file": SimpleUploadedFile("orders.csv", content.encode())})
    return OrderImport.objects.get(pk=response.url.split("/")[-2])


def taken_in(client, content: str = TWO, **changes: str) -> OrderImport:
    job = brought(client, content)
    start(client, job, **changes)
    return work(job)


def test_the_orders_lead_to_their_import(as_mara):
    assert f'href="{PAGE}"' in as_mara.get("/backoffice/orders/").content.decode()


def test_says_what_a_file_was_recognised_as_and_changes_nothing(as_mara):
    job = brought(as_mara)
    page = as_mara.get(job.get_absolute_url())
    assert [value_of(page, f"column_{place}") for place in range(6)] == [
        "number", "email", "placed_at", "total", "phone", ""
    ]  # fmt: skip
    assert "Not imported Spaarpunten" in text_of(page)
    assert Order.objects.count() == 0


def test_knows_the_files_of_other_systems(as_mara):
    shopify = "Name,Email,Financial Status,Total,Created at,Lineitem name\n#1,a@k.example,paid,10,2024-05-17,Vase\n"
    assert "Order export from Shopify" in text_of(as_mara.get(brought(as_mara, shopify).get_absolute_url()))


def test_takes_it_in_and_says_what_became_of_it(as_mara, mara):
    job = taken_in(as_mara)
    assert (job.state, job.created, job.rejected, job.warned, job.by) == ("done", 2, 0, 1, mara)
    assert sorted(Order.objects.values_list("number", flat=True)) == ["1001", "1002"]
    assert Mail.objects.count() == 0
    text = text_of(as_mara.get(job.get_absolute_url()))
    assert "New orders 2 Already in the shop 0 Rejected 0 Skipped cells 1" in text
    assert "Telefoon Cell skipped: Enter a valid phone number." in text


def test_the_reasons_of_refused_rows_stand_on_the_page_and_in_a_file(as_mara):
    job = taken_in(as_mara, TWO.replace("12,50", "12,500"))
    reason = "The amount could be in thousands or in cents. Write it with 2 decimals."
    assert f"Totaal {reason} 1 3" in text_of(as_mara.get(job.get_absolute_url()))
    lines = as_mara.get(f"{PAGE}{job.pk}/rejects.csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines[1] == f"3;Totaal;{reason};1002;b@k.example;18-05-2024;12,500;;8"


def test_trying_changes_nothing_and_can_be_followed_by_the_import(as_mara):
    job = taken_in(as_mara, dry_run="1")
    assert (job.created, Order.objects.count(), Customer.objects.shoppers().count()) == (2, 0, 0)
    start(as_mara, job)
    work(job)
    assert Order.objects.count() == 2


def test_columns_that_every_order_needs_are_asked_for(as_mara):
    job = brought(as_mara, "Nr. bestelling,Mail,Wanneer,Totaal\n1,a@k.example,2024-05-17,10\n")
    assert "Choose the columns for these required fields: Order number, Placed" in text_of(start(as_mara, job))
    start(as_mara, job, column_0="number", column_2="placed_at")
    work(job)
    assert Order.objects.get().number == "1"


def test_the_template_is_taken_as_it_is(as_mara):
    job = taken_in(as_mara, as_mara.get(f"{PAGE}template.csv").content.decode())
    assert (job.created, job.rejected, job.warned) == (1, 0, 0)


def test_the_page_of_columns_has_each_with_an_example(as_mara):
    text = text_of(as_mara.get(f"{PAGE}columns/"))
    for words in ["line_total Line total", "Shipping address: postcode", "Shopify, Magento, Shopware"]:
        assert words in text


def test_its_files_go_with_the_erasure_of_somebody_in_them(as_mara, django_capture_on_commit_callbacks):
    job = taken_in(as_mara)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(Customer.objects.get(email="a@k.example"), by=ActorKind.COMMAND, notify=False)
    job.refresh_from_db()
    assert job.file == ""
    assert "The file is no longer available" not in text_of(as_mara.get(job.get_absolute_url()))


def test_who_is_erased_before_it_is_done_stays_out(as_mara):
    gus = CustomerFactory(email="a@k.example")
    job = brought(as_mara)
    start(as_mara, job)
    erasure.erase(gus, by=ActorKind.COMMAND, notify=False)
    job = work(job)
    assert (list(Order.objects.values_list("number", flat=True)), job.rejected) == (["1002"], 1)


@pytest.mark.parametrize(("person", "status"), [("sam", 413), ("otto", 413)])
def test_large_files_of_others_are_not_read(client, store, request, person, status):
    client.force_login(request.getfixturevalue(person))
    large = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(50 * 1024 * 1024)}
    assert client.post(PAGE, "x", **large).status_code == status
