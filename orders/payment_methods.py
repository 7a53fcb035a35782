"""Ways to pay that need no provider, behind one small interface.

A provider is one more class in METHODS: it may send the shopper elsewhere from what `how_to_pay` says.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shopadmin.models import StoreSettings

if TYPE_CHECKING:
    from orders.models import DeliveryMethod, Order


@dataclass(frozen=True)
class HowToPay:
    """What is left to do for a shopper: a sentence, and what to fill in, by label."""

    sentence: str
    facts: list[tuple[str, str]] = field(default_factory=list)


class PaymentMethod(ABC):
    """One way to pay: its code in the database, its name, and a line that explains it."""

    code = ""
    label = ""
    hint = ""
    in_advance = False

    def available_for(self, delivery: "DeliveryMethod | None") -> bool:
        """Whether it goes with that way of delivery."""
        return True

    @abstractmethod
    def how_to_pay(self, order: "Order") -> HowToPay:
        """What the shopper does next, in the active language."""


class BankTransfer(PaymentMethod):
    code = "bank_transfer"
    in_advance = True
    label = gettext_lazy("Bank transfer in advance")
    hint = gettext_lazy("We send the order as soon as the money is here.")

    def how_to_pay(self, order: "Order") -> HowToPay:
        store = StoreSettings.current()
        if not store.iban:
            return HowToPay(_("We will tell you the bank account. The order leaves as soon as the money is here."))
        facts = [
            (_("Account holder"), store.name),
            (_("IBAN"), store.iban),
            (_("BIC"), store.bic),
            (_("Bank"), store.bank_name),
            (_("Reference"), order.number),
        ]
        sentence = _("Please transfer the amount to this account. The order leaves as soon as the money is here.")
        return HowToPay(sentence, [(label, value) for label, value in facts if value])


class Invoice(PaymentMethod):
    code = "invoice"
    label = gettext_lazy("Invoice")
    hint = gettext_lazy("You pay once you have the invoice.")

    def how_to_pay(self, order: "Order") -> HowToPay:
        days = StoreSettings.current().payment_days
        return HowToPay(_("You will get an invoice; please pay it within %(days)s days.") % {"days": days})


class OnPickup(PaymentMethod):
    code = "on_pickup"
    label = gettext_lazy("Pay on pick-up")
    hint = gettext_lazy("In the shop, in cash or by card.")

    def available_for(self, delivery: "DeliveryMethod | None") -> bool:
        return delivery is not None and delivery.is_pickup

    def how_to_pay(self, order: "Order") -> HowToPay:
        return HowToPay(_("You pay when you pick the order up. We will tell you when it is ready."))


METHODS: dict[str, PaymentMethod] = {method.code: method for method in (BankTransfer(), Invoice(), OnPickup())}


def choices() -> list[tuple[str, str]]:
    """Every method, for a form."""
    return [(method.code, method.label) for method in METHODS.values()]


def label_of(code: str) -> str:
    """The name of a method; of one that is not ours (imported, or from a provider no longer there), its code."""
    return str(METHODS[code].label) if code in METHODS else code


def is_in_advance(code: str) -> bool:
    """Whether an order paid this way is sent only once the money is here."""
    return code in METHODS and METHODS[code].in_advance


def on_offer(delivery: "DeliveryMethod | None" = None) -> list[PaymentMethod]:
    """What the shop offers for a way of delivery; every method while the settings choose none."""
    chosen = StoreSettings.current().payment_methods or METHODS
    return [method for method in METHODS.values() if method.code in chosen and method.available_for(delivery)]


def codes_on_offer(delivery: "DeliveryMethod | None" = None) -> list[str]:
    return [method.code for method in on_offer(delivery)]


def how_to_pay(order: "Order") -> HowToPay | None:
    """What is left to do to pay for an order; None when nothing is."""
    method = METHODS.get(order.payment_method)
    return method.how_to_pay(order) if method and order.outstanding else None
