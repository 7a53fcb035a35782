"""Of each model that holds rows after `manage.py demo`: the page on which a row is made, or the event that makes it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import CustomerFactory, DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.catalogue.picture_files import picture, upload
from tests.orders.shopping import order_now
from tests.shown_page import errors, html_of, sent_by, value_of

ADDRESS = {"country": "NL", "street": "Oudegracht", "house_number": "1", "postcode": "3511 AW", "city": "Utrecht"}
NOOR = {"first_name": "Noor", "last_name": "Bakker", "email": "noor@post.example", "customer_type": "private"}


def send(client: Client, page: str, **typed: str | bool) -> HttpResponse:
    """Open a page, type into its form that has these fields, and send it; without any, the form in its body."""
    forms = [form for form in html_of(client.get(page)).xpath("//main//form") if set(typed) <= set(form.inputs.keys())]
    values = sent_by(forms[-1]) | typed
    response = client.post(forms[-1].get("action") or page, values, follow=True)
    assert (response.status_code, errors(response)) == (200, {})
    return response


def add_customer(owner: Client) -> None:
    send(owner, reverse("customer_add"), **NOOR, **{f"billing-{name}": value for name, value in ADDRESS.items()})


def write_about(page: str, **typed: str) -> Callable[[Client], HttpResponse]:
    """Send the form of a page about a customer."""
    return lambda owner: send(owner, reverse(page, args=[CustomerFactory().pk]), **typed)


def ask_for_erasure(owner: Client) -> None:
    send(owner, reverse("privacy_request_add"), email=CustomerFactory().email, kind="erasure")


def save_view(owner: Client) -> None:
    send(owner, f"{reverse('segments')}?status=guest", name="Guests")


def add_product(owner: Client) -> None:
    send(owner, reverse("product_add"), name="Carafe", price="48.00", new_category="Table")


def add_picture(owner: Client) -> None:
    owner.post(reverse("product_pictures", args=[ProductFactory().pk]), {"pictures": [upload(picture())]})


def order_in_the_shop(owner: Client) -> None:
    order_now(Client(), ProductFactory(), DeliveryMethodFactory())


def do_to_an_order(page: str, **typed: str) -> Callable[[Client], HttpResponse]:
    """Send the form of a page about an order, as it is filled in but for what is typed."""
    return lambda owner: send(owner, reverse(page, args=[OrderFactory(customer=CustomerFactory()).number]), **typed)


def withdraw(owner: Client) -> None:
    shopper = Client()
    page = send(shopper, reverse("withdrawal"), name="Gus", order_number="10001", email="gus@post.example")
    shopper.post(reverse("withdrawal_confirmation"), {"statement": value_of(page, "statement")})


ON_PAGES: dict[str, Callable[[Client], object]] = {
    "customers.Customer": add_customer,
    "customers.Address": add_customer,
    "customers.Consent": write_about("customer_edit", marketing_consent="on"),
    "customers.Tag": write_about("customer_tags", name="studio"),
    "customers.CustomerTag": write_about("customer_tags", name="studio"),
    "customers.Note": write_about("customer_notes", text="Rang twice."),
    "customers.PrivacyRequest": ask_for_erasure,
    "customers.Segment": save_view,
    "orders.Category": lambda owner: send(owner, reverse("category_add"), name="Table"),
    "orders.Product": add_product,
    "orders.ProductPicture": add_picture,
    "orders.DeliveryMethod": lambda owner: send(owner, reverse("delivery_method_add"), name="Parcel", price="4.95"),
    "orders.Order": order_in_the_shop,
    "orders.OrderLine": order_in_the_shop,
    "orders.OrderAddress": order_in_the_shop,
    "orders.Payment": do_to_an_order("order_payments"),
    "orders.Shipment": do_to_an_order("order_shipments"),
    "orders.ShipmentLine": do_to_an_order("order_shipments"),
    "orders.OrderNote": do_to_an_order("order_notes", text="Rang twice."),
    "orders.OrderMessage": do_to_an_order("order_messages", text="Your mug is blue."),
    "orders.OrderTag": do_to_an_order("order_tags", name="urgent"),
    "orders.Document": do_to_an_order("order_invoices"),
    "orders.WithdrawalNotice": withdraw,
}

BY_EVENTS = {
    "contenttypes.ContentType": "`migrate`: Django's list of models",
    "auth.Permission": "`migrate`: Django's list of permissions, which the roles here do not read",
    "shopadmin.SearchTextVersion": "`migrate`: how the texts to search were composed",
    "shopadmin.StoreSettings": "the first request: the one row that the settings change",
    "shopadmin.Mail": "whatever somebody is told of; the set-up guide sends a first one",
    "customers.HistoryEntry": "a change of a customer, by a trigger of the database",
    "customers.HistoryContext": "somebody acting: on SQLite it tells the triggers who",
    "customers.Duplicate": "the worker, once an hour, where two customers look alike",
    "orders.Counter": "the first number that is drawn of a kind, or the first picture",
    "orders.OrderEvent": "what is done to an order",
    "orders.WithdrawalLine": "a shopper who withdraws from some items on the page of an order",
    "orders.RefundLine": "a refund of some items",
    "orders.PaymentAttempt": "a shopper who goes on to a payment provider",
    "orders.DailySales": "an order or a new customer, by a trigger of the database",
    "orders.VatCheck": "a business of another member state that types its VAT number at the checkout",
    "django_tasks_database.DBTaskResult": "a document that is issued: the worker makes sure of its file",
    "accounts.SignIn": "somebody signing in",
}
