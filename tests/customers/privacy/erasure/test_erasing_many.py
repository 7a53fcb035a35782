"""Many customers are erased at once, by as many statements as one, and with the same answers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Customer, Erasure, PrivacyRequest, Tag
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase, erase_many
from orders.models import Order
from shopadmin.models import Mail
from tests.customers.privacy.erasure.test_erasure import dump
from tests.factories import AddressFactory, CustomerFactory, OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def erase_all(customers, **options):
    return erase_many(customers, **({"by": ActorKind.MERCHANT, "notify": False} | options))


def customers_with_orders(count):
    """Each with an address, a tag, and an order that is finished and one that is not."""
    customers = CustomerFactory.create_batch(count, registered=True, last_name="Roodhuyzen")
    for customer in customers:
        AddressFactory(customer=customer)
        customer.tags.add(Tag.objects.named("Regulars"))
        for state in ("completed", "open"):
            OrderFactory(customer=customer, state=state)
    return customers


def test_four_cost_as_many_queries_as_two():
    counts = []
    for count in (2, 4):
        customers = customers_with_orders(count)
        with CaptureQueriesContext(connection) as queries:
            erase_all(customers)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nothing_is_left_of_any_of_them_but_open_orders():
    customers = customers_with_orders(3)
    numbers = [customer.pk for customer in customers]
    answers = erase_all(customers)
    assert [(one.customer_number, one.orders_kept) for one in answers] == [(number, 2) for number in numbers]
    assert {table for table, row in dump() if "roodhuyzen" in row} == {"Order"}
    assert {order.state for order in Order.objects.exclude(last_name="")} == {"open"}
    assert not Customer.objects.shoppers().exists()


def test_a_name_that_only_those_who_are_erased_together_bear_is_theirs():
    family = CustomerFactory.create_batch(2, last_name="Roodhuyzen")
    for name in ("Fam. Roodhuyzen", "Regulars"):
        Tag.objects.named(name)
    erase_all(family)
    assert list(Tag.objects.values_list("name", flat=True)) == ["Regulars"]


def test_each_request_gets_its_own_answer(ines, otto, gus, mara):
    asked = [
        PrivacyRequest.objects.create(customer=ines, remark="By phone"),
        PrivacyRequest.objects.create(customer=otto, kind="access", remark="By letter"),
    ]
    erase_all([ines, otto, gus], actor=mara)
    for one in asked:
        one.refresh_from_db()
    assert [(one.state, one.remark, one.closed_by) for one in asked] == [("done", "", mara), ("erased", "", mara)]
    assert [str(number) in one.outcome for one, number in zip(asked, [ines.pk, otto.pk], strict=True)] == [True, True]


def test_each_who_is_registered_is_told_in_their_language(ines, otto, gus):
    Customer.objects.filter(pk=otto.pk).update(language="de")
    erase_all([ines, otto, gus], notify=True)
    assert set(Mail.objects.values_list("to", "language")) == {(ines.email, "nl"), (otto.email, "de")}


def test_who_is_gone_already_gets_the_answer_of_then(ines, otto, gus):
    before = erase(Customer.objects.get(pk=otto.pk), by=ActorKind.SHOPPER, notify=False)
    answers = erase_all([ines, otto, gus])
    assert [one.customer_number for one in answers] == [ines.pk, otto.pk, gus.pk]
    assert (answers[1], Erasure.objects.count()) == (before, 3)


def test_nobody_is_erased_where_one_may_not_be(ines, sam, gus):
    with pytest.raises(PermissionDenied):
        erase_all([ines, sam, gus])
    assert (Erasure.objects.exists(), Customer.objects.filter(pk__in=[ines.pk, sam.pk, gus.pk]).count()) == (False, 3)
