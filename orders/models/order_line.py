from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext

from orders.handling.errors import OrderError
from orders.models.order import Order
from orders.models.product import Product
from orders.models.vat_category import VatCategory, has_vat_only_at_a_rate
from shopadmin.pictures.picture import Picture


class OrderLineQuerySet(models.QuerySet):
    def unsent(self) -> Self:
        """Those of which something is still to be sent."""
        return self.filter(quantity__gt=F("sent") + F("withdrawn_unsent") + F("refunded_unsent"))


class OrderLine(models.Model):
    """One product of an order, with net, VAT and gross amounts as they were when it was placed.

    Where its pieces are: `quantity` = `sent` + `withdrawn_unsent` + `refunded_unsent` + what is still `unsent`.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.SET_NULL, null=True, related_name="order_lines", db_index=False)
    name = models.CharField(max_length=120)
    sku = models.CharField(max_length=40, blank=True)
    picture = models.CharField(max_length=100, blank=True)
    quantity = models.PositiveIntegerField()
    sent = models.PositiveIntegerField(default=0)
    unit_gross = models.DecimalField(max_digits=10, decimal_places=2)
    # What was taken off `quantity` times `unit_gross`: the line's own discount, and its share of the order's.
    discount = models.DecimalField(max_digits=12, decimal_places=2, default=0, db_default=0)
    # Of that, its share of the order's, so that an edit can change the one and leave the other.
    order_discount = models.DecimalField(max_digits=12, decimal_places=2, default=0, db_default=0)
    vat_category = models.CharField(max_length=2, choices=VatCategory, default=VatCategory.STANDARD)
    # Whose VAT it bears; empty where it bears none, and on orders from before it was kept.
    vat_country = models.CharField(max_length=2, blank=True)
    vat_rate = models.DecimalField(max_digits=4, decimal_places=1)
    net = models.DecimalField(max_digits=12, decimal_places=2)
    vat = models.DecimalField(max_digits=12, decimal_places=2)
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    withdrawal_excepted = models.BooleanField(default=False)
    is_service = models.BooleanField(default=False)
    # Of how many a withdrawal was accepted; how many of these were never sent, and how many came back into stock.
    withdrawn = models.PositiveIntegerField(default=0, db_default=0)
    withdrawn_unsent = models.PositiveIntegerField(default=0, db_default=0)
    withdrawn_restocked = models.PositiveIntegerField(default=0, db_default=0)
    # How many were refunded before they were sent, and are not sent any more.
    refunded_unsent = models.PositiveIntegerField(default=0, db_default=0)
    # Copies, kept by the triggers of `orders/handling/sort_copies.py`.
    order_placed_at = models.DateTimeField(null=True, editable=False)
    order_total = models.DecimalField(max_digits=12, decimal_places=2, null=True, editable=False)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["picture"], condition=~Q(picture=""), name="order_line_picture"),
            # The orders of a product, in each sort of their list, without reading a line.
            models.Index(fields=["product", "order_placed_at", "order"], name="order_line_by_placed_at"),
            models.Index(fields=["product", "order_total", "order"], name="order_line_by_total"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sent__lte=F("quantity")), name="not_more_sent_than_ordered"),
            models.CheckConstraint(condition=Q(withdrawn__lte=F("quantity")), name="not_more_withdrawn_than_ordered"),
            # Rounded: SQLite adds floating-point numbers, in which 14.88 and 3.12 are not 18.00.
            models.CheckConstraint(condition=Q(gross=Round(F("net") + F("vat"), precision=2)), name="line_adds_up"),
            models.CheckConstraint(condition=has_vat_only_at_a_rate(), name="line_has_vat_only_at_a_rate"),
            models.CheckConstraint(condition=Q(discount__gte=0), name="line_discount_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"

    def save(self, *args, update_fields: list[str] | None = None, **kwargs) -> None:
        """Save, and bring what the order is found by into step."""
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or not {"name", "sku"}.isdisjoint(update_fields):
            self.order.refresh_derived_fields()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Delete, and bring what the order is found by into step."""
        deleted = super().delete(*args, **kwargs)
        self.order.refresh_derived_fields()
        return deleted

    @property
    def shown_picture(self) -> Picture | None:
        return Picture.of(self.picture)

    @property
    def unsent(self) -> int:
        """How many are still to be sent."""
        return self.quantity - self.sent - self.withdrawn_unsent - self.refunded_unsent

    @property
    def kept(self) -> int:
        """How many the contract still holds for."""
        return self.quantity - self.withdrawn

    def send(self, quantity: int, *, shipment: models.Model) -> None:
        """Put some pieces into a parcel; part of `handling.shipping.ship`, which holds the lock."""
        if not 0 <= quantity <= self.unsent:
            raise OrderError(
                gettext("Only %(count)d × %(product)s left") % {"product": self.name, "count": self.unsent}
            )
        if quantity:
            self.sent += quantity
            self.save(update_fields=["sent"])
            shipment.lines.create(order_line=self, quantity=quantity)

    @property
    def held(self) -> int:
        """How many are out of stock for this order and unsent; cancelling or withdrawing put them back in stock."""
        return 0 if self.order.is_over else self.unsent

    @property
    def returnable(self) -> int:
        """How many were sent, and were not put back in stock."""
        return self.sent - self.withdrawn_restocked - sum(part.restocked for part in self.refund_lines.all())

    def restock_unsent(self) -> None:
        """Put what was not sent back in stock; part of `handling.completion.call_off`, which holds the lock."""
        self._restock(self.unsent)

    def withdraw(self, quantity: int, *, restock: bool) -> None:
        """Take pieces out of the contract, unsent ones first; part of `withdrawal.acceptance`, which holds the lock.

        What was not sent goes back in stock; so does, with `restock`, what was sent and has come back.
        """
        unsent = min(quantity, self.unsent)
        restocked = min(quantity - unsent, self.returnable) if restock else 0
        self._restock(unsent + restocked)
        self.withdrawn += quantity
        self.withdrawn_unsent += unsent
        self.withdrawn_restocked += restocked
        self.save(update_fields=["withdrawn", "withdrawn_unsent", "withdrawn_restocked"])

    def restock_refunded(self, quantity: int) -> int:
        """Put refunded pieces back in stock, unsent ones first, which are not sent any more.

        Returns how many came back of what was sent; part of `handling.refunds`, which holds the lock.
        """
        unsent = min(quantity, self.held)
        returned = min(quantity - unsent, self.returnable)
        self._restock(unsent + returned)
        if unsent:
            self.refunded_unsent += unsent
            self.save(update_fields=["refunded_unsent"])
        return returned

    def _restock(self, pieces: int) -> None:
        if pieces:
            Product.objects.filter(pk=self.product_id, stock__isnull=False).update(stock=F("stock") + pieces)
