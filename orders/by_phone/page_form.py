"""The one form of an order by phone; person and company come from the customer's record."""

from functools import cached_property
from uuid import UUID, uuid4

from django.http import QueryDict

from customers.addresses.form import AddressForm
from customers.models import Address, Customer
from orders.by_phone.forms import DeliveryForm, NewItems
from orders.checkout.delivery_fields import put_aside_in
from orders.checkout.details_form import details_of
from orders.checkout.quote import Quote
from orders.vat.sale import sale_of
from shopadmin.models import StoreSettings


class NewOrderPage:
    """Items, addresses, delivery and payment, shown, checked and placed together."""

    def __init__(self, data: QueryDict | None, *, customer: Customer) -> None:
        self.customer, kept = customer, {address.kind: address for address in customer.addresses.all()}
        self.items = NewItems(data)
        self.data = self.items.data if data is not None else None
        self.has_goods = self.items.has_goods
        ships_elsewhere = customer.ship_elsewhere if self.data is None else "ship_elsewhere" in self.data
        self.ships_elsewhere = ships_elsewhere and self.has_goods
        self.billing = AddressForm(self.data, instance=kept.get("billing"), prefix="billing")
        self.shipping = AddressForm(
            self.data, instance=kept.get("shipping"), prefix="shipping", checked=self.ships_elsewhere
        )
        where = self.shipping if self.ships_elsewhere else self.billing
        country = str(where["country"].value() or "")
        self.delivery = DeliveryForm(self.data, customer=customer, country=country, has_goods=self.has_goods)

    @property
    def forms(self) -> list:
        """What must be right: the shipping address only while it is switched on."""
        return [self.items, self.billing, *([self.shipping] if self.ships_elsewhere else []), self.delivery]

    def is_valid(self) -> bool:
        """Whether everything is right; each form is looked at, so that all messages show."""
        valid = [form.is_valid() for form in self.forms] if self.data is not None else [False]
        if not all(valid):
            return False
        self.delivery.refuse_country((self.addresses.get("shipping") or self.addresses["billing"])["country"])
        return not self.delivery.errors

    @cached_property
    def key(self) -> str:
        """What makes all presses of the last button one order; one that is none is replaced."""
        try:
            return str(UUID((self.data or {}).get("key", "")))
        except ValueError:
            return str(uuid4())

    @property
    def addresses(self) -> dict[str, dict[str, str]]:
        """The addresses of the order by kind: billing, and shipping when it is another."""
        shown = [self.billing, self.shipping] if self.ships_elsewhere else [self.billing]
        return {form.prefix: {name: str(form.cleaned_data[name]) for name in Address.FIELDS} for form in shown}

    @property
    def addresses_shown(self) -> list[tuple[str, list[str]]]:
        """The addresses as their countries write them, each with what it is."""
        names = {"name": self.customer.get_full_name(), "company": self.customer.company}
        return [(str(Address.Kind(kind).label), Address(**one).lines(**names)) for kind, one in self.addresses.items()]

    @property
    def details(self) -> dict:
        """Person and company as the record has them, with what is said of this order."""
        details = details_of(self.customer)
        said = {name: self.delivery.cleaned_data.get(name, "") for name in ("reference", "order_note")}
        language = details["language"] or StoreSettings.current().first_language
        return details | said | {"language": language, "phone": str(details["phone"] or "")}

    def quote(self) -> Quote:
        """What it comes to."""
        method = self.delivery.method
        lines = self.items.all_discounts.taken_off(self.items.chosen)
        sale = sale_of(self.details, self.addresses, method)
        return Quote(lines, StoreSettings.current().currency, sale, method)

    @property
    def put_aside(self) -> list[tuple[str, str]]:
        """What was typed about the delivery, while services alone need none: goods may be added yet."""
        return [] if self.has_goods else put_aside_in(self.data)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was typed, for the review to send on."""
        names = (name for name in self.data or {} if name not in ("csrfmiddlewaretoken", "agreed", "key"))
        return [(name, self.data[name]) for name in names]
