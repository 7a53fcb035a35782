"""`manage.py import_orders`: whose the orders are, what their records learn, and the numbers orders keep."""

import pytest

from customers.models import Customer, HistoryEntry
from orders.models import Order
from tests.factories import AddressFactory, CustomerFactory, OrderFactory
from tests.orders.importing.imports import left_out, refused, take_in_rows, totals

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PERSON = "last_name,billing_street,billing_city"
OLDEST = "1,a@k.example,2023-05-17,10,Oldest,Oudeweg 1,Utrecht"
NEWEST = "2,a@k.example,2024-06-17,10,Newest,Nieuweweg 2,Utrecht"


def guest() -> tuple[str, str]:
    found = Customer.objects.get(email="a@k.example")
    return found.last_name, found.billing_address.street


@pytest.mark.parametrize("rows", [(OLDEST, NEWEST), (NEWEST, OLDEST)])
@pytest.mark.parametrize("together", [True, False])
def test_a_guest_has_the_name_and_address_of_the_newest_order(tmp_path, store, monkeypatch, rows, together):
    if not together:
        monkeypatch.setattr("orders.importing.intake.BATCH", {"postgresql": 1, "sqlite": 1})
    take_in_rows(tmp_path, *rows, more=PERSON)
    assert guest() == ("Newest", "Nieuweweg 2")
    assert Customer.objects.get().orders_count == 2


def test_what_changed_a_guest_is_in_the_history_with_its_order(tmp_path, store, monkeypatch):
    monkeypatch.setattr("orders.importing.intake.BATCH", {"postgresql": 1, "sqlite": 1})
    take_in_rows(tmp_path, OLDEST, NEWEST, more=PERSON)
    changes = HistoryEntry.objects.exclude(field="created").values_list("field", "new", "source", "actor_kind")
    assert sorted(changes) == [
        ("billing.street", "Nieuweweg 2", "order 2", "command"), ("last_name", "Newest", "order 2", "command")
    ]  # fmt: skip


def test_an_order_of_this_shop_is_newer_than_what_comes_from_files(tmp_path, store):
    gus = CustomerFactory(email="a@k.example", last_name="Gast", origin="order")
    AddressFactory(customer=gus)
    OrderFactory(customer=gus, placed_at="2026-01-02T10:00Z")
    Customer.objects.filter(pk=gus.pk).update(last_order_at="2026-01-02T10:00Z", orders_count=1)
    take_in_rows(tmp_path, NEWEST, more=PERSON)
    assert guest() == ("Gast", "Oudegracht")


def test_what_a_merchant_entered_is_filled_in_and_not_overwritten(tmp_path, store):
    CustomerFactory(email="a@k.example", first_name="", last_name="Entered", origin="merchant")
    take_in_rows(tmp_path, NEWEST, more=PERSON)
    assert guest() == ("Entered", "Nieuweweg 2")


def test_a_registered_customer_is_left_alone(tmp_path, store, ines):
    take_in_rows(tmp_path, f"1,{ines.email},2024-05-17,10,Anders,Oudeweg 1,Utrecht", more=PERSON)
    ines.refresh_from_db()
    assert (ines.last_name, ines.billing_address.street, ines.orders_count) == (
        "van der Meulen", "Oudegracht", 1
    )  # fmt: skip


def test_a_customer_is_one_since_the_first_order(tmp_path, store):
    CustomerFactory(email="a@k.example", origin="import")
    take_in_rows(tmp_path, OLDEST, more=PERSON)
    assert f"{Customer.objects.get().created_at:%Y-%m-%d}" == "2023-05-16"


def test_a_phone_that_is_none_is_left_out_and_said(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,555", more="phone")
    reason = "Cell skipped: Enter a valid phone number. Numbers from abroad start with + and the country code."
    assert (list(totals()), left_out(tmp_path)) == (["1"], [("2", "phone", reason)])


def test_an_address_whose_country_is_not_known_is_no_address_here(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,Narnia,Lamp 1", more="billing_country,billing_street")
    assert Order.objects.get().billing_address is None
    reason = "Address skipped: Unknown country code or name."
    assert left_out(tmp_path) == [("2", "billing_country", reason)]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024-00012", "2024-00012"), ("100000001-1", "100000001-1"), ("#1001", "1001"), ("WC_1.2", "WC_1.2"),
        ("sw10001", "sw10001"), ("12345678901234567890", "12345678901234567890"), ("000123", "000123"),
    ],
)  # fmt: skip
def test_a_number_is_kept_as_the_old_shop_wrote_it(tmp_path, store, written, kept):
    take_in_rows(tmp_path, f"{written},a@k.example,2024-05-17,10")
    assert list(totals()) == [kept]


@pytest.mark.parametrize("written", ["1 2", "import", "../1", "12é", "123456789012345678901", "#", "1/2"])
def test_a_number_that_no_page_could_have_is_refused(tmp_path, store, written):
    take_in_rows(tmp_path, f"{written},a@k.example,2024-05-17,10")
    reason = "An order number has up to 20 letters, digits and - . _, including at least 1 digit."
    assert refused(tmp_path) == [("2", "number", reason)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("SW1,b@k.example,2024-05-17,10", "This order number is already used for an order from another email address."),
        ("SW1,a@k.example,2024-07-17,10", "This order number is already used for an order from another day."),
        ("SW1,a@k.example,2024-05-17,11", "This order already exists with a different total."),
    ],
)
def test_another_order_of_the_same_number_is_refused(tmp_path, store, row, reason):
    take_in_rows(tmp_path, "sw1,a@k.example,2024-05-17,10")
    take_in_rows(tmp_path, row)
    assert refused(tmp_path) == [("2", "number", reason)]


def test_an_order_that_came_in_is_found(tmp_path, store):
    take_in_rows(tmp_path, "1,a@k.example,2024-05-17,10,Müller,Vaas,Utrecht", more="last_name,item,billing_city")
    assert [Order.objects.matching(words).count() for words in ("mueller vaas", "utrecht", "somebody")] == [1, 1, 0]
