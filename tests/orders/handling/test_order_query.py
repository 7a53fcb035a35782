"""Reading an order with all that is below it."""

from decimal import Decimal

import pytest
from django.http import Http404

from customers.models import Tag
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.order_query import BELOW_IN_BACKOFFICE as BELOW
from orders.handling.order_query import order_in_full_or_404
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Order
from shopadmin.models import Mail
from tests.factories import OrderFactory


@pytest.fixture
def order(ines, mara, store) -> Order:
    order = OrderFactory(customer=ines, number="W10479")
    order.addresses.create(kind="shipping", country="DE", street="“Große” Straße", postcode="10115", city="Berlin")
    for number in range(3):
        enter_payment(order, amount=Decimal("1.10"), by=mara)
        order.lines.create(name="Vase", quantity=2, unit_gross=1, vat_category="Z", vat_rate=0, net=2, vat=0, gross=2)
        order.payment_attempts.create(method="test_provider", amount=1)
        order.withdrawals.create(name="“Ines”", order_number="W10479", email="ines@vandermeulen.example", language="nl")
        order.messages.create(text="“Hello”", by=mara)
        order.notes.create(text="“Rang” twice.", author=mara)
        order.order_tags.create(tag=Tag.objects.named(f"tag {number}"))
        ship(order, quantities={order.lines.last(): 2}, carrier="postnl", tracking_number=str(number), by=mara)
    issue_credit_note(issue_invoice(order, by=mara), by=mara)
    return order


@pytest.mark.parametrize("name", BELOW)
def test_the_rows_are_those_of_the_tables(order, name, django_assert_num_queries):
    order_in_full_or_404(
        Order.objects, in_backoffice=True, number="W10479"
    )  # a new connection to SQLite asks first what it can do
    with django_assert_num_queries(2):
        rows = list(getattr(order_in_full_or_404(Order.objects, in_backoffice=True, number="W10479"), name).all())
    _model, without = BELOW[name]
    columns = [field.attname for field in rows[0]._meta.concrete_fields if field.attname not in without]
    read_along, read_alone = (
        [[getattr(row, column) for column in columns] for row in some] for some in (rows, getattr(order, name).all())
    )
    assert repr(read_along) == repr(read_alone)  # 33 and 33.00 are equal and look different
    assert len(rows) > 1


def test_a_parcel_knows_how_much_is_in_it_and_where_it_goes(order, django_assert_num_queries):
    found = order_in_full_or_404(Order.objects, number="W10479")
    with django_assert_num_queries(0):
        parcels = [(parcel.articles, parcel.tracking_url) for parcel in found.shipments.all()]
    url = "https://postnl.nl/tracktrace/?B={}&P=10115&D=DE&T=C"
    assert parcels == [(2, url.format(number)) for number in (2, 1, 0)]


def test_what_was_left_out_is_read_when_it_is_asked_for(order):
    document = order_in_full_or_404(Order.objects, number="W10479").documents.all()[0]
    assert document.content == order.documents.all()[0].content


def test_an_order_without_rows_has_none(ines, store):
    bare = Order.objects.create(number="1", customer=ines, language="en", payment_method="invoice")
    found = order_in_full_or_404(Order.objects, in_backoffice=True, pk=bare.pk)
    assert [list(getattr(found, name).all()) for name in BELOW] == [[]] * len(BELOW)
    assert found.mails == []


def test_the_mails_are_those_of_its_events_that_are_left(order):
    told = Mail.objects.filter(pk__in=[event.facts["mail"] for event in order.events.filter(kind="mail")])
    told.first().delete()
    found = order_in_full_or_404(Order.objects, in_backoffice=True, number="W10479").mails
    names = ("pk", "name", "to", "state", "attachments", "created_at")
    read_along, read_alone = (
        {tuple(map(repr, map(mail.__getattribute__, names))) for mail in mails} for mails in (found, told)
    )
    assert read_along == read_alone
    assert len(found) > 1


def test_what_is_not_among_the_orders_is_not_found(order, otto):
    with pytest.raises(Http404):
        order_in_full_or_404(otto.orders, number="W10479")
