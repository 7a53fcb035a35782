from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import PostalAddress
from orders.models.order import Order


class OrderAddress(PostalAddress):
    """The copy of an address that an order keeps, whatever its customer changes later."""

    class Kind(models.TextChoices):
        BILLING = "billing", _("Billing address")
        SHIPPING = "shipping", _("Shipping address")

    order = models.ForeignKey(Order, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "kind"], name="one_order_address_of_a_kind")]

    def save(self, *args, **kwargs) -> None:
        """Save, and bring what the order is found by into step."""
        super().save(*args, **kwargs)
        self.order.refresh_derived_fields()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Delete, and bring what the order is found by into step."""
        deleted = super().delete(*args, **kwargs)
        self.order.refresh_derived_fields()
        return deleted
