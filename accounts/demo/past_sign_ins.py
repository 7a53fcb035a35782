"""When the shoppers of the demo signed in: minutes before they ordered."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from accounts.models import SignIn
from accounts.signing_in.sign_ins import KEPT
from customers.models import Customer
from orders.models import Order

BEFORE_ORDERING = timedelta(minutes=7)
BROWSERS = ["Safari, iPhone", "Chrome, Windows", "Firefox, Linux", "Safari, macOS", "Chrome, Android", "Edge, Windows"]


def write_down_sign_ins(now: datetime) -> None:
    """One for each order that was placed signed in, as far back as they are kept; each shopper has one browser."""
    signed_in = Order.objects.filter(channel=Order.Channel.SIGNED_IN)
    last = signed_in.filter(customer=OuterRef("pk")).order_by("-placed_at").values("placed_at")[:1]
    Customer.objects.filter(pk__in=signed_in.values("customer")).update(last_login=Subquery(last))
    placed = signed_in.filter(placed_at__gt=now - KEPT + BEFORE_ORDERING)
    SignIn.objects.bulk_create(
        SignIn(
            customer_id=customer,
            at=placed_at - BEFORE_ORDERING,
            method=SignIn.Method.CODE if customer % 4 == 0 else SignIn.Method.PASSWORD,
            client=BROWSERS[customer % len(BROWSERS)],
        )
        for customer, placed_at in placed.order_by("placed_at").values_list("customer", "placed_at")
    )
