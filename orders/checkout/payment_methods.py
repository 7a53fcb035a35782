"""Ways to pay that need no provider, behind one small interface.

A provider is one more class in METHODS; what is left to do for the shopper is what its `how_to_pay` says.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.documents.standing import standing_invoice
from orders.models import DeliveryMethod, Document, Order
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import iban_in_groups, long_day, money


class Fact(NamedTuple):
    """Something to fill in when paying; `css` marks an IBAN, which breaks between its groups only."""

    label: str
    value: str
    css: str = ""


@dataclass(frozen=True)
class HowToPay:
    """What is left to do for a shopper: a sentence, and what to fill in."""

    sentence: str
    facts: list[Fact] = field(default_factory=list)


class PaymentMethod(ABC):
    """One way to pay: its code in the database, its name, and a line that explains it."""

    code = ""
    label = ""
    hint = ""

    def available_for(self, delivery: DeliveryMethod | None) -> bool:
        """Whether it goes with that way of delivery."""
        return True

    @abstractmethod
    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        """What the shopper does next, in the active language; `invoice` is the one that stands."""


class BankTransfer(PaymentMethod):
    code = "bank_transfer"
    label = gettext_lazy("Bank transfer in advance")
    hint = gettext_lazy("We ship your order once we have received your payment.")

    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        if not StoreSettings.current().iban:
            sentence = _("We will send you our bank details. We ship your order once we have received your payment.")
        elif order.shipping_state == order.ShippingState.NOT_SHIPPED:
            sentence = _("Transfer the amount to this account. We ship your order once we have received your payment.")
        else:
            sentence = _("Transfer the amount to this account.")
        return HowToPay(sentence, _transfer(order, invoice))


class Invoice(PaymentMethod):
    code = "invoice"
    label = gettext_lazy("Invoice")
    hint = gettext_lazy("Pay after you receive your invoice.")

    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        store = StoreSettings.current()
        if not invoice:
            sentence = _("You will receive an invoice. Pay it within %(days)s days.") % {"days": store.payment_days}
        elif store.iban:
            sentence = _("Transfer the invoice amount to this account.")
        else:
            sentence = _("Pay your invoice.")
        return HowToPay(sentence, _transfer(order, invoice))


class OnPickup(PaymentMethod):
    code = "on_pickup"
    label = gettext_lazy("Pay on pick-up")
    hint = gettext_lazy("In the shop, in cash or by card.")

    def available_for(self, delivery: DeliveryMethod | None) -> bool:
        return delivery is not None and delivery.is_pickup

    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        return HowToPay(_("Pay when you pick up your order. We will let you know when it is ready."))


# Codes of methods that are paid into the shop's account.
BY_TRANSFER = frozenset({BankTransfer.code, Invoice.code})
METHODS: dict[str, PaymentMethod] = {method.code: method for method in (BankTransfer(), Invoice(), OnPickup())}


def choices() -> list[tuple[str, str]]:
    """Every method, for a form."""
    return [(method.code, method.label) for method in METHODS.values()]


def label_of(code: str) -> str:
    """The name of a method; of one that is not ours (imported, or from a provider no longer there), its code."""
    return str(METHODS[code].label) if code in METHODS else code


def on_offer(delivery: DeliveryMethod | None = None) -> list[PaymentMethod]:
    """What the shop offers for a way of delivery; every method while the settings choose none."""
    chosen = StoreSettings.current().payment_methods or METHODS
    return [method for method in METHODS.values() if method.code in chosen and method.available_for(delivery)]


def codes_on_offer(delivery: DeliveryMethod | None = None) -> list[str]:
    return [method.code for method in on_offer(delivery)]


def how_to_pay(order: Order, *, is_new: bool = False) -> HowToPay | None:
    """What is left to do to pay for an order; None when nothing is. A new one has no invoice that could be read."""
    method = METHODS.get(order.payment_method)
    if not method or not order.asks_for_payment:
        return None
    return method.how_to_pay(order, None if is_new else standing_invoice(order))


def _transfer(order: Order, invoice: Document | None) -> list[Fact]:
    """How much goes by when to which account; without an account, how much by when."""
    store = StoreSettings.current()
    facts = [
        Fact(_("Amount"), money(order.outstanding, order.currency)),
        Fact(_("Payment due by"), long_day(order.pay_by)),
    ]
    if store.iban:
        facts += [
            Fact(_("Account holder"), store.name),
            Fact(_("IBAN"), iban_in_groups(store.iban), "is-iban"),
            Fact(_("BIC"), store.bic),
            Fact(_("Bank"), store.bank_name),
            Fact(_("Reference"), invoice.number if invoice else order.number),
        ]
    return [fact for fact in facts if fact.value]
