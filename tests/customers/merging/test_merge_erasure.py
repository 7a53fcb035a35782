"""Erasing a customer takes along what was merged into it, and what a merge brought elsewhere."""

from uuid import uuid4

import pytest

from customers.history import acting
from customers.merging.merge import MergeError, merge
from customers.models import Customer, Merge
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from customers.privacy.erasure.summary import what_goes_and_stays
from orders.withdrawal.notices import receive
from shopadmin.models import Mail
from tests.customers.merging.merging import fill, merge_in_browser, merged_by, preview_form, undo_in_browser, undo_url
from tests.customers.privacy.erasure.test_erasure import dump
from tests.factories import AddressFactory, OrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def otto_merged(as_mara, ines, otto):
    """Otto merged into Ines, with orders, mails and more of his, and chosen over her in some fields."""
    AddressFactory(customer=otto, street="Slotlaan")
    OrderFactory(customer=otto, state="completed")
    fill(otto, "his own")
    Customer.objects.filter(pk=otto.pk).update(phone="+31302345678")
    return merged_by(as_mara, ines, otto, first_name="merged", last_name="merged", billing="merged")


def rows_with(*words):
    return [row for row in dump() if any(word in row[1] for word in words)]


def erase(customer):
    erasure.erase(customer, by=ActorKind.MERCHANT, notify=False)


def test_the_merged_record_goes_with_the_kept_one(ines, otto, otto_merged):
    statement = {"key": str(uuid4()), "name": "O", "order_number": "99999", "email": otto.email, "remark": ""}
    receive(statement, language="nl")
    Mail.objects.create(to=otto.email, language="nl", subject="Hello", text="", html="", message_id="1")
    goes = what_goes_and_stays(ines).goes
    assert "1 customer merged into this one" in goes
    assert "Details given when withdrawing from an order" in goes
    erase(ines)
    assert rows_with("otto@", "onbevoegd", "slotlaan", "302345678", "ines@") == []


def test_after_an_undo_each_goes_alone_and_leaves_nothing_with_the_other(as_mara, ines, otto, otto_merged):
    undo_in_browser(as_mara, otto_merged)
    erase(Customer.objects.get(pk=otto.pk))
    assert rows_with("otto@", "onbevoegd", "slotlaan", "302345678") == []
    assert Customer.objects.get(pk=ines.pk).get_full_name() == "Ines van der Meulen"
    assert ines.history.filter(field="merged").count() == 2


def test_what_a_shopper_changed_meanwhile_is_not_touched(as_mara, ines, otto, otto_merged):
    with acting.shopper(ines):
        Customer.objects.filter(pk=ines.pk).update(initials="I.")
    undo_in_browser(as_mara, otto_merged)
    erase(Customer.objects.get(pk=otto.pk))
    assert list(ines.history.filter(field="initials").values_list("new", flat=True)) == ["I."]


def test_who_was_erased_meanwhile_is_not_merged(as_mara, ines, gus):
    sent = preview_form(as_mara, ines, gus)
    gone = Customer.objects.get(pk=gus.pk)
    erase(gus)
    assert (
        "No customer found with this number."
        in as_mara.post(f"/backoffice/customers/{ines.pk}/merge/", sent).content.decode()
    )
    with pytest.raises(MergeError, match="One of the customers has been erased in the meantime."):
        merge(ines, gone, choices={}, by=None)
    assert not Merge.objects.exists()


def test_the_undo_of_an_erased_one_is_not_there(as_mara, ines, otto_merged):
    erase(ines)
    assert as_mara.get(undo_url(otto_merged)).status_code == 404


def test_a_merged_away_address_is_free_again_after_the_erasure(as_mara, ines, gus, store):
    merge_in_browser(as_mara, ines, gus)
    erase(Customer.objects.get(pk=ines.pk))
    order = OrderFactory(customer=None, email=gus.email, first_name="G", last_name="G")
    assert order.customer.pk not in (ines.pk, gus.pk)
