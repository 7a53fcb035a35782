"""Privacy requests: taking them in, giving them more time, and answering them.

Nothing else closes a request but erasing the customer (`erasure.py`), and that carries out requests for erasure only.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from customers.models import Customer, PrivacyRequest
from customers.models.privacy_request import months_after
from customers.privacy.requests import mails as request_mails
from customers.privacy.requests.objection import record_objection
from customers.privacy.restriction.restriction import restrict

Kind, State = PrivacyRequest.Kind, PrivacyRequest.State
# What carrying out does beside closing the request; what is not here, the merchant has done before.
CARRIED_OUT_BY: dict[str, Callable[..., None]] = {Kind.OBJECTION: record_objection, Kind.RESTRICTION: restrict}


@transaction.atomic
def take_in(
    customer: Customer, *, kind: str, remark: str = "", received_on: date | None = None, tell: bool = True
) -> PrivacyRequest:
    """Write down a request and mail the merchant, and the customer where `tell`; the open one of its kind, if any."""
    list(Customer.objects.select_for_update(no_key=True).filter(pk=customer.pk))  # of two at once, one waits
    waiting = customer.privacy_requests.open().filter(kind=kind).first()
    if waiting:
        return waiting
    day = received_on or timezone.localdate()
    asked = customer.privacy_requests.create(kind=kind, remark=remark, received_on=day, due_on=months_after(day, 1))
    request_mails.tell_merchant(asked)
    if tell:
        request_mails.confirm(asked)
    return asked


@transaction.atomic
def extend(asked: PrivacyRequest, *, reason: str) -> bool:
    """Take two months more and tell the customer why; False where that may not be (any more)."""
    if not (asked.may_be_extended and asked.extend(reason)):
        return False
    request_mails.tell_of_extension(asked)
    return True


@transaction.atomic
def carry_out(asked: PrivacyRequest, *, outcome: str, by: Customer, tell: bool) -> bool:
    """Do what was asked and close the request; False, and nothing done, when somebody was quicker."""
    customer = _locked_customer(asked)
    if customer is None or asked.is_erasure or not asked.close(State.DONE, outcome=outcome, by=by):
        return False
    if act := CARRIED_OUT_BY.get(asked.kind):
        act(customer, by=by)
    if tell:
        request_mails.tell_of_answer(asked)
    return True


@transaction.atomic
def decline(asked: PrivacyRequest, *, outcome: str, by: Customer, tell: bool) -> bool:
    """Close a request with the reason why nothing was done; False when somebody was quicker."""
    if _locked_customer(asked) is None or not asked.close(State.DECLINED, outcome=outcome, by=by):
        return False
    if tell:
        request_mails.tell_of_answer(asked)
    return True


def _locked_customer(asked: PrivacyRequest) -> Customer | None:
    """Whose request it is, locked before the request itself, as an erasure does; None once they are erased."""
    return Customer.objects.select_for_update(no_key=True).filter(pk=asked.customer_id).first()
