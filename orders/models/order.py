import secrets
import uuid
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.history.acting import acting_meanwhile
from customers.models import Customer
from customers.models.history import ActorKind
from orders.models import order_badges
from orders.models.order_amounts import OrderAmounts
from orders.models.order_delivery import OrderDelivery
from orders.models.order_queryset import OrderQuerySet
from orders.models.order_withdrawal import OrderWithdrawal
from orders.models.vat_category import has_vat_only_at_a_rate
from orders.search import texts
from shopadmin.rendering.badges import Badge
from shopadmin.rendering.formats import email_address

# Conditions of the partial indexes below. They repeat what `unpaid`, `to_ship` and `to_provide` of OrderQuerySet ask
# for, since PostgreSQL uses such an index only where the query's condition implies its own.
UNPAID = Q(state__in=["open", "completed"], payment_state__in=["unpaid", "partly_paid"])
PAID = ["paid", "partly_refunded", "no_payment_due"]
TO_SHIP = Q(state="open", payment_state__in=PAID) & ~Q(shipping_state="shipped")
TO_PROVIDE = Q(state="open", only_services_left=True) & ~Q(shipping_state="shipped")
UNPAID_UNSENT = Q(state="open", payment_state__in=["unpaid", "partly_paid"]) & ~Q(shipping_state="shipped")


def new_token() -> str:
    """192 unguessable bits: whoever knows them sees the order without signing in."""
    return secrets.token_urlsafe(24)


class Order(OrderAmounts, OrderDelivery, OrderWithdrawal):
    """What one customer ordered, with its own copy of person, company, addresses, prices and taxes.

    Some columns follow from rows below the order, so that lists need not join. `search_text`, `delivery_country` and
    `has_goods` are written by `save()` here and on lines, addresses and parcels; whoever writes those in bulk calls
    `refresh_derived_fields`. `paid`, `refunded`, `credited` and `payment_state` are written by
    `orders.handling.payment_status.refresh`. What can happen to an order, and where, is a table in docs/design.md.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("to be done", "Open")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class ShippingState(models.TextChoices):
        NOT_SHIPPED = "not_shipped", _("Not shipped")
        PARTLY_SHIPPED = "partly_shipped", _("Partly shipped")
        SHIPPED = "shipped", _("Shipped")

    class Channel(models.TextChoices):
        GUEST = "guest", _("Shop (guest)")
        SIGNED_IN = "signed_in", _("Shop (signed in)")
        BACKOFFICE = "backoffice", _("Backoffice")
        IMPORT = "import", _("Import")

    number = models.CharField(_("number"), max_length=20, unique=True)
    key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text=_("Key of the checkout form; prevents duplicate orders.")
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="orders", db_index=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel, default=Channel.GUEST)
    placed_at = models.DateTimeField(_("placed"), default=timezone.now)

    state = models.CharField(_("status"), max_length=10, choices=State, default=State.OPEN)
    shipping_state = models.CharField(
        _("shipping"), max_length=15, choices=ShippingState, default=ShippingState.NOT_SHIPPED
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=500, blank=True)

    email = models.EmailField(_("email"), max_length=254, blank=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10)
    customer_type = models.CharField(max_length=10, choices=Customer.Type, default=Customer.Type.PRIVATE)
    company_name = models.CharField(_("company name"), max_length=150, blank=True)
    coc_number = models.CharField(max_length=40, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    # What the register of VAT numbers answered before the order was placed or corrected without VAT.
    vat_checked_at = models.DateTimeField(null=True, blank=True)
    vat_consultation = models.CharField(max_length=40, blank=True)
    reference = models.CharField(_("customer's reference"), max_length=60, blank=True)
    order_note = models.TextField(_("remark"), max_length=1000, blank=True)

    search_text = models.TextField(blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    SEARCHED = frozenset(texts.OF_ORDER)
    OVER = (State.CANCELLED, State.WITHDRAWN)
    DONE = (State.COMPLETED, *OVER)
    # What an order has in common with its customer's record.
    PERSON_FIELDS = ("first_name", "last_name", "language", "customer_type")
    COMPANY_FIELDS = ("company_name", "coc_number", "vat_number")

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | Q(erased_at__isnull=False),
                name="order_has_a_customer_or_was_erased",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=True) | Q(customer__isnull=True, erased_at__isnull=False),
                name="anonymised_order_has_no_customer",
            ),
            models.UniqueConstraint(Lower("number"), name="order_number_whatever_its_case"),
            models.CheckConstraint(
                condition=Q(delivery_gross=0) | has_vat_only_at_a_rate("delivery_"),
                name="delivery_has_vat_only_at_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(search_text="") | Q(search_text=texts.TEXT_OF_ERASED),
                name="erased_order_is_found_by_number",
            ),
        ]
        indexes = [
            models.Index(fields=["placed_at", "id"], name="order_newest"),
            models.Index(fields=["customer", "-placed_at", "-id"], name="order_of_a_customer"),
            models.Index(fields=["state", "placed_at", "id"], name="order_by_state"),
            # With all that filters ask for: whoever reads along it need not look into the table.
            models.Index(
                fields=[
                    "total",
                    "id",
                    "placed_at",
                    "state",
                    "payment_state",
                    "shipping_state",
                    "delivery_country",
                    "channel",
                    "delivery_method",
                    "payment_method",
                ],
                name="order_by_total_with_filters",
            ),
            models.Index(fields=["placed_at"], name="order_open", condition=Q(state="open")),
            # Of all orders, since SQLite does not find out that a partial index fits.
            models.Index(
                fields=["state", "payment_state", "shipping_state", "only_services_left"],
                name="order_to_ship_or_provide",
            ),
            models.Index(fields=["payment_state", "placed_at", "id"], name="order_by_payment"),
            # By status, not of the open ones alone: SQLite would not see that such an index fits.
            models.Index(fields=["state", "placed_at", "id"], name="order_ready", condition=Q(ready_at__isnull=False)),
            # A shop of many orders a day has thousands to ship before the first that was shipped.
            models.Index(fields=["shipping_state", "placed_at", "id"], name="order_by_shipping"),
            models.Index(fields=["delivery_country", "placed_at", "id"], name="order_by_country"),
            models.Index(fields=["channel", "placed_at", "id"], name="order_by_channel"),
            models.Index(fields=["delivery_method", "placed_at", "id"], name="order_by_delivery"),
            models.Index(fields=["payment_method", "placed_at", "id"], name="order_by_payment_method"),
            # The dashboard looks for the oldest order of each kind that waits, where most wait no more.
            models.Index(fields=["placed_at"], name="order_unpaid_oldest", condition=UNPAID),
            models.Index(fields=["pay_by"], name="order_unpaid_due", condition=UNPAID),
            models.Index(fields=["placed_at"], name="order_to_ship_oldest", condition=TO_SHIP),
            models.Index(fields=["placed_at"], name="order_to_provide", condition=TO_PROVIDE),
            # Orders that are paid after delivery are to be shipped too; most unpaid ones have other methods, and wait.
            models.Index(fields=["payment_method", "placed_at"], name="order_unpaid_unsent", condition=UNPAID_UNSENT),
        ]

    def __str__(self) -> str:
        return self.number

    @transaction.atomic(savepoint=False)
    def save(self, *args, update_fields: list[str] | None = None, **kwargs) -> None:
        """Save; an order without a customer gets one by its email address, whatever path saves it.

        In one transaction: the customer's row stays locked until the order stands, so that no merge comes between.
        """
        if self.customer_id is None and self.erased_at is None:
            self.customer = self._get_or_add_customer()
        is_new = self._state.adding
        if is_new and not self.search_text and self.erased_at is None:
            self.derive_fields()
        super().save(*args, update_fields=update_fields, **kwargs)
        if not is_new and (update_fields is None or self.SEARCHED.intersection(update_fields)):
            self.refresh_derived_fields()

    def get_absolute_url(self) -> str:
        return reverse("backoffice_order", args=[self.number])

    def _get_or_add_customer(self) -> Customer:
        with acting_meanwhile(ActorKind.SHOPPER, source=f"order {self.number}"):
            customer, is_new = Customer.objects.get_or_add_guest(**self.customer_defaults())
            if is_new:
                customer.refresh_derived_fields()
        return customer

    def customer_defaults(self) -> dict[str, str]:
        """The fields of a new customer's record that is made for this order."""
        names = ("email", "phone", *self.PERSON_FIELDS, *self.COMPANY_FIELDS)
        return {name: getattr(self, name) for name in names} | {"origin": Customer.Origin.ORDER}

    def derive_fields(self, *, lines: Iterable = (), addresses: Iterable = ()) -> None:
        """Set the derived fields of a new order from its lines and addresses, which need not be saved yet."""
        places = [(address.kind, str(address.country), address.postcode, address.city) for address in addresses]
        own = [getattr(self, name) for name in texts.OF_ORDER]
        self.search_text = texts.composed(own, lines=[(line.name, line.sku) for line in lines], addresses=places)
        self.delivery_country = texts.country_of(places)
        self.has_goods = texts.has_goods_in(line.is_service for line in lines)
        self.only_services_left = texts.only_services_in((line.is_service, line.quantity - line.sent) for line in lines)

    def refresh_derived_fields(self) -> None:
        """Work out the derived fields anew from the rows below the order, and save them; see the class."""
        written = texts.write_derived_fields(Order.objects.filter(pk=self.pk))
        if self.pk in written:
            for name, value in written[self.pk]._asdict().items():
                setattr(self, name, value)

    def look_at_what_is_left(self, lines: Iterable) -> None:
        """Work out whether only services are left, after lines were sent or called off; whoever calls it saves."""
        self.only_services_left = texts.only_services_in((line.is_service, line.unsent) for line in lines)
        if self.only_services_left:
            self.ready_at = None

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def keep_vat_check(self, check: "VatCheck | None") -> None:  # noqa: F821
        """Copy the proof that the buyer's VAT number was valid; the caller saves the order."""
        if check is not None:
            self.vat_checked_at, self.vat_consultation = check.answered_at, check.consultation

    @property
    def person(self) -> str:
        """Whom the order is for, as a heading shows it."""
        return self.get_full_name() or self.company_name or email_address(self.email)

    @property
    def is_unproven(self) -> bool:
        """Whether the order's email address is unconfirmed, so that emails there must not repeat what was typed.

        A guest may type anybody's address. Of a registered customer only their own address is confirmed, and not
        another one that the order was given since.
        """
        if self.channel == self.Channel.GUEST:
            return True
        customer = self.customer
        return customer is not None and customer.is_registered and self.email != customer.email

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_over(self) -> bool:
        """Whether it was called off: cancelled or withdrawn from."""
        return self.state in self.OVER

    @property
    def asks_for_payment(self) -> bool:
        """Whether the shopper is told how to pay: something is left to pay, and no withdrawal waits for an answer."""
        return bool(self.outstanding and not self.withdrawal_waits)

    @property
    def is_closed_and_erased(self) -> bool:
        """Whether its customer was erased and nothing is left to do: kept by law, or anonymised since."""
        return self.erased_at is not None and not self.is_open

    @property
    def is_done(self) -> bool:
        """Whether it is ready to be completed: open, with nothing left to pay or to send."""
        return self.is_open and not self.outstanding and not self.has_unsent

    @property
    def has_unsent(self) -> bool:
        """Whether something is still to be sent; items that were refunded or withdrawn from before are not."""
        if self.shipping_state == self.ShippingState.SHIPPED:
            return False
        lines = list(self.lines.all())
        return not lines or any(line.unsent for line in lines)

    @property
    def can_be_cancelled(self) -> bool:
        return self.is_open and self.shipping_state == self.ShippingState.NOT_SHIPPED

    @property
    def shopper_can_cancel(self) -> bool:
        """Whether the shopper may cancel: nothing was shipped, invoiced, paid or withdrawn from."""
        is_being_paid = any(attempt.state == "pending" for attempt in self.payment_attempts.all())
        return self.can_be_edited and not (self.payments.all() or is_being_paid or self.withdrawal_waits)

    @property
    def can_be_ordered_again(self) -> bool:
        """Whether something on it may still be sold."""
        return any(line.product_id for line in self.lines.all())

    @property
    def can_be_edited(self) -> bool:
        """Whether nothing was shipped, invoiced or called off yet."""
        return self.can_be_cancelled and not self.documents.all()

    @property
    def can_be_invoiced(self) -> bool:
        return not (self.is_over or self.is_closed_and_erased)

    # --- How it is shown

    @property
    def badge(self) -> Badge:
        """The badge that sums up how far the order is."""
        state = STATES[self.state]
        if not self.is_open:
            return state
        if self.shipping_state != self.ShippingState.NOT_SHIPPED or self.is_ready_for_pickup:
            is_sent = self.shipping_state == self.ShippingState.SHIPPED
            return self.delivery_words.under_way if is_sent else self.shipping_badge
        return order_badges.AWAITING_PAYMENT if self.asks_for_payment and self.is_paid_in_advance else state

    @property
    def badges(self) -> list[Badge]:
        """How far it is, and beside it a badge while a withdrawal waits for an answer."""
        return [self.badge, order_badges.WITHDRAWAL] if self.withdrawal_waits else [self.badge]

    @property
    def payment_badges(self) -> list[Badge]:
        """The payment status, and beside it a badge when payment is overdue."""
        status = PAYMENT_STATES[self.payment_state]
        return [status, order_badges.OVERDUE] if self.is_overdue else [status]

    @property
    def shopper_payment_badges(self) -> list[Badge]:
        """The same for the shopper: none while the shop has yet to answer a withdrawal from an unpaid order."""
        return self.payment_badges if self.asks_for_payment or not self.outstanding else []

    def lock(self) -> None:
        """Lock the row until the transaction ends, and read it anew; what was prefetched below it is forgotten.

        Nothing may hold a product or customer by then: orders are locked first, then products, then customers
        (docs/design.md, “What happens to an order”). Several orders are locked by their ids.
        """
        self.refresh_from_db(from_queryset=Order.objects.select_for_update())

    def log(self, kind: str, *, by: Customer | None = None, **facts: str | int | list) -> "OrderEvent":  # noqa: F821
        """Write down what happened to the order, for its timeline."""
        return self.events.create(kind=kind, by=by, facts=facts)


# One object a state: a list shows hundreds, and translates each once.
STATES = {state: Badge(state.label, order_badges.STATES[state]) for state in Order.State}
PAYMENT_STATES = {state: Badge(state.label, order_badges.PAYMENT_STATES[state]) for state in Order.PaymentState}
