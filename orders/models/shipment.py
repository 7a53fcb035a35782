import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.carrier import TRACKING, Carrier, tracking_url
from orders.models.order import Order
from orders.models.order_line import OrderLine


class Shipment(models.Model):
    """One parcel of an order: what was in it, who carries it, and how to follow it."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="shipments")
    carrier = models.CharField(_("carrier"), max_length=10, choices=Carrier, default=Carrier.POSTNL)
    carrier_name = models.CharField(
        _("name of the carrier"),
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of one that is not listed."),
    )
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    tracking_link = models.CharField(_("tracking link"), max_length=300, blank=True, default="", db_default="")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, help_text=_("Key of the shipment form; prevents duplicate shipments."))

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["order", "key"], name="one_parcel_a_form")]

    def __str__(self) -> str:
        return f"{self.order}: {self.carrier_label} {self.tracking_number}".strip()

    def save(self, *args, update_fields: list[str] | None = None, **kwargs) -> None:
        """Save, and bring what the order is found by into step."""
        is_untracked = self._state.adding and not self.tracking_number
        super().save(*args, update_fields=update_fields, **kwargs)
        if not is_untracked and (update_fields is None or "tracking_number" in update_fields):
            self.order.refresh_derived_fields()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Delete, and bring what the order is found by into step."""
        deleted = super().delete(*args, **kwargs)
        self.order.refresh_derived_fields()
        return deleted

    @property
    def carrier_label(self) -> str:
        """Who carries it, in words."""
        return self.carrier_name or self.get_carrier_display()

    @property
    def carrier_is_known(self) -> bool:
        """Whether there is a name to say: what is picked up, or brought by oneself, has none."""
        return bool(self.carrier_name) or self.carrier != Carrier.OTHER

    @property
    def tracking_url(self) -> str:
        """The carrier's page for this parcel; empty without a number or a page, so that no link is dead."""
        address = self.order.shipping_address
        return self.tracking_url_to(address.postcode, str(address.country)) if address else self.tracking_url_to("", "")

    def tracking_url_to(self, postcode: str, country: str) -> str:
        """The same for who knows already where the parcel goes."""
        pattern = TRACKING.get(self.carrier, self.tracking_link)
        return tracking_url(pattern, number=self.tracking_number, postcode=postcode, country=country)

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines.all())


class ShipmentLine(models.Model):
    """How many of one order line were in a shipment."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.CASCADE, related_name="shipment_lines")
    quantity = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line.name}"
