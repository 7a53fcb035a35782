import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.order import Order


class Payment(models.Model):
    """Money that came in for an order, or (below zero) went back."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="payments")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    method = models.CharField(_("payment method"), max_length=20)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, help_text=_("Key of the payment form; prevents duplicate payments."))

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="payment_is_not_nothing"),
            models.UniqueConstraint(fields=["order", "key"], name="one_payment_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.amount}"

    @property
    def is_refund(self) -> bool:
        return self.amount < 0
