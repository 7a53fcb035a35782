"""Rows for tests: believable, and valid wherever one is not asked for."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from faker import Faker

from customers.models import Address, Customer, StaffInvitation
from orders.models import Category, DeliveryMethod, Order, OrderAddress, OrderLine, Product
from shopadmin.models import Mail

DUTCH = Faker("nl_NL")
# Whoever looks for one of the people of the tests finds nobody who happens to be called so.
OF_PEOPLE = ("mara", "sam", "ines", "gus", "otto", "rosa", "meulen", "gast")
PASSWORD = "a sentence that nobody guesses"


def drawn(draw: Callable[[], str]) -> str:
    """A name of nobody in particular; "van 't Wel" would be written with an entity in HTML."""
    names = (draw() for _try in count())
    return next(name for name in names if not any(part in name.casefold() for part in OF_PEOPLE)).replace("'", "’")


class CustomerFactory(factory.django.DjangoModelFactory):
    """A guest; `registered=True` gives one who signs in with PASSWORD."""

    class Meta:
        model = Customer
        skip_postgeneration_save = True

    class Params:
        registered = factory.Trait(
            registered_at=factory.LazyFunction(timezone.now),
            password=factory.LazyFunction(lambda: make_password(PASSWORD)),
        )
        business = factory.Trait(
            customer_type=Customer.Type.BUSINESS, company_name=factory.Sequence("Atelier {} B.V.".format)
        )

    first_name = factory.LazyFunction(lambda: drawn(DUTCH.first_name))
    last_name = factory.LazyFunction(lambda: drawn(DUTCH.last_name))
    email = factory.Sequence("person{}@post.example".format)
    language = "nl"


class StaffInvitationFactory(factory.django.DjangoModelFactory):
    """Somebody who was invited just now; the link is in no email."""

    class Meta:
        model = StaffInvitation

    email = factory.Sequence("invited{}@shop.example".format)
    first_name = "Joris"
    role = "support"
    language = "en"
    secret_hash = factory.Sequence("{:064}".format)


class AddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Address

    customer = factory.SubFactory(CustomerFactory)
    kind = Address.Kind.BILLING
    country = "NL"
    street = "Oudegracht"
    house_number = "118"
    postcode = "3511 AW"
    city = "Utrecht"


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ["slug"]

    slug = "table"
    name = "Table"


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product

    name = factory.Sequence("Stacking mug {}".format)
    slug = factory.Sequence("stacking-mug-{}".format)
    sku = factory.Sequence("VV-{:04}".format)  # tests name some of three digits
    category = factory.SubFactory(CategoryFactory)
    price = Decimal("16.50")


class DeliveryMethodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeliveryMethod

    name = "Parcel"
    price = Decimal("4.95")
    countries = ["NL", "DE", "BE"]


TWO_MUGS = {
    "name": "Stacking mug", "sku": "VV-118", "quantity": 2, "unit_gross": Decimal("16.50"),
    "vat_rate": Decimal("21.0"), "net": Decimal("27.27"), "vat": Decimal("5.73"), "gross": Decimal("33.00"),
}  # fmt: skip
TO_UTRECHT = {
    "kind": "billing", "country": "NL", "street": "Oudegracht", "house_number": "118", "postcode": "3511 AW",
    "city": "Utrecht",
}  # fmt: skip


class OrderFactory(factory.django.DjangoModelFactory):
    """A placed order of two mugs (33.00 and 4.95 for delivery) with a billing address."""

    class Meta:
        model = Order

    number = factory.Sequence(lambda n: str(10_000 + n))
    customer = factory.SubFactory(CustomerFactory)
    email = factory.SelfAttribute("customer.email")
    first_name = factory.SelfAttribute("customer.first_name")
    last_name = factory.SelfAttribute("customer.last_name")
    language = "nl"
    payment_method = "bank_transfer"
    delivery_name = "Parcel"
    items_gross = Decimal("33.00")
    delivery_vat_rate = Decimal("21.0")
    delivery_net = Decimal("4.09")
    delivery_vat = Decimal("0.86")
    delivery_gross = Decimal("4.95")
    total_net = Decimal("31.36")
    total_vat = Decimal("6.59")
    total = Decimal("37.95")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Write it with what stands below it as the checkout does; row by row, it would be derived anew three times."""
        order = model_class(*args, **kwargs)
        line, address = OrderLine(order=order, **TWO_MUGS), OrderAddress(order=order, **TO_UTRECHT)
        if order.erased_at is None:
            order.derive_fields(lines=[line], addresses=[address])
        order.save()
        OrderLine.objects.bulk_create([line])
        OrderAddress.objects.bulk_create([address])
        return order


class MailFactory(factory.django.DjangoModelFactory):
    """A queued mail to Ines, due now."""

    class Meta:
        model = Mail

    name = "order_shipped"
    to = "ines@vandermeulen.example"
    language = "nl"
    subject = "Your order is on its way"
    text = "Your parcel left us today.\n"
    html = (
        "<!doctype html><html lang='en'><title>Your order</title>"
        "<main><h1>Your order</h1><p>Your parcel left us today.</p></main></html>"
    )
    message_id = factory.Sequence("<{}@shop.example>".format)
