"""Whose order it is: every address has one record, and only a guest's takes what is typed in a checkout."""

import pytest

from customers.models import Consent, Customer, HistoryEntry
from orders.models import Order
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.shopping import ELSEWHERE, order_now

pytestmark = pytest.mark.django_db
RECORD = ("first_name", "last_name", "phone", "language", "customer_type", "company_name", "ship_elsewhere")


@pytest.fixture
def buy(client, store):
    mug, parcel = ProductFactory(), DeliveryMethodFactory()
    return lambda browser=client, **details: order_now(browser, mug, parcel, **details)


def record_of(customer: Customer) -> list:
    customer = Customer.objects.get(pk=customer.pk)
    addresses = [address.as_dict() for address in customer.addresses.order_by("kind")]
    return [getattr(customer, name) for name in RECORD] + addresses + [customer.marketing_consent]


def test_a_new_address_makes_a_guest_with_name_and_addresses(buy):
    order = buy(email="New@Post.example", phone="0612345678", **ELSEWHERE)
    guest = Customer.objects.get(email="new@post.example")
    assert (order.customer, guest.origin, guest.is_registered, guest.has_usable_password()) == (
        guest, Customer.Origin.ORDER, False, False,
    )  # fmt: skip
    assert (str(guest), str(guest.phone), guest.language, guest.ship_elsewhere) == (
        "Gus Gast",
        "+31 6 12345678",
        "en",
        True,
    )
    assert [address.city for address in guest.addresses.order_by("kind")] == ["Utrecht", "Leipzig"]


def test_the_history_of_a_new_guest_names_the_order_and_is_not_news(buy):
    buy(email="new@post.example")
    history = HistoryEntry.objects.filter(customer__email="new@post.example")
    assert [*history.values_list("field", "source", "actor_kind", "seen")] == [
        ("created", "order 10001", "shopper", True)
    ]


def test_the_consent_of_a_new_guest_is_not_news_either(buy):
    buy(email="new@post.example", marketing_consent="on")
    history = HistoryEntry.objects.filter(customer__email="new@post.example")
    assert set(history.values_list("field", "seen")) == {("created", True), ("marketing_consent", True)}


def test_a_guest_takes_the_newest_name_language_and_address_and_says_from_which_order(buy, gus):
    order = buy(email="GUS@post.example", first_name="Gustav", language="de", billing__city="Zeist")
    gus.refresh_from_db()
    assert (order.customer, gus.first_name, gus.language, gus.billing_address.city) == (gus, "Gustav", "de", "Zeist")
    entry = gus.history.get(field="first_name")
    assert (entry.old, entry.new, entry.source, entry.seen) == ("Gus", "Gustav", f"order {order.number}", False)


def test_an_order_without_phone_and_company_loses_neither(buy, gus):
    buy(
        phone="0612345678",
        customer_type="business",
        company_name="Gast B.V.",
        vat_number="NL123",
        confirmed_vat_number="NL123",
    )
    buy(phone="")
    gus.refresh_from_db()
    assert (str(gus.phone), gus.customer_type, gus.company_name) == ("+31 6 12345678", "private", "Gast B.V.")
    assert (gus.vat_number, gus.confirmed_numbers) == ("NL123", {"vat_number": "NL123"})


def test_a_later_order_to_the_billing_address_keeps_the_other_one_for_next_time(buy, gus):
    buy(**ELSEWHERE)
    buy()
    gus.refresh_from_db()
    assert (gus.ship_elsewhere, gus.addresses.count(), gus.shipping_address.city) == (False, 2, "Utrecht")


def test_an_order_with_a_registered_address_joins_and_changes_nothing(buy, ines):
    before = record_of(ines)
    order = buy(email="INES@vandermeulen.example", first_name="Eve", marketing_consent="on", **ELSEWHERE)
    assert order.customer == ines
    assert record_of(ines) == before
    assert (order.first_name, order.channel) == ("Eve", "guest")
    assert not HistoryEntry.objects.filter(source=f"order {order.number}").exists()


def test_an_order_with_the_address_of_staff_joins_and_changes_nothing(buy, sam):
    Customer.objects.filter(pk=sam.pk).update(registered_at=None)
    before = record_of(sam)
    assert buy(email=sam.email, first_name="Eve").customer == sam
    assert record_of(sam) == before


def test_the_order_of_a_signed_in_shopper_is_theirs_and_leaves_the_record_alone(buy, as_ines, ines):
    before = record_of(ines)
    order = buy(as_ines, email="somebody@else.example", first_name="Inez", billing__city="Zeist")
    assert (order.customer, order.channel, order.email, order.first_name) == (ines, "signed_in", ines.email, "Inez")
    assert record_of(ines) == before


def test_a_signed_in_shopper_without_an_address_gets_the_first_one(buy, client, otto):
    client.force_login(otto)
    buy()
    assert [address.city for address in otto.addresses.all()] == ["Utrecht"]
    assert otto.history.get(field="billing.city").actor == otto


def test_consent_of_a_guest_is_kept_with_its_proof(buy, gus):
    order = buy(marketing_consent="on")
    proof = Consent.objects.get(customer=gus)
    assert (proof.given, proof.source, proof.by, proof.language) == (True, f"order {order.number}", gus, "en")
    assert proof.text == "Send me news and offers by email. I can unsubscribe at any time."
    buy()
    gus.refresh_from_db()
    assert gus.marketing_consent


def test_an_order_saved_in_the_shell_gets_its_customer_too(store):
    order = OrderFactory(customer=None, email="Shell@post.example", first_name="She", last_name="Ell")
    assert Customer.objects.matching("shell").get() == order.customer
    assert Order.objects.get().customer.email == "shell@post.example"
