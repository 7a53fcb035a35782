"""What the measuring has to know of a filled database, as JSON: `python -m tests.benchmarks.facts`."""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()

from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.db.models import QuerySet
from django.forms import Form
from django.test import RequestFactory
from django.utils import timezone

from accounts.signing_in.sessions import SIGNED_IN_AT, SessionStore
from customers.browse.filters import CustomerFilter
from customers.browse.views import SORTS
from customers.models import Customer, Tag
from orders.handling import listing
from orders.handling.filters import OrderFilter
from orders.models import Category, DeliveryMethod, Document, Order, Product, Shipment
from shopadmin.lists.listing import Listing, Sort
from tests.benchmarks.shop import OWNER


def facts() -> dict:
    """A session of the owner, and who and what the pages are asked for."""
    typical = Customer.objects.filter(orders_count=3, ship_elsewhere=True, mobile__gt="").order_by("pk")
    typical = typical[typical.count() // 2]
    return {
        "session": _session(SessionStore(), "accounts.signing_in.backend.Backend"),
        "bare": _session_of_the_bare_view(),
        "customer": typical.pk,
        "order_page": Document.objects.get().order.number,
        "busiest": Customer.objects.shoppers().order_by("-orders_count", "pk")[0].pk,
        "phone": typical.mobile.as_e164[-6:],
        "order": typical.orders.first().number[1:],
        "tracking": Shipment.objects.filter(order__customer=typical).first().tracking_number,
        "tags": dict(Tag.objects.values_list("name", "pk")),
        "filters": list(CustomerFilter({}).fields),
        "last_pages": {
            sort.key: _mark_before_the_end(Customer.objects.shoppers(), CustomerFilter, SORTS, sort) for sort in SORTS
        },
        "last_orders": {
            sort.key: _mark_before_the_end(Order.objects.all(), OrderFilter, listing.SORTS, sort)
            for sort in listing.SORTS
        },
        "product": Product.objects.order_by("pk").first().slug,
        "category": Category.objects.first().pk,
        "delivery_methods": dict(DeliveryMethod.objects.values_list("name", "pk")),
        "delivery": DeliveryMethod.objects.filter(is_pickup=False).first().pk,
        "customers": Customer.objects.count(),
        "orders": Order.objects.count(),
    }


def _session(session: SessionBase, backend: str) -> str:
    owner = Customer.objects.get(email=OWNER)
    session[SESSION_KEY] = str(owner.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
    session[SIGNED_IN_AT] = timezone.now().timestamp()
    session.save()
    return session.session_key


def _session_of_the_bare_view() -> str:
    """Empty under the product's own settings, which have no sessions of Django's."""
    is_installed = apps.is_installed("django.contrib.sessions")
    return _session(DjangosStore(), "django.contrib.auth.backends.ModelBackend") if is_installed else ""


def _mark_before_the_end(rows: QuerySet, filters: type[Form], sorts: list[Sort], sort: Sort) -> str:
    """The mark after which fifty rows are left in this order."""
    request = RequestFactory().get("/", {"sort": sort.key})
    listed = Listing(request, rows, filters(request.GET), sorts)
    backwards = "" if sort.descending else "-"
    row = listed.queryset.order_by(*(f"{backwards}{column}" for column in (*sort.columns, "pk")))[50]
    return listed.page._sign(row)


if __name__ == "__main__":
    json.dump(facts(), sys.stdout)
