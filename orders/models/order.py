import secrets
import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self

from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from customers.models.customer_manager import LONGEST_SEARCH, NUMBER, ORDER_NUMBER, end_of, start_of
from customers.models.email import normalise_email
from orders.handling import payment_status
from orders.models import order_badges, order_withdrawal
from orders.search import texts
from shopadmin.rendering.formats import email_address
from shopadmin.search.folding import exact_words, fold, fragments

ZERO = Decimal("0.00")
TEXT_OF_ERASED = Concat(Value(" "), Lower("number"), Value(" "), output_field=models.TextField())


def new_token() -> str:
    """192 unguessable bits: the address of a guest's order."""
    return secrets.token_urlsafe(24)


class OrderQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=Order.State.OPEN)

    def unpaid(self) -> Self:
        """Those on which the shopper still has something to pay."""
        standing = [Order.State.OPEN, Order.State.COMPLETED]
        return self.filter(state__in=standing, payment_state__in=Order.AWAITS_PAYMENT)

    def overdue(self) -> Self:
        """Those not paid although the term is over."""
        return self.unpaid().filter(pay_by__lt=timezone.localdate())

    def paid_not_shipped(self) -> Self:
        """Those that wait for nothing but to be sent: paid, or free of charge."""
        states = Order.PaymentState
        ready = [states.PAID, states.PARTLY_REFUNDED, states.NO_PAYMENT_DUE]
        waiting = self.open().filter(payment_state__in=ready).exclude(shipping_state=Order.ShippingState.SHIPPED)
        return waiting.exclude(payment_state=states.NO_PAYMENT_DUE, total__gt=0)

    def with_numbers(self, numbers: Iterable[str]) -> Self:
        """The orders of these numbers, whatever their case."""
        return self.alias(folded_number=Lower("number")).filter(folded_number__in=[n.lower() for n in numbers])

    def newest_first(self) -> Self:
        return self.order_by("-placed_at", "-id")

    def update(self, **values: object) -> int:
        """Write values into all rows; whatever marks orders as erased leaves nothing but their number to the search."""
        if values.get("erased_at"):
            values.setdefault("search_text", TEXT_OF_ERASED)
        return super().update(**values)

    def placed_between(self, first: date | None, last: date | None) -> Self:
        """Placed from the first day to the last, both whole days of the shop's time."""
        found = self.filter(placed_at__gte=start_of(first)) if first else self
        return found.filter(placed_at__lt=end_of(last)) if last else found

    def matching(self, words: str) -> Self:
        """Those in whose number, person, company, places, phone, products or parcels the words stand.

        How is said in `shopadmin.search.folding`; `#123` are the orders of customer 123.
        """
        words = words.strip()[:LONGEST_SEARCH]
        if NUMBER.fullmatch(words):
            return self.filter(customer=int(words[1:]))
        ways = [Q(search_text__fragment=parts) for parts in fragments(words)]
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def exactly(self, words: str) -> Self | None:
        """Those of which the words are the email, the phone or a number; None where they are nothing of the kind."""
        words = words.strip()[:LONGEST_SEARCH]
        if "@" in words:
            return self.filter(search_text__fragment=f" {fold(words)} ", email__iexact=normalise_email(words))
        ways = [Q(search_text__fragment=word) for word in exact_words(words)]
        if ORDER_NUMBER.fullmatch(words):
            ways.append(Q(folded_number=words.lower()))
        return self.alias(folded_number=Lower("number")).filter(reduce(or_, ways)) if ways else None


class Order(models.Model):
    """What one customer ordered, with its own copy of person, company, addresses, prices and taxes."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("to be done", "Open")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class PaymentState(models.TextChoices):
        UNPAID = "unpaid", _("Unpaid")
        PARTLY_PAID = "partly_paid", _("Partly paid")
        PAID = "paid", _("Paid")
        PARTLY_REFUNDED = "partly_refunded", _("Partly refunded")
        REFUNDED = "refunded", _("Refunded")
        NO_PAYMENT_DUE = "no_payment_due", _("No payment due")

    AWAITS_PAYMENT = (PaymentState.UNPAID, PaymentState.PARTLY_PAID)

    class ShippingState(models.TextChoices):
        NOT_SHIPPED = "not_shipped", _("Not shipped")
        PARTLY_SHIPPED = "partly_shipped", _("Partly shipped")
        SHIPPED = "shipped", _("Shipped")

    class Channel(models.TextChoices):
        GUEST = "guest", _("Shop, as a guest")
        SIGNED_IN = "signed_in", _("Shop, signed in")
        BACKOFFICE = "backoffice", _("Backoffice")
        IMPORT = "import", _("Import")

    number = models.CharField(_("number"), max_length=20, unique=True)
    key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text=_("Of the form that placed it: one form, one order.")
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="orders")
    erased_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(_("came in by"), max_length=12, choices=Channel, default=Channel.GUEST)
    placed_at = models.DateTimeField(_("placed"), default=timezone.now)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    payment_state = models.CharField(_("payment"), max_length=15, choices=PaymentState, default=PaymentState.UNPAID)
    shipping_state = models.CharField(
        _("shipping"), max_length=15, choices=ShippingState, default=ShippingState.NOT_SHIPPED
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=500, blank=True)
    withdrawal_at = models.DateTimeField(null=True, blank=True, help_text=_("When its shopper first withdrew."))

    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10)
    customer_type = models.CharField(max_length=10, choices=Customer.Type, default=Customer.Type.PRIVATE)
    company_name = models.CharField(_("company name"), max_length=150, blank=True)
    coc_number = models.CharField(max_length=40, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    order_note = models.TextField(_("remark"), max_length=1000, blank=True)

    delivery_name = models.CharField(_("delivery"), max_length=80, blank=True)
    is_pickup = models.BooleanField(default=False)
    payment_method = models.CharField(_("payment method"), max_length=20)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    items_gross = models.DecimalField(max_digits=12, decimal_places=2, default=ZERO)
    delivery_vat_rate = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    delivery_net = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    delivery_vat = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    delivery_gross = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    total_net = models.DecimalField(max_digits=12, decimal_places=2, default=ZERO)
    total_vat = models.DecimalField(max_digits=12, decimal_places=2, default=ZERO)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2, default=ZERO)
    # What `orders.handling.payment_status` works out from payments, refunds and documents.
    paid = models.DecimalField(
        _("paid"), max_digits=12, decimal_places=2, default=ZERO, help_text=_("Received, less what was refunded.")
    )
    refunded = models.DecimalField(_("refunded"), max_digits=12, decimal_places=2, default=ZERO)
    credited = models.DecimalField(_("credited"), max_digits=12, decimal_places=2, default=ZERO)
    pay_by = models.DateField(_("to be paid by"), null=True, blank=True)

    search_text = models.TextField(blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    SEARCHED = frozenset(texts.OF_ORDER)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | Q(erased_at__isnull=False),
                name="order_has_a_customer_or_was_erased",
            ),
            models.UniqueConstraint(Lower("number"), name="order_number_whatever_its_case"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(search_text="") | Q(search_text=TEXT_OF_ERASED),
                name="erased_order_is_found_by_number",
            ),
        ]
        indexes = [
            models.Index(fields=["placed_at", "id"], name="order_newest"),
            models.Index(fields=["customer", "-placed_at", "-id"], name="order_of_a_customer"),
            models.Index(fields=["state", "placed_at", "id"], name="order_by_state"),
            models.Index(fields=["total", "id"], name="order_by_total"),
            models.Index(fields=["placed_at"], name="order_open", condition=Q(state="open")),
            # Not of those to send alone: SQLite would not see that such an index fits.
            models.Index(fields=["state", "payment_state", "shipping_state"], name="order_to_send"),
            models.Index(fields=["payment_state", "placed_at", "id"], name="order_by_payment"),
        ]

    def __str__(self) -> str:
        return self.number

    @transaction.atomic(savepoint=False)
    def save(self, *args, update_fields: list[str] | None = None, **kwargs) -> None:
        """Save; an order without a customer gets one by its email address, whatever path saves it.

        In one transaction: the customer's row stays locked until the order stands, so that no merge comes between.
        """
        from orders.checkout.customer import customer_for

        if self.customer_id is None and self.erased_at is None:
            self.customer = customer_for(self)
        is_new = self._state.adding
        if is_new and not self.search_text and self.erased_at is None:
            self.search_text = texts.text_of(self)
        super().save(*args, update_fields=update_fields, **kwargs)
        if not is_new and (update_fields is None or self.SEARCHED.intersection(update_fields)):
            self.write_search_text()

    def get_absolute_url(self) -> str:
        return reverse("backoffice_order", args=[self.number])

    def write_search_text(self) -> None:
        """Compose anew what the search looks at; whoever changes what stands below the order calls it."""
        self.search_text = texts.write_search_texts([self.pk]).get(self.pk, self.search_text)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def person(self) -> str:
        """Whom the order is for, as a heading shows it."""
        return self.get_full_name() or self.company_name or email_address(self.email)

    @property
    def is_unproven(self) -> bool:
        """Whether nobody has shown that its mailbox is theirs: anybody may have typed what stands on it."""
        return self.channel == self.Channel.GUEST

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_restricted(self) -> bool:
        """Whether it is there only because the law says so: its customer was erased, and nothing is left to do."""
        return self.erased_at is not None and not self.is_open

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do for it but to close it."""
        return self.is_open and not self.outstanding and self.shipping_state == self.ShippingState.SHIPPED

    @property
    def can_be_cancelled(self) -> bool:
        return self.is_open and self.shipping_state == self.ShippingState.NOT_SHIPPED

    @property
    def can_be_invoiced(self) -> bool:
        return self.state in (self.State.OPEN, self.State.COMPLETED) and not self.is_restricted

    due = property(payment_status.due)
    takes_payments = property(payment_status.takes_payments)
    outstanding = property(payment_status.outstanding)
    asks_for_payment = property(payment_status.asks_for_payment)
    is_overdue = property(payment_status.is_overdue)

    badge = property(order_badges.badge)
    payment_badges = property(order_badges.payment_badges)
    shopper_payment_badges = property(order_badges.shopper_payment_badges)
    shipping_badge = property(order_badges.shipping_badge)

    @property
    def billing_address(self) -> "OrderAddress | None":  # noqa: F821
        return self._address("billing")

    @property
    def shipping_address(self) -> "OrderAddress | None":  # noqa: F821
        return self._address("shipping") or self.billing_address

    def _address(self, kind: str) -> "OrderAddress | None":  # noqa: F821
        return next((address for address in self.addresses.all() if address.kind == kind), None)

    def address_lines(self) -> dict[str, list[str]]:
        """Billing and delivery address, line by line, with the names on them."""
        names = {"name": self.get_full_name(), "company": self.company_name}
        addresses = {"billing": self.billing_address, "delivery": self.shipping_address}
        return {kind: address.lines(**names) if address else [] for kind, address in addresses.items()}

    def vat_by_rate(self) -> list[tuple[Decimal, Decimal, Decimal]]:
        """(rate, net, VAT) by rate, highest first, delivery included."""
        rates: dict[Decimal, list[Decimal]] = {}
        parts = [(line.vat_rate, line.net, line.vat) for line in self.lines.all()]
        parts.append((self.delivery_vat_rate, self.delivery_net, self.delivery_vat))
        for rate, net, vat in parts:
            sums = rates.setdefault(rate, [ZERO, ZERO])
            sums[0], sums[1] = sums[0] + net, sums[1] + vat
        return [(rate, *rates[rate]) for rate in sorted(rates, reverse=True) if any(rates[rate])]

    def lock(self) -> None:
        """Read the row anew, and let nobody else change it until the transaction ends."""
        self.refresh_from_db(from_queryset=Order.objects.select_for_update())

    def log(self, kind: str, *, by: Customer | None = None, **facts: str) -> "OrderEvent":  # noqa: F821
        """Write down what happened to the order, for its timeline."""
        return self.events.create(kind=kind, by=by, facts=facts)

    withdrawal_ends = property(order_withdrawal.withdrawal_ends)
    can_be_withdrawn = property(order_withdrawal.can_be_withdrawn)
    offers_withdrawal = property(order_withdrawal.offers_withdrawal)
