"""The one form of an edit: contact, addresses, items, delivery and payment, shown, checked and saved together."""

import json
from decimal import Decimal
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.addresses.form import AddressForm
from customers.models import Address
from orders.checkout.delivery_fields import put_aside_in
from orders.editing.edited import Edited, Wanted, addresses_of
from orders.editing.forms import ContactForm, DeliveryForm
from orders.editing.items_form import ItemsForm
from orders.editing.meanwhile import Meanwhile, caught_up, snapshot
from orders.models import Order


class EditPage:
    """The forms of an order's edit page; `meanwhile` is what somebody else changed since it was opened."""

    def __init__(self, data: QueryDict | None, *, order: Order) -> None:
        self.order, self.now = order, addresses_of(order)
        as_is = Edited.of(order, Wanted())
        now = snapshot(as_is)
        self.meanwhile: list[Meanwhile] = []
        if data is not None:
            data, self.meanwhile = caught_up(data, now)
        self.seen = json.dumps(now)
        self.key = key_in(data) or str(uuid4())
        self.items = ItemsForm(data, lines=as_is.lines)
        self.data = self.items.data if data is not None else None
        self.contact = ContactForm(self.data, order=order)
        self.has_goods = self.items.has_goods
        if not self.has_goods:
            del self.contact.fields["ship_elsewhere"]
        self.delivery = DeliveryForm(self.data, order=order, has_goods=self.has_goods)
        ships_elsewhere = "shipping" in self.now if self.data is None else "ship_elsewhere" in self.data
        self.ships_elsewhere = ships_elsewhere and self.has_goods
        self.billing, self.shipping = (self._address(kind) for kind in ("billing", "shipping"))

    def _address(self, kind: str) -> AddressForm:
        """An address that nobody changes is not asked for more than it has: an import may have brought less."""
        now, is_shown = self.now.get(kind) or {}, kind == "billing" or self.ships_elsewhere
        kept = {f"{kind}-{name}": value for name, value in now.items()}
        is_checked = is_shown and (self._is_changed(kind) or AddressForm(kept, prefix=kind).is_valid())
        return AddressForm(
            self.data, instance=Address(**now), prefix=kind, required=kind == "billing", checked=is_checked
        )

    def _is_changed(self, kind: str) -> bool:
        now, data = self.now.get(kind) or {}, self.data or {}
        return any(data.get(f"{kind}-{name}", "") != now.get(name, "") for name in Address.FIELDS)

    @property
    def forms(self) -> list[forms.BaseForm]:
        """What must be right: the shipping address only while it is switched on."""
        shipping = [self.shipping] if self.ships_elsewhere else []
        return [self.items, self.contact, self.billing, *shipping, self.delivery]

    def is_valid(self) -> bool:
        """Whether everything is right; each form is looked at, so that all messages show."""
        valid = [form.is_valid() for form in self.forms] if self.data is not None else [False]
        if not all(valid):
            return False
        addresses = self.addresses
        if place := addresses.get("shipping") or addresses.get("billing"):
            self.delivery.refuse_country(place["country"])
        self._refuse_too_much_off()
        return not (self.delivery.errors or self.items.errors)

    def _refuse_too_much_off(self) -> None:
        edited, currency = self.edited(), self.order.currency
        for priced in edited.lines:
            name = f"line-discount-{priced.line.pk}" if priced.line else f"discount-{priced.product.pk}"
            if priced.line is None or priced.line.pk in edited.wanted.discounts:
                self.items.refuse_more_than(priced.full, name, currency=currency)
        if edited.wanted.order_discount:
            price = sum((priced.before_share for priced in edited.lines), Decimal("0.00"))
            self.items.refuse_more_than(price, "order_discount", currency=currency)

    @property
    def addresses(self) -> dict[str, dict[str, str]]:
        """The addresses of the order by kind: billing, and shipping when it is another."""
        shown = [self.billing, self.shipping] if self.ships_elsewhere else [self.billing]
        found = {}
        for form in shown:
            typed = {name: str(form.cleaned_data[name]) for name in Address.FIELDS}
            address = typed if self._is_changed(form.prefix) else self.now.get(form.prefix)
            if address:
                found[form.prefix] = address
        return found

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            contact=self.contact.contact,
            addresses=self.addresses,
            quantities=self.items.quantities,
            added=self.items.added,
            discounts=self.items.discounts,
            discounts_added=self.items.discounts_added,
            order_discount=self.items.new_order_discount,
            delivery=self.delivery.method,
            payment_method=self.delivery.cleaned_data["payment_method"],
            is_not_theirs=self.contact.cleaned_data.get("is_not_theirs", False),
        )

    def edited(self) -> Edited:
        """The order as it would be."""
        return Edited.of(self.order, self.wanted)

    @property
    def put_aside(self) -> list[tuple[str, str]]:
        """What was typed about the delivery, while services alone need none: goods may be added yet."""
        return [] if self.has_goods else put_aside_in(self.data)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was typed, for the review to send on."""
        names = (name for name in self.data or {} if name not in ("csrfmiddlewaretoken", "agreed", "key"))
        return [(name, self.data[name]) for name in names]

    @property
    def conflicts(self) -> list[tuple[str, str, str]]:
        """What others changed, in words: the field, what it is now, and what this editor typed instead."""
        empty = _("empty")
        return [
            (self._label(name), theirs or empty, "" if mine is None else mine or empty)
            for name, theirs, mine in self.meanwhile
        ]

    def _label(self, name: str) -> str:
        for form in (self.items, self.contact, self.delivery):
            if name in form.fields:
                return str(form.fields[name].label)
        kind, _dash, field = name.partition("-")
        address = {"billing": self.billing, "shipping": self.shipping}.get(kind)
        if address and field in address.fields:
            return f"{address.heading}, {address.fields[field].label}"
        return str(_("Delivery") if name == "delivery_name" else _("An item"))


def key_in(data: QueryDict | None) -> str:
    """The key that makes two presses of a button one edit; empty where none was sent, or nonsense."""
    try:
        return str(UUID((data or {}).get("key", "")))
    except ValueError:
        return ""
