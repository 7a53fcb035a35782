"""Staff who see the account of a customer as the customer does: to read, for half an hour, and written down.

The session holds whose account it is. Where the shopper's guard finds that, the page is made for the customer; what is
no page to look at is refused, and so is every form of the shop and the account until the look has ended.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from customers.models import Customer
from shopadmin.access import has_right
from shopadmin.roles import Right
from shopadmin.staff_log.writing import THIS_ONE, Act, write

KEY, LASTS = "looks_at", 30 * 60  # seconds
# Pages that change nothing and lead to nobody else's browser; sessions and security are the customer's own business.
SHOWN = {"account_orders", "account_order", "account_document", "account_data"}


def begin(request: HttpRequest, customer: Customer) -> None:
    """See the account of a customer from now on."""
    request.session[KEY] = {"customer": customer.pk, "until": time.time() + LASTS}


def end(request: HttpRequest) -> int | None:
    """See one's own again; returns whose account it was."""
    return request.session.pop(KEY, {}).get("customer")


def customer_looked_at(request: HttpRequest) -> Customer | None:
    """Whose account this browser sees; None for a browser that sees its own."""
    looks = request.session.get(KEY)
    if not looks or looks["until"] < time.time() or not has_right(request.user, Right.LOOK):
        return None
    customer = Customer.objects.shoppers().filter(pk=looks["customer"], restricted_at=None).first()
    return customer if customer and customer.is_registered else None


def shown_as(customer: Customer, view: Callable[..., HttpResponse], request: HttpRequest, *args, **kwargs):
    """Answer one of the staff as the customer would be answered; no row in the staff log, no page."""
    staff, page = request.user, request.resolver_match.url_name
    request.looks_at = customer
    if request.method not in ("GET", "HEAD") or page not in SHOWN:
        return not_shown(request)
    write(request, Act.LOOKED, actor=staff.pk, whom=THIS_ONE, value=customer.pk, page="customer_look", seen=page)
    request.user = customer
    try:
        with translation.override(customer.language):
            return view(request, *args, **kwargs)
    finally:
        request.user = staff  # whose session this is


def not_shown(request: HttpRequest) -> HttpResponse:
    """Say that this page, or this form, is not for who only looks. Reads request.looks_at."""
    return render(request, "accounts/looking/not_shown.jinja", status=403)


def refuse_forms_while_looking(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: nothing is sent to the shop or to an account in somebody else's place."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_sent_to_shop = request.method == "POST" and not request.path.startswith("/backoffice/")
        if is_sent_to_shop and KEY in request.session and (customer := customer_looked_at(request)):
            request.looks_at = customer
            return not_shown(request)
        return get_response(request)

    return middleware
