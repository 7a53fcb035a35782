"""Ways to pay behind one small interface, with or without a payment provider.

One more is one more class in ALL; nothing outside this module knows a method by its code. With a provider
(`ProviderMethod`) the shopper pays elsewhere and comes back, and the provider tells us by a signed notification.
Importing this module also fills `Order.PAID_IN_ADVANCE` and `Order.PAID_AFTERWARDS`, which queries go by.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hmac import compare_digest
from time import time
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.documents.standing import standing_invoice
from orders.models import DeliveryMethod, Document, Order, PaymentAttempt
from shopadmin.mail.compose import absolute
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
    url: str = ""  # our page that leads to the provider


class PaymentMethod(ABC):
    """One way to pay: its code in the database, its name, and a line that explains it."""

    code = ""
    label = ""
    refund_label = ""  # how money goes back, where that has another name
    hint = ""
    is_in_advance = False

    @property
    def is_offered(self) -> bool:
        """Whether a shop can switch it on."""
        return True

    def available_for(self, delivery: DeliveryMethod | None) -> bool:
        """Whether it goes with that way of delivery."""
        return True

    @abstractmethod
    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        """What the shopper does next, in the active language; `invoice` is the one that stands."""


class Notification(NamedTuple):
    """What a provider tells of one attempt to pay: which one, how it stands, and how much was paid."""

    key: UUID
    state: PaymentAttempt.State
    amount: Decimal
    currency: str


class NotFromProvider(Exception):
    """A notification that is not signed as the provider signs, too old, or unreadable."""


class ProviderUnavailable(Exception):
    """The provider cannot be reached, or does not take the payment."""


class ProviderMethod(PaymentMethod):
    """Payment at a provider, on pages of its own."""

    is_in_advance = True

    @abstractmethod
    def start(self, attempt: PaymentAttempt, *, back: str) -> str:
        """Tell the provider of an attempt; returns the page where the shopper pays, which leads on to `back`.

        Raises ProviderUnavailable.
        """

    @abstractmethod
    def read(self, body: bytes, headers: Mapping[str, str]) -> Notification:
        """What a notification says; NotFromProvider where its signature is not the provider's."""

    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        sentence = _("Pay for your order online. We process it once we have received your payment.")
        return HowToPay(sentence, url=reverse("order_payment", args=[order.token]))


class BankTransfer(PaymentMethod):
    is_in_advance = True
    code = "bank_transfer"
    label = gettext_lazy("Bank transfer in advance")
    refund_label = gettext_lazy("Bank transfer")
    hint = gettext_lazy("We process your order once we have received your payment.")

    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        if not StoreSettings.current().iban:
            sentence = _("We will send you our bank details. We process your order once we have received your payment.")
        elif order.shipping_state == order.ShippingState.NOT_SHIPPED:
            sentence = _(
                "Transfer the amount to this account. We process your order once we have received your payment."
            )
        else:
            sentence = _("Transfer the amount to this account.")
        return HowToPay(sentence, _transfer(order, invoice))


class Invoice(PaymentMethod):
    code = "invoice"
    label = gettext_lazy("Invoice")
    refund_label = gettext_lazy("Bank transfer")
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
    refund_label = gettext_lazy("In the shop, in cash or by card")
    hint = gettext_lazy("In the shop, in cash or by card.")

    def available_for(self, delivery: DeliveryMethod | None) -> bool:
        return delivery is not None and delivery.is_pickup

    def how_to_pay(self, order: Order, invoice: Document | None) -> HowToPay:
        if order.is_ready_for_pickup:
            return HowToPay(_("Pay when you pick up your order."))
        return HowToPay(_("Pay when you pick up your order. We will let you know when it is ready."))


class TestProvider(ProviderMethod):
    """A provider for trying things out, which takes no money: its page is ours, and only DEBUG offers it.

    It signs a notification with the moment and the body (HMAC-SHA256), as Stripe and others do.
    """

    code = "test_provider"
    label = gettext_lazy("Test payment")
    hint = gettext_lazy("For testing only. No money is charged.")
    SIGNED_FOR = 300  # seconds
    HEADER = "X-Signature"

    @property
    def is_offered(self) -> bool:
        return settings.DEBUG

    def start(self, attempt: PaymentAttempt, *, back: str) -> str:
        return absolute(f"{reverse('test_provider', args=[attempt.key])}?{urlencode({'back': back})}")

    def signed(self, body: bytes) -> dict[str, str]:
        """The header that makes a body the provider's."""
        at = str(int(time()))
        return {self.HEADER: f"{at}.{self._signature(at, body)}"}

    def read(self, body: bytes, headers: Mapping[str, str]) -> Notification:
        at, _dot, signature = headers.get(self.HEADER, "").partition(".")
        if not compare_digest(self._signature(at, body).encode(), signature.encode("utf-8", "replace")):
            raise NotFromProvider("signature")
        if abs(time() - int(at)) > self.SIGNED_FOR:
            raise NotFromProvider("age")
        told = json.loads(body)
        state = PaymentAttempt.State(told["state"])
        return Notification(UUID(told["key"]), state, Decimal(told["amount"]), told["currency"])

    def _signature(self, at: str, body: bytes) -> str:
        return salted_hmac(self.code, at.encode("utf-8", "replace") + b"." + body, algorithm="sha256").hexdigest()


# Codes of methods that are paid into the shop's account.
BY_TRANSFER = frozenset({BankTransfer.code, Invoice.code})
ALL = (BankTransfer(), Invoice(), OnPickup(), TestProvider())
METHODS: dict[str, PaymentMethod] = {method.code: method for method in ALL}
Order.PAID_IN_ADVANCE.update(method.code for method in ALL if method.is_in_advance)
Order.PAID_AFTERWARDS.update(method.code for method in ALL if not method.is_in_advance)


def choices() -> list[tuple[str, str]]:
    """Every method that can be offered, for a form."""
    return [(method.code, method.label) for method in METHODS.values() if method.is_offered]


def choices_for(order: Order) -> list[tuple[str, str]]:
    """The same with the order's own method, which need not be one that can be offered (imported, or from before)."""
    methods = dict(choices())
    methods.setdefault(order.payment_method, label_of(order.payment_method))
    return list(methods.items())


def label_of(code: str) -> str:
    """The name of a method; of one that is not ours (imported, or from a provider no longer there), its code."""
    return str(METHODS[code].label) if code in METHODS else code


def refund_choices_for(order: Order) -> list[tuple[str, str]]:
    """The ways for money to go back, each once: of several that go back alike the order's own method counts."""
    codes = [order.payment_method, *dict(choices())]
    ways = {refund_label_of(code): code for code in reversed(codes)}
    return [(ways[label], label) for label in dict.fromkeys(map(refund_label_of, codes))]


def refund_label_of(code: str) -> str:
    """How money goes back that came in by a method."""
    return str(METHODS[code].refund_label or METHODS[code].label) if code in METHODS else code


def on_offer(delivery: DeliveryMethod | None = None) -> list[PaymentMethod]:
    """What the shop offers for a way of delivery; every method while the settings choose none."""
    chosen = StoreSettings.current().payment_methods or METHODS
    offered = [method for method in METHODS.values() if method.is_offered and method.code in chosen]
    return [method for method in offered if method.available_for(delivery)]


def codes_on_offer(delivery: DeliveryMethod | None = None) -> list[str]:
    return [method.code for method in on_offer(delivery)]


def provider_of(code: str) -> ProviderMethod | None:
    """The provider behind a method that can be paid with; None where there is none."""
    method = METHODS.get(code)
    return method if isinstance(method, ProviderMethod) and method.is_offered else None


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
        Fact(_("Payment was due on") if order.is_overdue else _("Payment due by"), long_day(order.pay_by)),
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
