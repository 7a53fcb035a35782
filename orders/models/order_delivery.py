from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.delivery_method import DeliveryMethod
from orders.search.texts import NOT_WORKED_OUT


class OrderDelivery(models.Model):
    """How an order is delivered, and where; part of its row."""

    delivery_name = models.CharField(_("delivery"), max_length=80, blank=True)
    # The words above stay as they were ordered, whatever the method is called later.
    delivery_method = models.ForeignKey(
        DeliveryMethod, models.SET_NULL, null=True, blank=True, related_name="orders", db_index=False
    )
    is_pickup = models.BooleanField(default=False)
    # Of the address it goes to. Processes of the release before this column leave it to the database.
    delivery_country = models.CharField(_("country"), max_length=2, blank=True, default="", db_default=NOT_WORKED_OUT)

    class Meta:
        abstract = True

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
