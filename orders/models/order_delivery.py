from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.delivery_method import DeliveryMethod
from orders.models.delivery_words import PARCEL, PICKUP, READY, SERVICES, DeliveryWords
from orders.search.texts import NOT_WORKED_OUT
from shopadmin.rendering.badges import Badge


class OrderDelivery(models.Model):
    """How an order is delivered, and where; part of its row."""

    delivery_name = models.CharField(_("delivery"), max_length=80, blank=True)
    # The words above stay as they were ordered, whatever the method is called later.
    delivery_method = models.ForeignKey(
        DeliveryMethod, models.SET_NULL, null=True, blank=True, related_name="orders", db_index=False
    )
    is_pickup = models.BooleanField(default=False)
    # Worked out of its lines: an order of services alone is never packed.
    has_goods = models.BooleanField(default=True, db_default=True)
    # All goods of it, if it has any, are on their way or will never be: what is left is provided, not shipped.
    only_services_left = models.BooleanField(default=False, db_default=False)
    # Since when what is left of it can be picked up; what comes after a part was picked up is made ready anew.
    ready_at = models.DateTimeField(_("ready for pick-up"), null=True, blank=True)
    # Of the address it goes to. Processes of the release before this column leave it to the database.
    delivery_country = models.CharField(_("country"), max_length=2, blank=True, default="", db_default=NOT_WORKED_OUT)

    class Meta:
        abstract = True

    @property
    def delivery_words(self) -> DeliveryWords:
        """How pages speak of its delivery."""
        if not self.has_goods:
            return SERVICES
        return PICKUP if self.is_pickup else PARCEL

    @property
    def words_for_the_rest(self) -> DeliveryWords:
        """How pages speak of what is left to do."""
        return SERVICES if self.only_services_left else self.delivery_words

    @property
    def is_parcel(self) -> bool:
        """Whether something of it goes to an address."""
        return self.has_goods and not self.is_pickup

    @property
    def shipping_badge(self) -> Badge:
        """How much of the order was sent, or picked up; or that it can be."""
        return READY if self.is_ready_for_pickup else self.delivery_words.states[self.shipping_state]

    @property
    def can_be_made_ready(self) -> bool:
        """Whether something of it is still to be picked up, and nobody was told that it can be."""
        return self._awaits_pickup and self.ready_at is None and not self.only_services_left

    @property
    def is_ready_for_pickup(self) -> bool:
        """Whether it waits for who picks it up."""
        return self._awaits_pickup and self.ready_at is not None

    @property
    def _awaits_pickup(self) -> bool:
        return self.is_pickup and self.has_goods and self.is_open and self.shipping_state != self.ShippingState.SHIPPED

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
