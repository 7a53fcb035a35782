import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class PaymentAttempt(models.Model):
    """One try to pay an order at a payment provider, from the way there until the provider tells how it ended."""

    class State(models.TextChoices):
        STARTED = "started", _("Started")
        PENDING = "pending", _("Pending")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Failed")
        GIVEN_UP = "given_up", _("Given up")

    UNDER_WAY = (State.STARTED, State.PENDING)
    WITHOUT_MONEY = (State.FAILED, State.GIVEN_UP)

    order = models.ForeignKey(Order, models.CASCADE, related_name="payment_attempts")
    key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text=_("What the provider calls it by; prevents duplicate payments.")
    )
    method = models.CharField(_("payment method"), max_length=20)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    address = models.URLField(max_length=500, blank=True, help_text=_("The provider's page for it."))
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.STARTED)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.order}: {self.amount} {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY
