"""An erasure takes everything but what the law keeps."""

import json
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from customers.history import acting
from customers.models import Consent, Customer, Erasure, HistoryEntry, PrivacyRequest
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure as privacy_erasure
from customers.privacy.erasure.summary import what_goes_and_stays
from orders.documents.files import pdf_of
from orders.documents.issue import issue_invoice
from orders.handling.cancellation import cancel
from orders.handling.errors import OrderError
from orders.models import Document, Order, WithdrawalNotice
from orders.withdrawal.notices import receive
from shopadmin.mail.compose import compose_for
from shopadmin.mail.delivery import deliver_next
from shopadmin.models import Mail
from tests.factories import MailFactory, OrderFactory

pytestmark = pytest.mark.django_db
EMAIL, NAMES = "ines@vandermeulen.example", ["van der meulen", "oudegracht"]


@pytest.fixture
def finished(ines):
    order = OrderFactory(customer=ines, state="completed", phone="+31612345678", order_note="For Ines", number="10001")
    order.shipments.create(carrier="postnl", tracking_number="3SABC")
    return order


def erase(customer, **options):
    return privacy_erasure.erase(customer, **({"by": ActorKind.MERCHANT, "notify": True} | options))


def dump():
    """The values of every row of every table, as (table, text)."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model.__name__, json.dumps(list(row.values()), default=str).casefold()


def test_nothing_in_the_database_tells_who_it_was(ines, finished, store):
    with acting.shopper(ines):
        ines.set_marketing_consent(True, text="News for Ines van der Meulen", source="account", by=ines)
    PrivacyRequest.objects.create(customer=ines, remark=f"Mail from {EMAIL}")
    Mail.objects.create(to=EMAIL, language="nl", subject="Hello", text="", html="", message_id="1")
    erase(ines, notify=False)
    rows = list(dump())
    assert [row for row in rows if any(word in row[1] for word in [EMAIL, "ines", *NAMES])] == []


def test_what_was_stated_when_withdrawing_goes_along(ines, finished, store):
    for number in ("10001", "99999"):
        statement = {"key": str(uuid4()), "name": "Ines van der Meulen", "order_number": number, "email": EMAIL}
        receive(statement | {"remark": "From the Oudegracht"}, language="nl")
    erase(ines, notify=False)
    assert [row for row in dump() if any(word in row[1] for word in [EMAIL, "ines", *NAMES])] == []
    assert [notice.order for notice in WithdrawalNotice.objects.all()] == [finished]


def test_what_was_stated_about_an_order_under_way_goes_along(ines, store):
    OrderFactory(customer=ines, number="10003")
    statement = {"key": str(uuid4()), "name": "Ines", "order_number": "10003", "email": EMAIL, "remark": ""}
    receive(statement, language="nl")
    assert "Details given when withdrawing from an order" in what_goes_and_stays(ines).goes
    erase(ines, notify=False)
    assert {table for table, row in dump() if EMAIL in row} == {"Order"}


def test_the_notice_to_the_customer_is_all_that_names_them(ines, finished, store):
    erase(ines)
    assert {table for table, row in dump() if EMAIL in row} == {"Mail"}
    mail = Mail.objects.get(to=EMAIL)
    assert (mail.name, mail.notice, mail.customer) == ("account_deleted_by_shop", True, None)


def test_emails_that_were_written_to_files_go_along(ines, otto, store, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "shopadmin.mail.files.MailFiles"
    for owner in (ines, otto, None):
        MailFactory(customer=owner, to=owner.email if owner else EMAIL)
        deliver_next()
    with django_capture_on_commit_callbacks(execute=True):
        erase(ines)
    [path] = (settings.DATA_DIR / "mails").iterdir()
    assert otto.email in path.read_text()


def test_a_finished_order_keeps_its_figures_and_loses_its_person(ines, finished):
    erase(ines)
    finished.refresh_from_db()
    assert (finished.number, finished.total, finished.state) == ("10001", Decimal("37.95"), "completed")
    assert (finished.customer, finished.email, finished.get_full_name()) == (None, "", "")
    assert (finished.phone, finished.order_note, finished.shipments.get().tracking_number) == ("", "", "")
    address = finished.addresses.get()
    assert {name: value for name, value in address.as_dict().items() if value} == {"country": "NL"}


def test_an_order_under_way_keeps_what_delivery_needs_until_it_is_done(ines, mara):
    order = OrderFactory(customer=ines)
    erase(ines)
    order = Order.objects.get(pk=order.pk)
    assert (order.customer, order.last_name, order.shipping_address.street) == (None, "van der Meulen", "Oudegracht")
    cancel(order, by=mara, reason="Ines called")
    order = Order.objects.get(pk=order.pk)
    assert (order.state, order.last_name, order.cancel_reason, order.shipping_address.street) == (
        "cancelled",
        "",
        "",
        "",
    )


def test_nobody_is_left_to_invoice_on_a_finished_order(ines, finished):
    erase(ines)
    with pytest.raises(OrderError):
        issue_invoice(Order.objects.get(pk=finished.pk))


def test_documents_stay_as_they_were_issued(ines, finished, store):
    invoice = issue_invoice(finished)
    before = pdf_of(invoice)
    erase(ines)
    assert pdf_of(Document.objects.get()) == before


def test_mails_about_an_order_that_outlived_its_customer_are_notices(ines, mara, store):
    order = OrderFactory(customer=ines)
    erase(ines)
    cancel(Order.objects.get(pk=order.pk), by=mara)
    assert {"order_cancelled", "order_cancelled_merchant"} <= set(Mail.objects.values_list("name", flat=True))
    assert not Mail.objects.filter(notice=False).exists()


def test_an_erased_person_is_not_found_among_the_orders(ines, finished):
    OrderFactory(customer=ines, number="10002")
    erase(ines)
    assert not Order.objects.matching("meulen").exists()
    assert Order.objects.matching("1000").count() == 2


def test_what_was_done_is_written_down_without_a_name(ines, finished, mara):
    number = ines.pk
    asked = PrivacyRequest.objects.create(customer=ines, remark="By phone")
    erase(ines, actor=mara)
    erasure = Erasure.objects.get()
    assert (erasure.customer_number, erasure.by, erasure.orders_kept) == (number, "merchant", 1)
    asked.refresh_from_db()
    assert (asked.state, asked.customer, asked.remark, asked.closed_by) == ("done", None, "", mara)
    assert str(number) in asked.outcome


def test_a_second_click_changes_nothing_and_gets_the_same_answer(ines):
    same = Customer.objects.get(pk=ines.pk)
    assert erase(ines) == erase(same)
    assert Erasure.objects.count() == 1


def test_others_keep_what_is_theirs(ines, otto, store):
    OrderFactory(customer=otto)
    compose_for(otto, "account_deleted", context={"summary": None})
    before = [(table, row) for table, row in dump() if "onbevoegd" in row]
    erase(ines)
    assert [(table, row) for table, row in dump() if "onbevoegd" in row] == before


@pytest.mark.parametrize("actor", ["sam", "nobody", "themselves"])
def test_staff_fall_to_owners_alone_and_never_to_themselves(mara, sam, actor):
    actors = {"sam": sam, "nobody": None, "themselves": mara}
    with pytest.raises(PermissionDenied):
        erase(mara, actor=actors[actor])
    assert Customer.objects.filter(pk=mara.pk).exists()


def test_an_owner_may_erase_staff(mara, sam):
    erase(sam, actor=mara)
    assert not Customer.objects.filter(email="sam@shop.example").exists()


def test_ordering_again_with_the_same_address_makes_a_fresh_guest(ines, finished):
    number = ines.pk
    erase(ines)
    order = OrderFactory(customer=None, email=EMAIL, first_name="Ines", last_name="van der Meulen")
    assert order.customer.pk != number
    assert (order.customer.is_registered, order.customer.orders.count()) == (False, 1)


def test_history_and_consents_go_along(ines, otto):
    with acting.shopper(ines):
        ines.set_marketing_consent(True, text="News", source="account", by=ines)
    erase(ines)
    assert not HistoryEntry.objects.exclude(customer=otto).exists()
    assert not Consent.objects.exists()
