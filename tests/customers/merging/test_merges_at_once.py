"""Two who merge at once, and orders that come in while records are merged or parted."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

import pytest
from django.db import close_old_connections, connection

from customers.merging.merge import MergeError, merge, undo
from customers.models import Customer, Merge
from orders.models import Order
from tests.factories import CustomerFactory, OrderFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("store")]


def at_once(*calls):
    """Run the calls at the same moment, each on a connection of its own; gives what each returned or raised."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        except MergeError as error:
            return str(error)
        finally:
            connection.close()
            close_old_connections()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_who_merge_each_into_the_other_end_with_one():
    for _try in range(5):
        ines, gus = CustomerFactory.create_batch(2)
        answers = at_once(
            lambda a=ines, b=gus: merge(a, b, choices={}, by=None),
            lambda a=ines, b=gus: merge(b, a, choices={}, by=None),
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["Merge", "str"]
        assert Customer.objects.filter(pk__in=[ines.pk, gus.pk], merged_into=None).count() == 1


def order_of(email):
    return lambda: OrderFactory(customer=None, email=email, first_name="G", last_name="G").customer_id


def test_orders_while_it_is_merged_all_end_with_the_kept_one():
    for _try in range(5):
        ines, gus = CustomerFactory.create_batch(2)
        at_once(lambda a=ines, b=gus: merge(a, b, choices={}, by=None), *[order_of(gus.email)] * 3)
        assert set(Order.objects.filter(email=gus.email).values_list("customer", flat=True)) == {ines.pk}


def test_a_merge_waits_for_an_order_that_has_found_its_customer():
    ines, gus = CustomerFactory.create_batch(2)
    merging = []

    def merge_first(execute, sql, *rest):
        if sql.startswith('INSERT INTO "orders_order"') and not merging:
            merging.append(other.submit(at_once, lambda: merge(ines, gus, choices={}, by=None)))
            wait(merging, timeout=0.5)
        return execute(sql, *rest)

    with ThreadPoolExecutor(1) as other, connection.execute_wrapper(merge_first):
        order_of(gus.email)()
    assert merging[0].result()[0].merged == gus
    assert set(Order.objects.values_list("customer", flat=True)) == {ines.pk}


def test_orders_while_it_is_undone_all_end_with_the_other_one():
    for _try in range(5):
        ines, gus = CustomerFactory.create_batch(2)
        done = merge(ines, gus, choices={}, by=None)
        at_once(lambda done=done: undo(Merge.objects.get(pk=done.pk), by=None), *[order_of(gus.email)] * 3)
        assert set(Order.objects.filter(email=gus.email).values_list("customer", flat=True)) == {gus.pk}
