import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.order import Order


class OrderMessage(models.Model):
    """What the shop wrote to the shopper about an order: mailed, and shown on the shopper's page of the order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="messages")
    text = models.TextField(_("message"), max_length=2000)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, help_text=_("Key of the message form; prevents duplicate messages."))

    class Meta:
        verbose_name = _("message about an order")
        verbose_name_plural = _("messages about orders")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["order", "key"], name="one_message_a_form")]

    def __str__(self) -> str:
        return f"{self.order}, {self.at:%Y-%m-%d}"
