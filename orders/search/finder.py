"""Orders in the search of the backoffice."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from customers.models import Customer
from customers.models.customer_manager import ORDER_NUMBER
from customers.privacy.restriction.restriction import sees_restricted
from orders.handling.filters import OrderFilter
from orders.handling.listing import SORTS
from orders.handling.person_on_order import sees_person
from orders.handling.rows import COLUMNS
from orders.models import Order
from orders.models.order_queryset import OrderQuerySet
from shopadmin.lists.listing import Listing
from shopadmin.rendering.formats import ago, money
from shopadmin.search.everywhere import READ, ROWS, Group, Hit, best


def find_orders(request: HttpRequest, words: str) -> Group:
    """Return the newest orders that the words find; one of which they are the number comes first."""
    orders = _orders_seen_by(request.user)
    page = Listing(request, orders, OrderFilter({"q": words}), SORTS[:1], size=READ, shares_page=True).page
    rows = {order.pk: order for order in page.rows}
    if page.has_next and ORDER_NUMBER.fullmatch(words):
        rows |= {order.pk: order for order in orders.with_numbers([words])}
    is_exact = {pk: order.number.casefold() == words.casefold() for pk, order in rows.items()}
    hits = [_hit(order, request.user, is_exact=is_exact[pk]) for pk, order in rows.items()]
    more = f"{reverse('backoffice_orders')}?{urlencode({'q': words})}" if len(hits) > ROWS else ""
    return Group(_("Orders"), best(hits, words), more)


def _orders_seen_by(staff: Customer) -> OrderQuerySet:
    """Leave out whoever had the use of their data restricted, but for those who see them."""
    orders = Order.objects.only(*COLUMNS)
    if sees_restricted(staff):
        return orders
    return orders.exclude(customer__in=Customer.objects.restricted().values("pk"))


def _hit(order: Order, staff: Customer, *, is_exact: bool) -> Hit:
    person = order.person if sees_person(staff, order) else ""
    below = [person or _("Erased"), ago(order.placed_at), money(order.total, order.currency)]
    return Hit(order.get_absolute_url(), order.number, " · ".join(below), "orders", order.badge, is_exact=is_exact)
