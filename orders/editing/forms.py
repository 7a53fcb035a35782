"""Whom an order is for, and how it is delivered and paid, as an editor changes it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers import business_numbers
from customers.email_addresses import normalise_email
from customers.models import Customer
from customers.record.email_field import EmailField
from customers.record.phone_field import PhoneField
from orders.checkout import payment_methods
from orders.checkout.delivery_fields import DeliveryFields
from orders.checkout.details_form import COMPANY_NUMBERS
from orders.editing.changes import COMPANY_FIELDS
from orders.editing.edited import lacks_delivery
from orders.editing.ownership import may_be_somebody_elses
from orders.models import DeliveryMethod, Order
from shopadmin.rendering.formats import money

SWITCHES = ("ship_elsewhere", "is_not_theirs")
AS_ORDERED = "as_ordered"


def of_order(name: str, **options) -> forms.Field:
    """The form field of a column of the order, as long as that."""
    return Order._meta.get_field(name).formfield(required=False, **options)


class ContactForm(forms.Form):
    """Name, email address, phone and, on the order of a company, its name, numbers and reference."""

    first_name = of_order("first_name", label=_("First name"))
    last_name = of_order("last_name", label=_("Last name"))
    company_name = of_order("company_name", label=_("Company name"))
    coc_number = of_order("coc_number", label=_("Company registration number"))
    vat_number = of_order("vat_number", label=capfirst(_("VAT number")))
    email = EmailField(label=_("Email address"), max_length=254, required=False)
    is_not_theirs = forms.BooleanField(label=_("This order is not theirs"), required=False)
    phone = of_order("phone", label=_("Phone"))
    reference = of_order("reference", label=_("Customer's reference"))
    ship_elsewhere = forms.BooleanField(label=_("Ship to a different address"), required=False)

    def __init__(self, data, *, order: Order) -> None:
        kept = {name: getattr(order, name) for name in self.base_fields if name not in SWITCHES}
        ships_elsewhere = any(address.kind == "shipping" for address in order.addresses.all())
        super().__init__(data, initial={**kept, "ship_elsewhere": ships_elsewhere})
        if order.customer_type != Customer.Type.BUSINESS:
            for name in COMPANY_FIELDS:
                del self.fields[name]
        if not may_be_somebody_elses(order):
            del self.fields["is_not_theirs"]
        else:
            words = _(
                "It was placed without signing in, with the email address of %(customer)s. If that was a mistake, tick "
                "this and correct the address: the order then moves to the customer who has the correct one."
            )
            self.fields["is_not_theirs"].help_text = words % {"customer": order.customer}
        for name in ("last_name", "company_name", "email"):
            if name in self.fields and kept[name]:
                self.fields[name].required = True

    def clean_email(self) -> str:
        """One that an import brought stays as it was written."""
        typed, kept = self.cleaned_data["email"], self.initial["email"]
        return kept if typed == normalise_email(kept) else typed

    def clean_phone(self) -> str:
        """One that an import brought stays as it is."""
        typed = self.cleaned_data["phone"]
        return typed if typed == self.initial["phone"] else str(PhoneField(required=False).clean(typed) or "")

    def clean_coc_number(self) -> str:
        return self._number("coc_number")

    def clean_vat_number(self) -> str:
        return self._number("vat_number")

    def _number(self, name: str) -> str:
        """In its normal form, unless it stays."""
        typed = self.cleaned_data[name]
        return typed if typed == self.initial[name] else business_numbers.normal_form(name, typed, self._country)

    @property
    def _country(self) -> str:
        return self.data.get("billing-country", "")

    @property
    def doubts(self) -> list[str]:
        """What looks wrong about numbers that were entered: to be looked at, not to be refused."""
        entered = [name for name in COMPANY_NUMBERS if self.cleaned_data.get(name, "") != self.initial[name]]
        return [
            doubt
            for name in entered
            for doubt in business_numbers.warnings_for(name, self.cleaned_data.get(name, ""), self._country)
        ]

    @property
    def contact(self) -> dict[str, str]:
        """The columns of the order."""
        return {name: value for name, value in self.cleaned_data.items() if name not in SWITCHES}


class DeliveryForm(DeliveryFields):
    """Another way of delivery at today's price, or the one that was ordered; and how it is paid.

    Goods that come to an order of services need one; an order without goods has none.
    """

    def __init__(self, data, *, order: Order, has_goods: bool) -> None:
        methods = DeliveryMethod.objects.filter(active=True)
        initial = {"delivery": AS_ORDERED, "payment_method": order.payment_method}
        super().__init__(data, methods=methods, initial=initial, has_goods=has_goods)
        self.order = order
        if has_goods:
            self._offer_deliveries()
        self.fields["payment_method"].choices = payment_methods.choices_for(order)

    def _offer_deliveries(self) -> None:
        order, choices = self.order, self.with_prices(self.order.currency)
        if not lacks_delivery(order):
            words = {"delivery": order.delivery_name, "price": money(order.delivery_gross, order.currency)}
            choices = [(AS_ORDERED, _("As ordered: %(delivery)s, %(price)s") % words), *choices]
            self.fields["delivery"].required = False
        self.fields["delivery"].choices = choices

    @property
    def is_pickup(self) -> bool:
        """Whether the customer fetches it: as ordered where no other way is chosen, unless goods leave the order."""
        if self.method:
            return self.method.is_pickup
        return self.order.is_pickup and (self.has_goods or not self.order.has_goods)
