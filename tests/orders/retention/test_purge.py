"""What the law no longer asks for goes, and nothing else does."""

from decimal import Decimal

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError

from customers.models import Consent, Customer, HistoryEntry, PrivacyRequest
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from orders.customer_hooks import totals
from orders.customer_hooks.totals_check import differences
from orders.handling.refunds import refund
from orders.models import Document, Order, OrderAddress
from orders.retention import purge
from shopadmin.mail.delivery import deliver_next
from shopadmin.models import Mail
from tests.customers.privacy.erasure.test_erasure import dump
from tests.factories import MailFactory
from tests.orders.retention.old_orders import finished, issue, noon, run

pytestmark = pytest.mark.django_db
NOTHING = "0 invoices and 0 credit notes deleted, 0 orders anonymised, 0 guests erased"
ONE = "1 invoice and 0 credit notes deleted, 1 order anonymised, 0 guests erased"
PAST = noon(2027, 1, 1)  # for a Dutch shop and a document of 2019


@pytest.fixture
def old(ines, store):
    """An order of Ines's with an invoice of 2019, which a Dutch shop keeps until the end of 2026."""
    order = finished(ines, noon(2019), number="W1", phone="+31612345678", order_note="For Ines")
    issue(order, "2019-00001", noon(2019))
    totals.recount(ines)
    return order


def test_the_day_before_nothing_goes_and_the_day_after_it_does(old):
    assert run(at=noon(2026, 12, 31)) == f"Purged: {NOTHING}."
    assert run(at=PAST) == f"Purged: {ONE}."
    assert run(at=PAST) == f"Purged: {NOTHING}."


def test_the_document_goes_with_its_file(old, django_capture_on_commit_callbacks):
    path = Document.objects.get().path
    with django_capture_on_commit_callbacks(execute=True):
        run(at=PAST)
    assert (Document.objects.count(), storages["documents"].exists(path)) == (0, False)


def test_a_dry_run_says_so_and_changes_nothing(old):
    before = list(dump())
    words = (
        "Would purge: 1 invoice and 0 credit notes deleted, 1 order anonymised, 0 guests erased. Nothing was changed."
    )
    assert run("--dry-run", at=PAST) == words
    assert list(dump()) == before
    assert storages["documents"].exists(Document.objects.get().path)


def test_the_order_keeps_its_number_dates_and_amounts(old):
    old.payments.create(amount=Decimal("37.95"), at=noon(2019))
    run(at=PAST)
    order = Order.objects.get()
    assert (order.number, order.placed_at, order.state) == ("W1", noon(2019), "completed")
    assert (order.total, order.total_vat) == (Decimal("37.95"), Decimal("6.59"))
    assert (order.payments.get().amount, order.lines.get().name) == (Decimal("37.95"), "Stacking mug")
    assert (order.customer, order.email, order.get_full_name(), order.phone, order.order_note) == (None, *[""] * 4)
    assert not OrderAddress.objects.exists()


def test_nothing_about_the_order_leads_to_its_customer_any_more(ines, old):
    old.events.create(kind="cancelled", at=noon(2019), by=ines)
    old.log("mail", mail=MailFactory(customer=ines, subject="Order W1").pk)
    old.events.update(at=noon(2019))
    HistoryEntry.objects.filter(customer=ines).update(source="order W1")
    Consent.objects.create(customer=ines, given=True, source="order W1", text="News", language="nl")
    run(at=PAST)
    assert [row for row in dump() if "w1" in row[1] and row[0] != "Order"] == []
    assert not old.events.exclude(by=None).exists()
    assert not Mail.objects.exists()


def test_emails_about_it_that_were_written_to_files_go_along(ines, old, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "shopadmin.mail.files.MailFiles"
    old.log("mail", mail=MailFactory(customer=ines).pk)
    old.events.update(at=noon(2019))
    deliver_next()
    with django_capture_on_commit_callbacks(execute=True):
        run(at=PAST)
    assert list((settings.DATA_DIR / "mails").iterdir()) == []


def test_the_customer_stays_and_counts_what_is_still_theirs(ines, old):
    finished(ines, noon(2025), number="W2")
    totals.recount(ines)
    run(at=PAST)
    ines.refresh_from_db()
    assert (ines.orders_count, ines.spent, ines.order_numbers) == (1, Decimal("37.95"), "W2")
    assert list(differences(mend=False)) == []


def test_a_credit_note_keeps_its_invoice_and_both_go_together(old):
    issue(old, "C2021-00001", noon(2021), kind="credit_note", credits=Document.objects.get())
    assert run(at=noon(2028, 12, 31)) == f"Purged: {NOTHING}."
    assert (
        run(at=noon(2029, 1, 1)) == "Purged: 1 invoice and 1 credit note deleted, 1 order anonymised, 0 guests erased."
    )


def test_an_order_without_a_document_is_anonymised_too(ines, store):
    store.country = "DE"
    store.save()
    finished(ines, noon(2020), state="cancelled")
    assert run(at=noon(2026, 12, 31)) == f"Purged: {NOTHING}."
    assert run(at=PAST) == "Purged: 0 invoices and 0 credit notes deleted, 1 order anonymised, 0 guests erased."


def test_an_open_order_is_never_touched(ines, old):
    Order.objects.update(state="open")
    assert run("--dry-run", at=noon(2060)) == f"Would purge: {NOTHING}. Nothing was changed."
    assert run(at=noon(2060)) == f"Purged: {NOTHING}."
    assert Order.objects.get().customer == ines


def test_who_waits_for_an_answer_keeps_everything_until_then(ines, old):
    request = PrivacyRequest.objects.create(customer=ines, kind="access")
    assert run(at=PAST) == f"Purged: {NOTHING}."
    PrivacyRequest.objects.filter(pk=request.pk).update(state="done")
    assert run(at=PAST) == f"Purged: {ONE}."


def test_who_had_their_data_restricted_keeps_everything_until_it_is_lifted(ines, old):
    Customer.objects.filter(pk=ines.pk).update(restricted_at=noon(2020))
    assert run(at=PAST) == f"Purged: {NOTHING}."
    Customer.objects.filter(pk=ines.pk).update(restricted_at=None)
    assert run(at=PAST) == f"Purged: {ONE}."


def test_an_order_that_outlived_its_customer_loses_what_is_left(ines, old):
    erase(ines, by=ActorKind.MERCHANT, notify=False)
    erased_at = Order.objects.get().erased_at
    assert run(at=PAST) == f"Purged: {ONE}."
    assert not OrderAddress.objects.exists()
    assert Order.objects.get().erased_at == erased_at


def test_others_are_left_alone(otto, old):
    finished(otto, noon(2020), number="W3")
    run(at=PAST)
    order = Order.objects.get(number="W3")
    assert (order.customer, order.anonymised_at, order.addresses.count()) == (otto, None, 1)


def dies_at_the_second_batch(anonymise):
    batches = iter(range(1))

    def dies(ids):
        done = anonymise(ids)
        if next(batches, None) is None:
            raise OSError("read-only file system")
        return done

    return dies


def test_a_purge_that_was_killed_goes_on_when_run_again(ines, store, monkeypatch):
    for n in range(5):
        issue(finished(ines, noon(2019)), f"2019-{n}", noon(2019))
    monkeypatch.setattr(purge, "BATCH", 2)
    with monkeypatch.context() as disk:
        disk.setattr(purge, "anonymise", dies_at_the_second_batch(purge.anonymise))
        with pytest.raises(CommandError, match="read-only file system. Purged until then: 2 invoices"):
            run(at=PAST)
    assert Document.objects.count() == 3
    assert run(at=PAST) == "Purged: 3 invoices and 0 credit notes deleted, 3 orders anonymised, 0 guests erased."
    assert not Customer.objects.filter(orders_count__gt=0).exists()


def test_what_an_anonymised_order_was_credited_stays(old):
    old.payments.create(amount=Decimal("37.95"), at=noon(2019))
    Order.objects.update(credited=Decimal("37.95"), paid=Decimal("37.95"))
    run(at=PAST)
    refund(Order.objects.get(), amount=Decimal("37.95"))
    assert Order.objects.get().credited == Decimal("37.95")


def test_its_page_says_that_it_was_anonymised(as_mara, old):
    run(at=PAST)
    page = as_mara.get("/backoffice/orders/W1/").content.decode()
    assert "The retention period of this order is over. Its documents and all personal data were deleted." in page
    assert "Deleted: their retention period is over." in page
    assert [words for words in ("van der Meulen", "No invoice yet.") if words in page] == []
