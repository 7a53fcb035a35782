"""The export of customers: who may, whom it holds, and what its cells say."""

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from customers.exporting import csv_file
from customers.importing.columns import COLUMNS, FACTS
from customers.models import Customer, Tag
from customers.privacy.unsubscribe import token_of
from tests.customers.exporting.exported import EXPORT, exported, rows_of, somebody_whole
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_time")]
ANNA = {
    "email": "anna@atelier.example", "first_name": "Anna", "initials": "A.M.", "last_name": "Müller, of “Noord”",
    "phone": "'+31302314567", "mobile": "'+31612345678", "language": "nl", "gender": "female",
    "birth_date": "1984-03-31", "marketing_consent": "yes", "customer_type": "business",
    "company_name": "Atelier Noord B.V.", "company_number": "80123456", "coc_number": "30123456",
    "vat_number": "NL004495445B01", "invoice_email": "facturen@noord.example",
    "billing_country": "NL", "billing_attention": "Receiving",
    "billing_street": "Oudegracht", "billing_house_number": "118", "billing_addition": "bis",
    "billing_line2": "2nd floor", "billing_postcode": "3511 AW", "billing_city": "Utrecht", "billing_region": "Utrecht",
    "shipping_country": "DE", "shipping_attention": "", "shipping_street": "Hauptstraße", "shipping_house_number": "7",
    "shipping_addition": "", "shipping_line2": "", "shipping_postcode": "10115", "shipping_city": "Berlin",
    "shipping_region": "", "ship_elsewhere": "yes", "tags": "Spring fair, wholesale",
    "notes": 'Rings "twice".\nTakes the back door', "access": "awaiting", "created_at": "2024-05-17T09:30:12+00:00",
    "registered_at": "2024-05-18T10:00:00+00:00", "origin": "order", "orders_count": "0", "spent": "0.00",
    "last_order_at": "",
}  # fmt: skip


@pytest.mark.parametrize(("person", "status"), [("sam", 403), ("rosa", 403), ("otto", 404), ("mara", 200)])
def test_only_who_may_export_gets_the_file(client, store, request, person, status):
    client.force_login(request.getfixturevalue(person))
    assert client.get(EXPORT).status_code == status


def test_strangers_are_sent_to_sign_in(client, store):
    assert client.get(EXPORT).url == f"{reverse('staff_sign_in')}?next={EXPORT}"


def test_is_a_file_of_today_that_nobody_stores(as_mara):
    response = as_mara.get(EXPORT)
    name = f"customers-{timezone.localdate()}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (response["Content-Type"], "no-store" in response["Cache-Control"]) == ("text/csv; charset=utf-8", True)


def test_without_customers_it_is_the_header_alone_in_the_columns_of_an_import(as_mara):
    titles = ",".join(column.name for column in (*COLUMNS, *FACTS))
    assert as_mara.get(EXPORT).getvalue().decode() == f"\ufeff{titles}\r\n"


@pytest.mark.parametrize(
    ("language", "chosen", "separator"),
    [
        ("nl", "", ";"),
        ("de", "", ";"),
        ("en", "", ","),
        ("nl", "comma", ","),
        ("en", "semicolon", ";"),
        ("de", "?", ";"),
    ],
)
def test_a_spreadsheet_of_the_language_opens_it_in_columns(as_mara, language, chosen, separator):
    as_mara.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    file = as_mara.get(EXPORT, {"separator": chosen} if chosen else {}).getvalue()
    assert file.startswith(f"\ufeffemail{separator}first_name{separator}".encode())


def test_the_list_offers_both_separators(as_mara):
    page = as_mara.get("/backoffice/customers/?status=guest").content.decode()
    for name in ("semicolon", "comma"):
        assert f'href="{EXPORT}?status=guest&amp;separator={name}"' in page


def test_every_cell_says_what_is_known(as_mara):
    anna = somebody_whole()
    anna.tags.add(Tag.objects.named("Spring fair"), Tag.objects.named("wholesale"))
    link = f"{settings.SITE_URL}/unsubscribe/{token_of(anna)}/"
    [row] = exported(as_mara)
    row["tags"] = ", ".join(sorted(row["tags"].split(", ")))  # an old SQLite knows no order in a cell
    assert row == ANNA | {"customer_number": str(anna.pk), "unsubscribe_link": link}


def test_what_is_not_known_is_an_empty_cell(as_mara):
    CustomerFactory(email="gus@post.example", first_name="", last_name="", language="")
    [row] = exported(as_mara)
    assert {name for name, cell in row.items() if cell} == {
        "email", "gender", "marketing_consent", "customer_type", "ship_elsewhere", "access", "created_at",
        "customer_number", "origin", "orders_count", "spent",
    }  # fmt: skip


def test_lines_end_as_spreadsheets_write_them_and_empty_cells_have_no_quotes(as_mara, gus):
    [_header, line, rest] = as_mara.get(EXPORT).getvalue().decode().split("\r\n")
    assert (line.startswith("gus@post.example,Gus,,"), '""' in line, rest) == (True, False, "")


@pytest.mark.parametrize(
    ("entered", "cell"),
    [
        ("=1+1", "'=1+1"), ("+31", "'+31"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("'=1+1", "''=1+1"), ("''+1", "'''+1"), ("'t Hart", "'t Hart"), ("'", "'"), ("O=1", "O=1"), ("Ä", "Ä"),
        ("1 %s %(x)s", "1 %s %(x)s"),
    ],
)  # fmt: skip
def test_no_spreadsheet_runs_a_cell(as_mara, entered, cell):
    customer = CustomerFactory(last_name=entered)
    customer.tags.add(Tag.objects.create(name=f"{entered}x"))
    [row] = exported(as_mara)
    assert (row["last_name"], row["tags"]) == (cell, f"{cell}x")


def test_holds_the_view_that_the_address_names(as_mara, ines, gus):
    assert [row["email"] for row in exported(as_mara, status="guest", country="", q="gast")] == [gus.email]


def test_a_filter_that_makes_no_sense_lets_nobody_through(as_mara, ines):
    assert exported(as_mara, created_from="never") == []


def test_leaves_staff_and_merged_records_out(as_mara, ines, gus, sam):
    Customer.objects.filter(pk=gus.pk).update(merged_into=ines)
    assert [row["email"] for row in exported(as_mara)] == [ines.email]


def test_a_search_cannot_become_a_statement(as_mara, ines):
    assert exported(as_mara, q="') TO '/tmp/x'; DROP TABLE customers_customer; --") == []
    assert exported(as_mara, q="%s %(a)s") == []


def test_goes_on_behind_a_batch_by_customer_number(as_mara, monkeypatch):
    monkeypatch.setattr(csv_file, "BATCH", 2)
    monkeypatch.setattr(csv_file, "COPIED", 2)
    monkeypatch.setattr(csv_file, "LINES", 1)
    numbers = [str(CustomerFactory().pk) for _time in range(5)]
    assert [row["customer_number"] for row in exported(as_mara, sort="name")] == numbers


def test_a_batch_takes_a_statement_or_two_and_one_more_finds_the_end(as_mara, django_assert_num_queries):
    for _time in range(3):
        somebody_whole(email=f"person{_time}@post.example")
    with django_assert_num_queries(3 if connection.vendor == "postgresql" else 2):
        assert len(rows_of(b"".join(csv_file.export(Customer.objects.shoppers())))) == 3


def test_a_reader_who_leaves_half_way_leaves_the_connection_usable(as_mara, ines, gus, monkeypatch):
    monkeypatch.setattr(csv_file, "LINES", 1)
    pieces = csv_file.export(Customer.objects.shoppers())
    next(pieces), next(pieces)
    pieces.close()
    assert Customer.objects.shoppers().count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_slow_reader_keeps_neither_a_statement_nor_a_snapshot_open(store):
    CustomerFactory.create_batch(2)
    pieces = csv_file.export(Customer.objects.shoppers())
    next(pieces), next(pieces)
    with connection.copy().cursor() as other:
        mine = [connection.connection.info.backend_pid]
        other.execute("SELECT state, backend_xmin FROM pg_stat_activity WHERE pid = %s", mine)
        assert other.fetchone() == ("idle", None)
    pieces.close()
