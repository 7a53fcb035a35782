"""What accounts do to keep in step with what happens to customers."""

from allauth.account.signals import authentication_step_completed
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from accounts import mails
from accounts.email_verification import email_change, mailbox_proven
from accounts.portal import erasure_mails
from accounts.security import new_device
from accounts.sign_up import sign_up
from accounts.signing_in import sessions, sign_ins
from customers import signals
from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import Person
from orders.models import Order
from orders.signals import account_wanted
from shopadmin.staff_log import writing as staff_log


def connect() -> None:
    """Called once, when the app is ready."""
    signals.customers_erased.connect(tell_of_erasure, dispatch_uid="tell_of_erasure")
    signals.customer_approved.connect(tell_of_approval, dispatch_uid="tell_of_approval")
    signals.customer_refused.connect(tell_of_refusal, dispatch_uid="tell_of_refusal")
    signals.password_link_wanted.connect(send_password_link, dispatch_uid="send_password_link")
    signals.email_changed.connect(renew_address, dispatch_uid="renew_address")
    signals.customers_merged.connect(close_merged, dispatch_uid="close_merged")
    account_wanted.connect(open_account, dispatch_uid="open_account")
    user_logged_in.connect(begin_session, dispatch_uid="begin_session")
    authentication_step_completed.connect(change_session_key, dispatch_uid="change_session_key")


def tell_of_erasure(sender: type, *, people: list[Person], by: ActorKind, notify: bool, **kwargs) -> None:
    erasure_mails.forget_unfinished([email for person in people for email in person.emails])
    for person in people:
        erasure_mails.tell_of_erasure(person, by=by, notify=notify)


def tell_of_approval(sender: type, *, customer: Customer, **kwargs) -> None:
    mails.approved(customer)


def tell_of_refusal(sender: type, *, customer: Customer, **kwargs) -> None:
    mails.refused(customer)


def send_password_link(sender: type, *, customer: Customer, **kwargs) -> None:
    mails.password_link(customer, by_merchant=True)


def renew_address(sender: type, *, customer: Customer, old: str, **kwargs) -> None:
    mailbox_proven.renew_address(customer)
    email_change.answer_change_by_merchant(customer, old=old)


def open_account(
    sender: type, *, request: HttpRequest, order: Order, password: str, is_new_customer: bool, **kwargs
) -> None:
    sign_up.account_with_order(request, order, password=password, is_new=is_new_customer)


def close_merged(sender: type, *, kept: Customer, merged: Customer, **kwargs) -> None:
    sessions.end_sessions(merged)
    had_passkeys = mailbox_proven.forget_passkeys(merged)
    mails.merged(kept, merged, had_passkeys=had_passkeys)


def begin_session(sender: type, *, request: HttpRequest, user: Customer, **kwargs) -> None:
    sessions.begin(request, user)
    new_device.tell_of_new_device(request, user, sign_ins.record(request, user))
    if user.is_staff:
        staff_log.write(request, staff_log.Act.SIGNED_IN, actor=user.pk, ways=sign_ins.ways_of(request, user))


def change_session_key(sender: type, *, request: HttpRequest, reauthenticated: bool = False, **kwargs) -> None:
    if reauthenticated:
        request.session.cycle_key()
