"""Correcting the email address of an order: whose it then is, which mailbox gets what, what the old one still sees."""

from decimal import Decimal

import pytest

from customers.models import Customer
from customers.privacy.erasure.erasure import erase
from orders import mails
from orders.customer_hooks.totals import recount
from orders.models import Order
from shopadmin.models import Mail
from tests.factories import AddressFactory, CustomerFactory, OrderFactory
from tests.orders.editing.edits import change, order_of_mugs, review, save
from tests.shown_page import errors, html_of, text_of

pytestmark = pytest.mark.any_database

RIGHT, WRONG = "gus@post.example", "gus@psot.example"


@pytest.fixture
def gus(gus):
    """Gus mistyped his address."""
    gus.change_email(WRONG, by=None)
    return gus


@pytest.fixture
def order(gus) -> Order:
    order = order_of_mugs(gus)
    recount(gus)
    mails.tell_of_order(order)
    return order


def sent(order: Order) -> None:
    Mail.objects.filter(to=order.email).update(state=Mail.State.SENT)


def counted(*customers: Customer) -> list[tuple[int, Decimal]]:
    for customer in customers:
        customer.refresh_from_db()
    return [(customer.orders_count, customer.spent) for customer in customers]


def to_shoppers() -> list[tuple[str, str]]:
    """Kind and recipient of each email to a shopper that is yet to go out."""
    queued = Mail.objects.to_customers().filter(state=Mail.State.QUEUED)
    return list(queued.order_by("pk").values_list("name", "to"))


def entries(page) -> list[str]:
    """The timeline, with what changed."""
    return [text_of(entry) for entry in html_of(page).xpath("//*[@class='timeline']//li")]


def said(page) -> str:
    return " ".join(text_of(part) for part in html_of(page).xpath("//main//aside"))


def test_the_record_of_a_guest_with_this_order_alone_is_corrected_too(as_mara, mara, order, gus):
    assert "The email address on the guest's record is corrected too" in said(review(as_mara, email=RIGHT))
    change(as_mara, email=" Gus@Post.example ")
    order.refresh_from_db()
    gus.refresh_from_db()
    assert (order.email, order.customer, gus.email) == (RIGHT, gus, RIGHT)
    entry = gus.history.get(field="email", new=RIGHT)
    assert (entry.old, entry.actor, entry.source) == (WRONG, mara, "backoffice")
    assert counted(gus) == [(1, Decimal("37.95"))]
    assert "W10479" in as_mara.get(f"/backoffice/orders/?q={RIGHT}").content.decode()


def test_the_timeline_of_the_order_has_both_addresses(as_mara, order):
    change(as_mara, email=RIGHT)
    [entry] = [text for text in entries(as_mara.get("/backoffice/orders/W10479/")) if "edited" in text]
    assert [address in entry for address in (WRONG, RIGHT)] == [True, True]


def test_a_mailbox_that_another_customer_has_gets_the_order_and_that_customer_stays_as_they_are(
    as_mara, order, gus, otto
):
    before = Customer.objects.filter(pk=otto.pk).values("first_name", "last_name", "phone", "email").get()
    assert f"The order moves to customer #{otto.pk}" in said(review(as_mara, email=otto.email))
    change(as_mara, email=otto.email)
    order.refresh_from_db()
    assert order.customer == otto
    assert Customer.objects.filter(pk=otto.pk).values("first_name", "last_name", "phone", "email").get() == before
    assert counted(gus, otto) == [(0, Decimal("0.00")), (1, Decimal("37.95"))]
    assert (gus.order_numbers, otto.order_numbers, gus.email) == ("", "W10479", WRONG)


def test_a_guest_who_is_left_without_orders_is_named(as_mara, order, gus, otto):
    page = as_mara.get(change(as_mara, email=otto.email).url)
    assert f"Guest #{gus.pk} has no orders left" in page.content.decode()


def test_both_customers_say_where_the_order_went_and_the_order_whose_it_was(as_mara, order, gus, otto):
    change(as_mara, email=otto.email)
    for customer in (gus, otto):
        shown = " ".join(entries(as_mara.get(f"/backoffice/customers/{customer.pk}/")))
        assert [words in shown for words in ("Mara", "W10479")] == [True, True]
    [entry] = [text for text in entries(as_mara.get("/backoffice/orders/W10479/")) if "edited" in text]
    assert [words in entry for words in (f"#{gus.pk}", f"#{otto.pk}", WRONG)] == [True, True, False]


def test_nobody_sees_it_before_the_mailbox_is_proved_and_afterwards_its_owner_does(as_mara, client, order):
    other = CustomerFactory(email=RIGHT)
    change(as_mara, email=RIGHT)
    order.refresh_from_db()
    assert (order.customer, order.customer.is_registered) == (other, False)
    client.logout()
    assert client.get("/account/orders/W10479/").status_code == 302


def test_of_a_guest_with_other_orders_a_new_guest_gets_this_one(as_mara, order, gus):
    OrderFactory(customer=gus)
    recount(gus)
    assert "The order moves to a new guest record" in said(review(as_mara, email=RIGHT))
    change(as_mara, email=RIGHT)
    order.refresh_from_db()
    new = Customer.objects.get(email=RIGHT)
    assert (order.customer, new.is_registered, new.last_name) == (new, False, order.last_name)
    assert new.billing_address.city == "Utrecht"
    assert counted(gus, new) == [(1, Decimal("37.95")), (1, Decimal("37.95"))]
    gus.refresh_from_db()
    assert gus.email == WRONG


def test_the_confirmation_goes_to_the_new_mailbox_and_nothing_to_the_old_one(as_mara, order):
    sent(order)
    change(as_mara, email=RIGHT)
    assert to_shoppers() == [("order_placed", RIGHT)]


def test_what_waits_for_the_old_mailbox_goes_to_the_new_one_once(as_mara, order):
    mails.mail_shopper(order, "order_message", message={"text": "Hello"})
    change(as_mara, email=RIGHT)
    assert to_shoppers() == [("order_placed", RIGHT), ("order_message", RIGHT)]
    assert Mail.objects.filter(to=WRONG).count() == 0


def test_what_could_not_be_delivered_is_sent_again_as_by_hand(as_mara, order):
    Mail.objects.filter(to=WRONG).update(state=Mail.State.FAILED, error="550")
    change(as_mara, email=RIGHT)
    failed = Mail.objects.get(to=WRONG)
    assert (failed.state, failed.replaced_by.to) == (Mail.State.FAILED, RIGHT)
    assert to_shoppers() == [("order_placed", RIGHT)]
    assert list(Mail.objects.failing()) == []


def test_the_link_of_the_old_mailbox_leads_nowhere_and_the_new_one_gets_its_own(as_mara, client, order):
    old = order.token
    change(as_mara, email=RIGHT)
    order.refresh_from_db()
    assert client.get(f"/order/{old}/").status_code == 404
    assert client.get(f"/order/{order.token}/").status_code == 200
    mail = Mail.objects.get(name="order_placed", to=RIGHT)
    for words in (mail.text, mail.html):
        assert [token in words for token in (order.token, old)] == [True, False]


def test_with_a_dearer_order_one_email_says_it_all(as_mara, order):
    sent(order)
    change(as_mara, email=RIGHT, **{f"quantity-{order.lines.get().pk}": "3"})
    assert to_shoppers() == [("order_placed", RIGHT)]
    assert "54" in Mail.objects.get(to=RIGHT).text


def test_an_order_of_somebody_registered_stays_theirs_and_only_its_emails_go_elsewhere(as_mara, ines):
    order = order_of_mugs(ines, channel="signed_in", order_note="Buy at evil.example")
    recount(ines)
    assert f"The order stays with {ines}" in said(review(as_mara, email=RIGHT))
    change(as_mara, email=RIGHT)
    order.refresh_from_db()
    ines.refresh_from_db()
    assert (order.customer, order.email, ines.email) == (ines, RIGHT, "ines@vandermeulen.example")
    assert counted(ines) == [(1, Decimal("37.95"))]
    assert to_shoppers() == [("order_placed", RIGHT)]
    assert "evil.example" not in Mail.objects.get(to=RIGHT).text


def test_an_order_that_came_to_somebody_registered_by_a_mistyped_address_can_leave_them(as_mara, client, ines):
    order = order_of_mugs(ines, channel="guest")
    recount(ines)
    change(as_mara, email=RIGHT, is_not_theirs="on")
    order.refresh_from_db()
    assert (order.customer.email, order.customer.is_registered) == (RIGHT, False)
    assert counted(ines, order.customer) == [(0, Decimal("0.00")), (1, Decimal("37.95"))]
    client.force_login(ines)
    assert client.get("/account/orders/W10479/").status_code == 404


def test_one_that_was_placed_signed_in_cannot_be_said_to_be_somebody_elses(as_mara, ines):
    order = order_of_mugs(ines, channel="signed_in")
    page = review(as_mara, email=RIGHT, is_not_theirs="on")
    assert f"The order stays with {ines}" in said(page)
    assert order.customer == ines


def test_what_the_old_mailbox_was_sent_tells_nothing_of_who_has_the_order_now(as_mara, order, gus, otto):
    sent(order)
    change(as_mara, email=otto.email)
    kept = Mail.objects.get(to=WRONG)
    assert (kept.customer, kept.text, kept.html) == (gus, "", "")
    assert Mail.objects.get(name="order_placed_merchant").customer == otto
    assert "no longer kept" in as_mara.get(f"/backoffice/mails/{kept.pk}/").content.decode()


def test_erasing_who_had_it_leaves_nothing_of_them_on_the_order(as_mara, order, gus, otto):
    sent(order)
    change(as_mara, email=otto.email)
    erase(gus, by="merchant", notify=False)
    assert not any(WRONG in str(event.facts) for event in order.events.all())
    assert not Mail.objects.filter(to=WRONG).exclude(notice=True).exists()


def test_the_address_of_a_merged_record_leads_to_the_kept_one(as_mara, order, otto):
    CustomerFactory(email=RIGHT, merged_into=otto)
    change(as_mara, email=RIGHT)
    order.refresh_from_db()
    assert (order.customer, order.email) == (otto, RIGHT)


def test_a_customer_who_takes_the_address_meanwhile_shows_the_review_once_more(as_mara, order, gus):
    page = review(as_mara, email=RIGHT)
    other = CustomerFactory(email=RIGHT)
    again = save(as_mara, page)
    assert f"The order moves to customer #{other.pk}" in said(again)
    order.refresh_from_db()
    assert order.email == WRONG


@pytest.mark.parametrize("typed", ["", "no address", "a@b.example Bcc: x@y.example"])
def test_an_address_that_cannot_be_is_refused(as_mara, order, typed):
    assert list(errors(review(as_mara, email=typed))) == ["email"]


def test_an_import_that_wrote_the_address_otherwise_is_not_changed_by_looking(as_mara, gus):
    AddressFactory(customer=gus)
    order = order_of_mugs(gus, email="Gus@PSOT.example")
    change(as_mara, phone="+31302310000")
    order.refresh_from_db()
    assert order.email == "Gus@PSOT.example"
