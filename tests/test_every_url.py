"""Every address there is, tried by whoever must not enter: a new one that these tables do not know fails."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse

from customers.exporting.files import new_file
from customers.merging.merge import merge
from customers.models import BulkAction, PrivacyRequest, Segment, Tag
from orders.documents.issue import issue_invoice
from orders.models import OrderBulkAction, OrderImport, ProductImport
from shopadmin.roles import RIGHTS, Right
from tests.accounts.second_factor import with_factor
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

# Who may enter does not depend on the database.
pytestmark = pytest.mark.any_database
# Open to everybody: the storefront, and the ways in.
STOREFRONT = {
    "set_language", "privacy_policy", "terms", "imprint", "withdrawal_information", "robots", "security_text",
    "favicon", "well_known_change_password",
    "home", "category", "shop_search", "product", "product_picture", "shop_picture", "cart", "cart_add", "cart_change",
    "checkout", "checkout_delivery", "checkout_review",
    "guest_order", "guest_document", "guest_order_cancellation", "order_again",
    "order_payment", "order_payment_method", "payment_notification", "test_provider",
    "withdrawal", "withdrawal_confirmation", "withdrawal_receipt",
    "unsubscribe", "archive_ask", "archive_asked", "archive_by_link", "archive_by_link_notes",
}  # fmt: skip
SHOPPERS_DOORS = {
    "account_login", "account_request_login_code", "account_confirm_login_code", "account_passkey_sign_in",
    "account_passkey_options", "account_signup", "account_sign_up_passkey", "account_logout",
    "account_email_verification_sent", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_email_undo", "account_deleted",
}  # fmt: skip
STAFF_DOORS = {
    "staff_sign_in", "staff_sign_out", "staff_reset", "staff_reset_done", "staff_invitation", "staff_passkey_sign_in",
    "staff_passkey_options", "mfa_authenticate",
}  # fmt: skip
# Where staff set up a second factor, and so come in without one.
WITHOUT_SECOND_FACTOR = {
    "staff_security", "staff_confirm", "staff_mailed_code", "staff_mailed_code_send", "staff_passkey_add",
    "staff_app_add", "staff_factor_remove", "staff_recovery_codes",
}  # fmt: skip
# Parameters of the account that name nothing of anybody's.
NOBODYS = {"account_edit", "account_email_undo", "account_reset_password_from_key"}


def every_url(patterns=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Route and pattern of every address of the product."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from every_url(pattern.url_patterns, route)


URLS = {pattern.name: (route, pattern) for route, pattern in every_url()}
BACKOFFICE = sorted(name for name, (route, _) in URLS.items() if route.startswith("backoffice/"))
BEHIND_STAFF_DOOR = [name for name in BACKOFFICE if name not in STAFF_DOORS]
ACCOUNT = sorted(name for name, (route, _) in URLS.items() if route.startswith("account/"))
BEHIND_SHOPPERS_DOOR = [name for name in ACCOUNT if name not in SHOPPERS_DOORS]
INESS_OWN = [name for name in ACCOUNT if "<" in URLS[name][0] and name not in NOBODYS]


def right_of(name: str) -> Right:
    return URLS[name][1].callback.right


@pytest.fixture
def address_of(ines, store):
    """`address_of("mail")`: the address of that name, for things of Ines's that exist."""

    def address_of(name: str) -> str:
        route, pattern = URLS[name]
        wanted = pattern.pattern.converters
        values = sample_at(route, SAMPLES)(ines) if wanted else {}
        return reverse(name, kwargs={key: values[key] for key in wanted})

    return address_of


def sample_at(route: str, samples: dict) -> Callable:
    """What makes the thing at that address: of the beginnings that fit, the longest knows best."""
    return samples[max((prefix for prefix in samples if route.startswith(prefix)), key=len)]


def order_with_invoice(ines) -> dict:
    order = OrderFactory(customer=ines, withdrawal_at="2026-11-20T10:00Z")
    stated = order.withdrawals.create(name="Ines", order_number=order.number, email=ines.email)
    return {"number": order.number, "document": issue_invoice(order).number, "pk": stated.pk, "syntax": "cii"}


def an_export(ines) -> dict:
    file = new_file().name
    return {"pk": BulkAction.objects.create(kind="export", picked=[], state="done", total=0, file=file).pk}


def a_bulk_action_on_orders(ines) -> dict:
    return {"pk": OrderBulkAction.objects.create(kind="payment", picked=[OrderFactory().pk], state="done", total=0).pk}


def a_picture(ines) -> dict:
    row = give_picture(ProductFactory())
    return {"pk": row.product_id, "picture": row.pk}


def a_mail(ines) -> dict:
    paper = issue_invoice(OrderFactory(customer=ines)).path
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


def answers(client: Client, address: str) -> set[tuple[int, str]]:
    """What reading and sending get: the status, and where it leads; a 405 is no answer."""
    responses = [client.get(address), client.post(address)]
    return {(r.status_code, r.get("Location", "").split("?")[0]) for r in responses if r.status_code != 405}


def test_every_address_has_a_name_of_its_own_and_a_place():
    names = [pattern.name for _route, pattern in every_url()]
    assert len(names) == len(set(names)) == len(URLS)
    assert set(names) - STOREFRONT == set(BACKOFFICE) | set(ACCOUNT)


@pytest.mark.parametrize("name", BEHIND_STAFF_DOOR)
def test_the_backoffice_is_open_to_staff_with_the_right_alone(name, address_of, otto, rosa, sam, mara, settings):
    address = address_of(name)
    assert answers(Client(), address) == {(302, "/backoffice/sign-in/")}
    assert answers(browser_of(otto), address) == {(404, "")}
    for staff in (rosa, sam):
        if right_of(name) in RIGHTS[staff.role]:
            assert shut_doors_shown_to(staff, address) == set()
        else:
            assert answers(browser_of(staff), address) == {(403, "")}
    assert browser_of(mara).get(address).status_code in {200, 302, 405}
    settings.REQUIRE_STAFF_MFA = name not in WITHOUT_SECOND_FACTOR
    assert not settings.REQUIRE_STAFF_MFA or answers(browser_of(mara), address) == {(302, "/backoffice/security/")}
    response = with_factor(browser_of(mara)).get(address)
    assert response.status_code == 405 or not response.get("Location", "").startswith("/backoffice/security/?next")


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shut_doors_shown_to(staff, address: str) -> set[str]:
    """Names of the pages that a page leads or posts to, and that refuse whoever is shown them."""
    response = browser_of(staff).get(address)
    assert response.status_code != 403
    if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return set()
    shown = re.findall(r'(?:href|action)="(/backoffice/[^"?#]*)', response.content.decode())
    doors = {resolve(path).url_name for path in shown} - STAFF_DOORS
    return {door for door in doors if right_of(door) not in RIGHTS[staff.role]}


def test_where_one_sets_up_a_second_factor_none_is_needed():
    come_without = {name for name in BEHIND_STAFF_DOOR if not URLS[name][1].callback.second_factor}
    assert come_without == WITHOUT_SECOND_FACTOR


@pytest.mark.parametrize("name", BEHIND_SHOPPERS_DOOR)
def test_strangers_are_sent_to_the_shoppers_door(name, address_of, client):
    assert answers(client, address_of(name)) == {(302, "/account/sign-in/")}


@pytest.mark.parametrize("name", INESS_OWN)
def test_what_is_iness_is_there_for_her_and_for_nobody_else(name, address_of, as_ines, otto):
    address = address_of(name)
    assert with_factor(as_ines, reauthenticated=True).get(address).status_code == 200
    assert answers(browser_of(otto), address) == {(404, "")}


def test_every_backoffice_page_asks_for_a_right():
    assert {name for name in BACKOFFICE if not hasattr(URLS[name][1].callback, "right")} == STAFF_DOORS
