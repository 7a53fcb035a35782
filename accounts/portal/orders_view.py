from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.signing_in.guards import shopper_required
from customers.models import Customer
from orders.checkout.payment_methods import METHODS
from orders.models import Document, Order, OrderAddress
from shopadmin.lists.listing import Listing, Sort
from shopadmin.rendering.formats import long_day, money
from shopadmin.rendering.pages import render

PAGE = 10
NEWEST = Sort("newest", _("Newest first"), ("placed_at",))


class Unfiltered:
    """A shopper's list has no filters."""

    def is_valid(self) -> bool:
        return True

    def apply(self, orders):
        return orders


@shopper_required
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Every order of the shopper, newest first."""
    listing = Listing(request, orders_of(request.user), Unfiltered(), [NEWEST], size=PAGE)
    rows = listing.page.rows
    context = {
        "area": "orders",
        "page": listing.page,
        "cards": [(order, note_on(order), parcels_of(order)) for order in rows],
        "total": rows[0].total_count if rows else 0,
        "earlier": rows[0].earlier_count if rows else 0,
    }
    return render(request, "accounts/portal/orders.jinja", context)


def orders_of(shopper: Customer) -> QuerySet:
    """The orders of a shopper with all that a card shows, in one query and one for each kind of row beside them.

    Counted along: all of them, and those placed as a guest before the account was made.
    """
    mine = Order.objects.filter(customer=shopper).order_by().values("customer")
    as_guest = mine.filter(channel=Order.Channel.GUEST, placed_at__lt=shopper.registered_at or shopper.created_at)
    # "shipping" comes after "billing"
    goes_to = OrderAddress.objects.filter(order=OuterRef("pk")).order_by("-kind")
    return shopper.orders.annotate(
        total_count=_counted(mine),
        earlier_count=_counted(as_guest),
        goes_to_postcode=Subquery(goes_to.values("postcode")[:1]),
        goes_to_country=Subquery(goes_to.values("country")[:1]),
    ).prefetch_related("lines", "shipments", Prefetch("documents", Document.objects.defer("content")))


def _counted(orders: QuerySet) -> Coalesce:
    return Coalesce(Subquery(orders.annotate(n=Count("pk")).values("n")), 0)


def parcels_of(order: Order) -> list[tuple[str, str]]:
    """The parcels that can be followed: number and the carrier's page."""
    where = (order.goes_to_postcode or "", order.goes_to_country or "")
    urls = [(parcel.tracking_number, parcel.tracking_url_to(*where)) for parcel in order.shipments.all()]
    return [(number, url) for number, url in urls if url]


def note_on(order: Order) -> str:
    """What the shopper would ask next about an order; nothing for most."""
    if order.is_open and order.shipping_state == Order.ShippingState.PARTLY_SHIPPED:
        lines = order.lines.all()
        counted = {"sent": sum(line.sent for line in lines), "total": sum(line.sent + line.unsent for line in lines)}
        words = ngettext(
            "%(sent)s of %(total)s items has been shipped.",
            "%(sent)s of %(total)s items have been shipped.",
            counted["sent"],
        )
        if order.is_pickup:
            words = ngettext(
                "%(sent)s of %(total)s items has been picked up.",
                "%(sent)s of %(total)s items have been picked up.",
                counted["sent"],
            )
        if not order.has_goods:
            words = gettext("%(sent)s of %(total)s services have been provided.")
        return words % counted
    if not order.asks_for_payment:
        return ""
    if order.pay_by:
        words = {"amount": money(order.outstanding, order.currency), "day": long_day(order.pay_by)}
        late, ahead = gettext("Payment of %(amount)s was due on %(day)s."), gettext("Pay %(amount)s by %(day)s.")
        return (late if order.is_overdue else ahead) % words
    method = METHODS.get(order.payment_method)
    return str(method.hint) if method else ""
