"""Every address there is, from the URL configuration itself, and what may stand in it."""

from collections.abc import Callable, Iterator
from io import BytesIO

from django.urls import URLPattern, get_resolver

from customers.exporting.files import claim, store
from customers.merging.merge import merge
from customers.models import BulkAction, PrivacyRequest, Segment, Tag
from orders.documents.issue import issue_invoice
from orders.models import OrderBulkAction, OrderImport, ProductImport
from tests.accounts.soft_passkey import passkey_of
from tests.customers.importing.imports import somebodys_import
from tests.factories import (
    CategoryFactory,
    CustomerFactory,
    DeliveryMethodFactory,
    MailFactory,
    OrderFactory,
    ProductFactory,
    StaffInvitationFactory,
)  # fmt: skip
from tests.orders.catalogue.picture_files import give_picture


def every_url(patterns=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Route and pattern of every address of the product."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from every_url(pattern.url_patterns, route)


URLS = {pattern.name: (route, pattern) for route, pattern in every_url()}


def sample_at(route: str, samples: dict) -> Callable:
    """What makes the thing at that address: of the beginnings that fit, the longest knows best."""
    return samples[max((prefix for prefix in samples if route.startswith(prefix)), key=len)]


def order_with_invoice(ines) -> dict:
    order = OrderFactory(customer=ines, withdrawal_at="2026-11-20T10:00Z")
    stated = order.withdrawals.create(name="Ines", order_number=order.number, email=ines.email)
    return {"number": order.number, "document": issue_invoice(order).number, "pk": stated.pk, "syntax": "cii"}


def an_export(ines) -> dict:
    action = BulkAction.objects.create(kind="export", picked=[], state="done", total=0)
    store(claim(action, []), BytesIO(b"email"))
    return {"pk": action.pk}


def a_bulk_action_on_orders(ines) -> dict:
    return {"pk": OrderBulkAction.objects.create(kind="payment", picked=[OrderFactory().pk], state="done", total=0).pk}


def a_picture(ines) -> dict:
    row = give_picture(ProductFactory())
    return {"pk": row.product_id, "picture": row.pk}


def a_mail(ines) -> dict:
    paper = issue_invoice(OrderFactory(customer=ines)).attachment
    return {
        "pk": MailFactory(name="shipment_sent", customer=ines, state="failed", attachments=[paper]).pk,
        "position": 1,
    }


# What stands in an address, by where it begins.
SAMPLES = {
    "account/security/passkeys/": lambda ines: {"pk": passkey_of(ines).pk},
    "account/edit/": lambda ines: {"part": "name"},
    "account/orders/": order_with_invoice,
    "backoffice/customers/": lambda ines: {"pk": ines.pk},
    "backoffice/customers/bulk/": an_export,
    "backoffice/customers/import/": lambda ines: {"pk": somebodys_import().pk},
    "backoffice/customers/merges/": lambda ines: {"pk": merge(ines, CustomerFactory(), choices={}, by=None).pk},
    "backoffice/customers/notes/": lambda ines: {"pk": ines.dated_notes.create(text="Rang twice.").pk},
    "backoffice/customers/segments/": lambda ines: {
        "pk": Segment.objects.create(name="Guests", query="status=guest").pk
    },
    "backoffice/customers/tags/": lambda ines: {"pk": Tag.objects.named("studio").pk},
    "backoffice/documents/": lambda ines: {"syntax": "ubl"},
    "backoffice/mails/": a_mail,
    "backoffice/mails/previews/": lambda ines: {"name": "order_placed", "language": "de"},
    "backoffice/orders/": order_with_invoice,
    "backoffice/orders/bulk/": a_bulk_action_on_orders,
    "backoffice/orders/import/": lambda ines: {"pk": somebodys_import(model=OrderImport).pk},
    "backoffice/orders/notes/": lambda ines: {"pk": OrderFactory(customer=ines).notes.create(text="Rang twice.").pk},
    "backoffice/privacy/": lambda ines: {"pk": PrivacyRequest.objects.create(customer=ines).pk},
    "backoffice/products/": lambda ines: {"pk": ProductFactory().pk},
    "backoffice/security/factors/": lambda ines: {"pk": 1},
    "backoffice/settings/taxes/": lambda ines: {"country": "DE"},
    "backoffice/settings/delivery/": lambda ines: {"pk": DeliveryMethodFactory().pk},
    "backoffice/settings/": lambda ines: {"slug": "accounts"},
    "backoffice/staff/": lambda ines: {"pk": CustomerFactory(is_staff=True, role="support").pk},
    "backoffice/staff/invitations/": lambda ines: {"pk": StaffInvitationFactory().pk},
    "backoffice/products/import/": lambda ines: {"pk": somebodys_import(model=ProductImport).pk},
    "backoffice/products/<int:pk>/pictures/": a_picture,
    "backoffice/products/categories/": lambda ines: {"pk": CategoryFactory().pk},
}
