"""`manage.py demo`: a shop that was there for two years, in which everything adds up."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Max, Sum
from django.test import override_settings
from django.utils import timezone

from accounts.demo.shop import PASSWORD
from customers.addresses.countries import address_rules
from customers.models import Address, Customer, Duplicate, HistoryEntry, Note, Segment, Tag
from orders.handling.payment_status import status_of
from orders.models import Document, Order, OrderEvent, OrderLine, Payment, Shipment, WithdrawalNotice
from shopadmin.models import Mail, StoreSettings
from shopadmin.store.legal_texts import agreed_texts_at
from tests.accounts.demo.ways_to_make import BY_EVENTS, ON_PAGES
from tests.factories import CustomerFactory

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
pytestmark = pytest.mark.slow
SIGN_INS = [
    f"{name}@demo.test"
    for name in ("owner", "manager", "support", "readonly", "shopper", "shopper2", "business", "waiting")
]


def test_it_refuses_a_database_that_holds_something(db):
    CustomerFactory()
    with pytest.raises(CommandError, match="holds something"):
        call_command("demo")
    assert Customer.objects.count() == 1


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """A filled demo shop, made once for this file and taken back at its end."""
    output = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=HASHERS, DATA_DIR=tmp_path_factory.mktemp("data")):
            call_command("demo", stdout=output)
        yield output.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(filled, db):
    return filled


def test_it_says_where_to_go_and_as_whom(demo):
    for email in SIGN_INS:
        assert email in demo
    assert demo.strip().splitlines()[-1].startswith("Filled: ")


def test_everybody_has_the_demo_password(demo):
    people = Customer.objects.filter(email__in=SIGN_INS)
    assert {person.email for person in people if person.check_password(PASSWORD)} == set(SIGN_INS)


def test_nobody_else_has_it(demo):
    others = Customer.objects.exclude(email__in=SIGN_INS)
    assert not any(person.check_password(PASSWORD) for person in others.registered()[:1])


def test_mail_goes_to_nobody_real(demo):
    domains = {email.rpartition(".")[2] for email in Customer.objects.values_list("email", flat=True)}
    assert domains == {"example", "test"}


def test_nothing_is_left_to_be_sent(demo):
    assert not Mail.objects.filter(state=Mail.State.QUEUED).exists()


def test_the_demo_shopper_has_an_order_in_every_state(demo):
    orders = Order.objects.filter(customer__email="shopper@demo.test")
    assert set(orders.values_list("state", flat=True)) == set(Order.State)
    assert set(orders.values_list("payment_state", flat=True)) == set(Order.PaymentState)
    assert set(orders.values_list("shipping_state", flat=True)) == set(Order.ShippingState)


def test_the_demo_shopper_has_invoices_a_credit_note_and_tracking_links(demo):
    papers = Document.objects.filter(order__customer__email="shopper@demo.test")
    assert papers.filter(kind="invoice").count() >= 4
    assert papers.filter(kind="credit_note").count() == 2
    parcels = Shipment.objects.filter(order__customer__email="shopper@demo.test").exclude(carrier="other")
    assert all(parcel.tracking_url for parcel in parcels)


def test_nothing_happened_in_the_future(demo):
    now = timezone.now()
    for model, field in ((Order, "placed_at"), (Payment, "at"), (Shipment, "at"), (HistoryEntry, "at")):
        assert not model.objects.filter(**{f"{field}__gt": now}).exists()


def test_each_order_was_placed_once(demo):
    placed = OrderEvent.objects.filter(kind="placed").values_list("order", flat=True)
    assert sorted(placed) == sorted(Order.objects.values_list("pk", flat=True))


def test_orders_add_up(demo):
    sums = Order.objects.annotate(of_lines=Sum("lines__gross"))
    assert [order.number for order in sums if order.of_lines + order.delivery_gross != order.total] == []
    assert [order.number for order in sums if order.total_net + order.total_vat != order.total] == []


def test_payments_add_up(demo):
    paid = Order.objects.annotate(came_in=Sum("payments__amount", default=0))
    assert [order.number for order in paid if order.came_in != order.paid] == []


def test_parcels_add_up(demo):
    lines = OrderLine.objects.annotate(shipped=Sum("shipment_lines__quantity", default=0))
    assert not lines.exclude(shipped=F("sent")).exists()


def test_customers_count_their_orders(demo):
    counted = Customer.objects.annotate(found=Count("orders"), last=Max("orders__placed_at"))
    assert not counted.exclude(found=F("orders_count")).exists()
    assert not counted.exclude(last=None).exclude(last=F("last_order_at")).exists()


def test_amounts_spent_leave_out_what_was_called_off_or_refunded(demo):
    for customer in Customer.objects.filter(orders__state="cancelled").distinct():
        orders = customer.orders.exclude(state__in=Order.OVER)
        assert customer.spent == sum(order.total - order.refunded for order in orders)


def test_some_orders_are_partly_refunded_and_some_overdue(demo):
    assert Order.objects.filter(payment_state="partly_refunded").exists()
    assert Order.objects.overdue().exists()


def test_payment_statuses_follow_from_what_happened(demo):
    wrong = [order.number for order in Order.objects.all() if order.payment_state != status_of(order)]
    assert wrong == []


def test_addresses_have_the_form_of_their_country(demo):
    for address in Address.objects.all():
        assert address_rules(address.country).accepts_postcode(address.postcode), address


def test_phones_are_valid(demo):
    phones = [phone for person in Customer.objects.all() for phone in (person.phone, person.mobile) if phone]
    assert [str(phone) for phone in phones if not phone.is_valid()] == []


def test_the_legal_texts_are_there_in_every_language(demo):
    store = StoreSettings.current()
    for kind in ("privacy_policy", "terms", "imprint", "withdrawal_information"):
        assert set(getattr(store, kind)) == {"", "de", "en"}


def test_all_orders_were_placed_under_the_legal_texts(demo):
    terms = agreed_texts_at(Order.objects.earliest("placed_at").placed_at)["terms"]
    assert set(terms) == {"", "de", "en"}


def test_whoever_ordered_signed_in_had_signed_in_before(demo):
    lotte = Customer.objects.get(email="shopper@demo.test")
    orders = lotte.orders.filter(placed_at__gt=timezone.now() - timedelta(days=364))
    assert lotte.sign_ins.count() == orders.filter(channel="signed_in").count() > 5
    assert not Customer.objects.guests().filter(sign_ins__isnull=False).exists()


def test_all_that_it_fills_is_made_on_a_page_or_by_an_event(demo):
    filled = {model._meta.label for model in apps.get_models() if model.objects.exists()}
    assert filled - set(ON_PAGES) - set(BY_EVENTS) == set()


def test_there_is_something_to_do(demo):
    assert Customer.objects.awaiting_approval().count() >= 3
    assert HistoryEntry.objects.filter(seen=False).values("customer").distinct().count() == 5
    assert Mail.objects.failing().count() == 2
    assert Order.objects.to_ship().exists()
    assert [order.person for order in Order.objects.ready_for_pickup()] == ["Lotte Verhoeven"]
    assert [(order.total, order.delivery_name) for order in Order.objects.to_provide()] == [(135, "")]
    assert Mail.objects.filter(name="order_ready").count() == 1
    assert Order.objects.unpaid().exists()
    assert WithdrawalNotice.objects.unanswered().exists()


def test_a_shop_that_is_there_is_left_alone(demo):
    orders = Order.objects.count()
    output = StringIO()
    call_command("demo", unless_filled=True, stdout=output)
    assert output.getvalue().splitlines()[-1].startswith("Already filled")
    assert Order.objects.count() == orders


def test_it_refuses_to_fill_a_demo_shop_twice(demo):
    with pytest.raises(CommandError, match="holds something"):
        call_command("demo")


def test_a_newcomer_sees_what_can_be_done_with_orders(demo):
    orders = Order.objects.all()
    assert orders.filter(channel="backoffice", lines__discount__gt=0).exists()
    assert orders.filter(events__kind="edited").exists()
    assert orders.filter(notes__isnull=False, order_tags__isnull=False, messages__isnull=False).exists()
    assert orders.filter(state="completed", lines__withdrawn__gt=0, payments__amount__lt=0).exists()
    [order] = orders.filter(payment_attempts__state="failed")
    assert order.payment_attempts.filter(state="pending").count() == 1


def test_tags_views_notes_and_look_alikes_are_there_to_be_looked_at(demo):
    assert {tag.name: tag.uses > 5 for tag in Tag.objects.with_counts()} == {
        "Nalevering": False, "Seizoensbrief": True, "Vaste klant": True, "Zakelijk": True,
    }  # fmt: skip
    assert (Segment.objects.count(), Note.objects.count(), Duplicate.objects.open().count()) == (2, 3, 1)
