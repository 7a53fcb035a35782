"""The emails about privacy requests, to the shop and to whoever made one."""

from customers.models import Customer, PrivacyRequest
from shopadmin.mail import compose
from shopadmin.models import Mail


def tell_merchant(asked: PrivacyRequest) -> Mail | None:
    context = {"asked": asked, "url": compose.absolute(asked.get_absolute_url())}
    return compose.compose_for_merchant("privacy_request", context=context, about=asked.customer)


def confirm(asked: PrivacyRequest) -> Mail | None:
    """To whoever made the request: that it came in, and by when it is answered."""
    return compose.compose_for(asked.customer, "request_received", context={"asked": asked})


def tell_of_extension(asked: PrivacyRequest) -> Mail | None:
    return compose.compose_for(asked.customer, "request_extended", context={"asked": asked})


def tell_of_answer(asked: PrivacyRequest) -> Mail | None:
    """What was done, or why not; words that somebody typed go to proved mailboxes only."""
    words = asked.outcome if asked.customer.is_registered else ""
    return compose.compose_for(asked.customer, "request_answered", context={"asked": asked, "words": words})


def tell_of_lifting(customer: Customer) -> Mail | None:
    """Tell somebody that the restriction of their data ends (GDPR, art. 18(3))."""
    return compose.compose_for(customer, "restriction_lifted")
