"""A way to every address of the product: somebody who may enter, and something that is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.email_verification import email_change
from accounts.security.factors import factors_of
from customers.models import Customer, PrivacyRequest
from customers.privacy.archive.archive import Person
from customers.privacy.archive.links import link_to
from customers.privacy.unsubscribe import token_of
from customers.staff.invitations import invite
from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.models import Order
from tests.accounts.doors import ask_for_code, ask_for_link, confirm, last_mail, path_in, reauthenticate, sign_up
from tests.accounts.second_factor import app_of, with_factor
from tests.every_address import SAMPLES, URLS, order_with_invoice, sample_at
from tests.factories import PASSWORD, CategoryFactory, DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.catalogue.picture_files import give_logo, give_picture
from tests.orders.shopping import choose_delivery, give_details, put_into_cart
from tests.shown_page import value_of
from tests.who_may_enter import SHOPPERS_DOORS, STAFF_DOORS


@dataclass
class Visit:
    """An address, and the browser of somebody who may enter there."""

    client: Client
    path: str


@pytest.fixture
def visit(ines, mara, store, settings) -> Callable[[str], Visit]:
    """`visit("cart")`: on the way to the address of that name, with all that it takes to see it."""
    settings.ACCOUNT_RATE_LIMITS = settings.RATE_LIMITS = False

    def visit(name: str) -> Visit:
        client, route = Client(raise_request_exception=False), URLS[name][0]
        if route.startswith("backoffice/") and name not in STAFF_DOORS:
            client.force_login(mara)
        elif route.startswith("account/") and name not in SHOPPERS_DOORS:
            client.force_login(ines)
            reauthenticate(client)
        if name in WITH_DEBUG:  # setting it has Django read all templates anew
            settings.DEBUG = True
        path = path_to(name, ines)
        PREPARED.get(name, lambda client: None)(client)
        if name == "account_reset_password_from_key":  # which keeps the link's secret out of the address
            path = client.get(path).url
        return Visit(client, path)

    return visit


def path_to(name: str, ines) -> str:
    """The address of that name, for things of Ines's that exist."""
    return PATHS[name](ines) if name in PATHS else reverse(name, kwargs=sample_of(name, ines))


def sample_of(name: str, ines) -> dict:
    """What stands in the address."""
    route, pattern = URLS[name]
    wanted = pattern.pattern.converters
    values = sample_at(route, ALL_SAMPLES)(ines) if wanted else {}
    return {key: values[key] for key in wanted}


def half_paid_order(ines) -> dict:
    sample = order_with_invoice(ines)
    enter_payment(Order.objects.get(number=sample["number"]), amount=Decimal("20.00"), method="bank_transfer")
    return sample


def request_for_a_copy(ines) -> PrivacyRequest:
    return PrivacyRequest.objects.create(customer=ines, kind="access")


def a_guests_order(ines) -> dict:
    order = OrderFactory()
    return {"token": order.token, "number": issue_invoice(order).number}


def a_payment_attempt(ines) -> dict:
    order = OrderFactory(payment_method="test_provider")
    attempt = order.payment_attempts.create(method="test_provider", amount=order.outstanding, address="/payments/")
    return {"token": order.token, "key": attempt.key, "method": "test_provider"}


def token_for(ines) -> str:
    link = link_to(Person(ines), until=timezone.now() + timedelta(hours=1))
    return link.rstrip("/").rpartition("/")[2]


def a_product(ines) -> dict:
    return {"slug": ProductFactory().slug}


def a_picture_file(ines) -> dict:
    return {"name": give_picture(ProductFactory()).picture.file_name(160, "jpg")}


def a_logo_file(ines) -> dict:
    return {"name": give_logo().file_name(300, "png")}


def reset_link(ines) -> str:
    ask_for_link(Client(), ines.email)
    return path_in(last_mail(ines.email), "/password/reset/key/")


def undo_link(ines) -> str:
    email_change.change(ines, "ines@new.example")
    return path_in(last_mail("ines@vandermeulen.example"), "/email/undo/")


def all_orders_at(name: str) -> str:
    OrderFactory()
    return f"{reverse(name)}?all=1"


def invitation_link(ines) -> str:
    words = {"first_name": "Joris", "role": "support", "language": "en"}
    invite("joris@shop.example", **words, by=Customer.objects.staff().first())
    return path_in(last_mail("joris@shop.example"), "/sign-in/invitation/")


def come_to_the_review(client: Client) -> None:
    put_into_cart(client, ProductFactory(), 2)
    give_details(client, create_account="on", password1="a password for the shop")
    choose_delivery(client, DeliveryMethodFactory())


def with_an_app(path: str) -> str:
    """An address where Mara must have a second factor, which it may name."""
    mara = Customer.objects.get(email="mara@shop.example")
    return path.format((factors_of(mara).first() or app_of(mara)).pk)


def come_to_the_new_passkey(client: Client) -> None:
    sign_up(client, "nina@post.example", "", way="passkey")
    confirm(client, "nina@post.example")


def come_to_the_second_step(client: Client) -> None:
    with_an_app("")
    client.post("/backoffice/sign-in/", {"login": "mara@shop.example", "password": PASSWORD})


def withdraw(client: Client) -> None:
    statement = {"name": "Gus", "order_number": "10001", "email": "gus@post.example"}
    page = client.post("/withdrawal/", statement)
    client.post("/withdrawal/confirmation/", {"statement": value_of(page, "statement")})


ALL_SAMPLES = SAMPLES | {
    "backoffice/orders/": half_paid_order,
    "order/": a_guests_order,
    "payments/": a_payment_attempt,
    "cart/": a_product,
    "categories/": lambda ines: {"slug": CategoryFactory().slug},
    "media/products/": a_picture_file,
    "media/shop/": a_logo_file,
    "products/": a_product,
    "privacy/copy/": lambda ines: {"token": token_for(ines)},
    "unsubscribe/": lambda ines: {"token": token_of(ines)},
}
PATHS = {
    "guest_order_cancellation": lambda ines: f"/order/{OrderFactory().token}/cancellation/",
    "order_payment": lambda ines: f"/order/{a_payment_attempt(ines)['token']}/payment/",
    "order_edit": lambda ines: reverse("order_edit", args=[OrderFactory(customer=ines).number]),
    "staff_app_add": lambda ines: with_an_app(reverse("staff_app_add")),
    "staff_passkey_add": lambda ines: with_an_app(reverse("staff_passkey_add")),
    "staff_recovery_codes": lambda ines: with_an_app(reverse("staff_recovery_codes")),
    "staff_factor_remove": lambda ines: with_an_app("/backoffice/security/factors/{}/remove/"),
    "privacy_request_done": lambda ines: reverse("privacy_request_done", args=[request_for_a_copy(ines).pk]),
    "packing_slips": lambda ines: all_orders_at("packing_slips"),
    "picking_list": lambda ines: all_orders_at("picking_list"),
    "account_reset_password_from_key": reset_link,
    "account_email_undo": undo_link,
    "staff_invitation": invitation_link,
}
# Paying at the test provider, which only DEBUG has.
WITH_DEBUG = ("order_payment", "order_payment_method", "payment_notification", "test_provider")
PREPARED = {
    "account_confirm_login_code": lambda client: ask_for_code(client, "ines@vandermeulen.example"),
    "account_email_verification_sent": lambda client: sign_up(client, "nina@post.example"),
    "account_sign_up_passkey": come_to_the_new_passkey,
    "customer_restriction_lift": lambda client: Customer.objects.shoppers().update(restricted_at=timezone.now()),
    "customer_approval": lambda client: Customer.objects.shoppers().update(access="awaiting"),
    "withdrawal_confirmation": withdraw,
    "mfa_authenticate": come_to_the_second_step,
    "staff_app_add": with_factor,
    "staff_passkey_add": with_factor,
    "staff_recovery_codes": with_factor,
    "staff_factor_remove": with_factor,
    "withdrawal_receipt": withdraw,
    **dict.fromkeys(["cart", "checkout", "checkout_delivery", "checkout_review"], come_to_the_review),
}
