from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer

TERM = timedelta(days=14)
# The term begins when the parcel arrives (art. 9(2)(b)), which nobody tells the shop. So as never to cut it short, a
# parcel counts as arrived a week after it left.
ON_ITS_WAY = timedelta(days=7)


class OrderWithdrawal(models.Model):
    """The consumer's right to withdraw from an order (directive 2011/83/EU, art. 9, 10 and 16).

    The properties read lines and parcels: prefetch these for many orders.
    """

    withdrawal_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the customer first withdrew from the order.")
    )
    withdrawal_waits = models.BooleanField(
        default=False, db_default=False, help_text=_("Whether a withdrawal has not been answered yet.")
    )

    class Meta:
        abstract = True

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether there is a contract left to withdraw from."""
        return not self.is_over

    @property
    def has_right_of_withdrawal(self) -> bool:
        """Whether the buyer is a consumer, and not all lines are excepted (art. 16)."""
        is_consumer = self.customer_type != Customer.Type.BUSINESS
        return is_consumer and not all(line.withdrawal_excepted for line in self.lines.all())

    @property
    def is_of_services(self) -> bool:
        """Whether all its lines are services."""
        lines = self.lines.all()
        return bool(lines) and all(line.is_service for line in lines)

    @property
    def withdrawal_ends(self) -> date | None:
        """The last day of the term; None while something is still to be sent.

        Counted from the day the last parcel has arrived, or was picked up; for services alone from the order.
        """
        if self.is_of_services:
            return timezone.localdate(self.placed_at) + TERM
        if self.shipping_state != self.ShippingState.SHIPPED:
            return None
        left = max((parcel.at for parcel in self.shipments.all()), default=self.placed_at)
        return timezone.localdate(left) + TERM + (timedelta(0) if self.is_pickup else ON_ITS_WAY)

    @property
    def is_past_withdrawal(self) -> bool:
        """Whether the term is over, so that a notice today is late."""
        ends = self.withdrawal_ends
        return ends is not None and timezone.localdate() > ends

    @property
    def offers_withdrawal(self) -> bool:
        """Whether its pages lead to the withdrawal: inside the term, unless a notice waits for its answer."""
        is_wanted = self.can_be_withdrawn and not self.withdrawal_waits
        return is_wanted and self.has_right_of_withdrawal and not self.is_past_withdrawal
