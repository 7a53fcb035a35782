"""Fill an empty, migrated database with a shop of so many customers: `python -m tests.benchmarks.shop 10000`."""

import gc
import sys
import time

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from accounts.demo.catalogue import fill_catalogue
from accounts.demo.shop import open_shop
from customers.history.triggers import TRIGGERS
from customers.models import Address, Consent, Customer, CustomerTag, HistoryEntry, Tag
from orders.dashboard.sales_count import count_anew
from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import (
    Counter,
    DeliveryMethod,
    Document,
    Order,
    OrderAddress,
    OrderEvent,
    OrderLine,
    OrderTag,
    Payment,
    Product,
    Shipment,
)
from shopadmin.models import Mail
from tests.benchmarks import goods, mails, order_rows, people, purchases, words
from tests.benchmarks.loading import bulk, write

OWNER = "owner@benchmark.example"
OF_ORDERS = [Order, OrderAddress, OrderEvent, OrderLine, Payment, Shipment, OrderTag]
TABLES = [Customer, Address, Consent, CustomerTag, HistoryEntry, *OF_ORDERS, Mail]


def fill(customers: int) -> None:
    """A shop with its catalogue, an owner, so many customers and twice the orders; the same at every run.

    All of it in one transaction: a database holds the whole or nothing.
    """
    gc.disable()  # millions of tuples live until the end: looking for circles among them takes half the time
    with transaction.atomic():
        _open(customers)
        with bulk(*TABLES):
            _write(customers)
        TRIGGERS.install()
        count_anew()
        owner = Customer.objects.create_superuser(OWNER, first_name="Mara", last_name="Owner", language="en")
        _handle_one(owner)
    gc.enable()
    tidy()


def tidy() -> None:
    """What the planner has to know of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _open(customers: int) -> None:
    open_shop()
    fill_catalogue()
    Product.objects.update(stock=None)
    for name in words.TAGS:
        Tag.objects.create(name=name)
    Counter.objects.create(name="orders", value=purchases.FIRST_NUMBER - 1 + 2 * customers)


def _write(customers: int) -> None:
    bought = write_customers(customers)
    write(HistoryEntry, people.HISTORY, people.history_rows(bought.everybody))
    write(Consent, people.CONSENT, people.consent_rows(bought.everybody))
    write(CustomerTag, people.TAG, people.tag_rows(bought.everybody))
    methods = list(DeliveryMethod.objects.values_list("pk", "name"))
    products = dict(Product.objects.values_list("sku", "pk"))
    write(Order, order_rows.ORDER, order_rows.order_rows(bought, methods))
    write(OrderLine, order_rows.LINE, order_rows.line_rows(bought, products))
    write(OrderAddress, order_rows.ORDER_ADDRESS, order_rows.order_address_rows(bought))
    write(OrderEvent, order_rows.EVENT, order_rows.event_rows(bought))
    write(Payment, order_rows.PAYMENT, order_rows.payment_rows(bought))
    write(Shipment, order_rows.SHIPMENT, order_rows.shipment_rows(bought))
    write(OrderTag, order_rows.ORDER_TAG, order_rows.order_tag_rows(bought))
    write(Mail, mails.MAIL, mails.mail_rows(bought))
    write(Product, *goods.product_rows(goods.count_for(customers)))


def _handle_one(owner: Customer) -> None:
    """Take the newest order that nothing was done about from payment to parcel: one whose page has everything."""
    order = Order.objects.open().filter(payment_state="unpaid").newest_first()[0]
    enter_payment(order, amount=order.due, by=owner)
    issue_invoice(order, by=owner)
    pieces = {line: line.quantity for line in order.lines.all()}
    ship(order, quantities=pieces, carrier="postnl", tracking_number="3SHANDLED0001", by=owner)


def write_customers(count: int) -> purchases.Purchases:
    """Customers with their addresses; what they buy."""
    everybody = people.people(count)
    bought = purchases.Purchases(everybody)
    write(Customer, people.CUSTOMER, people.customer_rows(everybody, bought.tallies()))
    write(Address, people.ADDRESS, people.address_rows(everybody))
    return bought


def is_as_made_today() -> bool:
    """Whether it is filled, and with rows as the product writes them now; it may write them otherwise since."""
    some = Customer.objects.shoppers().order_by("pk")[:10]
    kept = [(customer.known_for_the_list(), customer) for customer in some]
    return (
        Mail.objects.exists()
        and Product.objects.filter(slug="bm-000000").exists()
        and Document.objects.count() == 1
        and Order.objects.filter(channel=Order.Channel.BACKOFFICE).exists()
        and all(getattr(customer, name) == value for known, customer in kept for name, value in known.items())
    )


def main(customers: int) -> int:
    """Fill an empty database; 1 for one that holds something older."""
    if Customer.objects.filter(email=OWNER).exists():
        tidy()  # `migrate` may have remade tables
        return 0 if is_as_made_today() else 1
    begun = time.monotonic()
    fill(customers)
    sys.stdout.write(f"{customers:,} customers made in {time.monotonic() - begun:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
