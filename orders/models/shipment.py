import uuid
from urllib.parse import quote

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from orders.models.order import Order
from orders.models.order_line import OrderLine


class Carrier(models.TextChoices):
    """Who brings parcels."""

    POSTNL = "postnl", "PostNL"
    DHL = "dhl", "DHL"
    DPD = "dpd", "DPD"
    GLS = "gls", "GLS"
    UPS = "ups", "UPS"
    BPOST = "bpost", "bpost"
    OTHER = "other", pgettext_lazy("carrier", "Other")


# The carriers' own pages for a parcel number.
TRACKING = {
    Carrier.POSTNL: "https://postnl.nl/tracktrace/?B={number}&P={postcode}&D={country}&T=C",
    Carrier.DHL: "https://www.dhl.com/nl-en/home/tracking.html?tracking-id={number}",
    Carrier.DPD: "https://tracking.dpd.de/status/en_US/parcel/{number}",
    Carrier.GLS: "https://gls-group.com/EU/en/parcel-tracking?match={number}",
    Carrier.UPS: "https://www.ups.com/track?tracknum={number}",
    Carrier.BPOST: "https://track.bpost.cloud/btr/web/#/search?itemCode={number}&postalCode={postcode}",
}


class Shipment(models.Model):
    """One parcel of an order: what was in it, who carries it, and how to follow it."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="shipments")
    carrier = models.CharField(_("carrier"), max_length=10, choices=Carrier, default=Carrier.POSTNL)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, help_text=_("Key of the shipment form; prevents duplicate shipments."))

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["order", "key"], name="one_parcel_a_form")]

    def __str__(self) -> str:
        return f"{self.order}: {self.get_carrier_display()} {self.tracking_number}".strip()

    def save(self, *args, update_fields: list[str] | None = None, **kwargs) -> None:
        """Save, and bring what is searched in the order into step."""
        is_untracked = self._state.adding and not self.tracking_number
        super().save(*args, update_fields=update_fields, **kwargs)
        if not is_untracked and (update_fields is None or "tracking_number" in update_fields):
            self.order.write_search_text()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Delete, and bring what is searched in the order into step."""
        deleted = super().delete(*args, **kwargs)
        self.order.write_search_text()
        return deleted

    @property
    def tracking_url(self) -> str:
        """The carrier's page for this parcel; empty without a number or a page, so that no link is dead."""
        address = self.order.shipping_address
        return self.tracking_url_to(address.postcode, str(address.country)) if address else self.tracking_url_to("", "")

    def tracking_url_to(self, postcode: str, country: str) -> str:
        """The same for who knows already where the parcel goes."""
        if not self.tracking_number or self.carrier not in TRACKING:
            return ""
        return TRACKING[self.carrier].format(
            number=quote(self.tracking_number, safe=""),
            postcode=quote(postcode.replace(" ", ""), safe=""),
            country=quote(country, safe=""),
        )

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
