"""Taking in what people ask the shop to do with their data."""

from django.db import transaction

from customers.models import Customer, PrivacyRequest
from shopadmin.mail import compose


@transaction.atomic
def take_in(customer: Customer, *, kind: PrivacyRequest.Kind, remark: str = "") -> PrivacyRequest:
    """Write down a request and mail the merchant; the one of its kind that is still open, if there is one."""
    waiting = customer.privacy_requests.open().filter(kind=kind).first()
    if waiting:
        return waiting
    asked = customer.privacy_requests.create(kind=kind, remark=remark)
    context = {"asked": asked, "url": compose.absolute(asked.get_absolute_url())}
    compose.compose_for_merchant("privacy_request", context=context, about=customer)
    return asked
