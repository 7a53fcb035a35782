from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.order import Order


class OrderEvent(models.Model):
    """One thing that happened to an order: the rows of its timeline."""

    class Kind(models.TextChoices):
        PLACED = "placed", _("Order placed")
        PAYMENT = "payment", _("Payment recorded")
        NOT_PAID = "not_paid", _("Payment did not go through")
        REFUND = "refund", _("Refund recorded")
        READY = "ready", _("Ready for pick-up")
        SHIPMENT = "shipment", _("Items shipped")
        INVOICE = "invoice", _("Invoice issued")
        CREDIT_NOTE = "credit_note", _("Credit note issued")
        CANCELLED = "cancelled", _("Order cancelled")
        WITHDRAWAL = "withdrawal", _("Withdrawal received")
        WITHDRAWN = "withdrawn", _("Withdrawal accepted")
        COMPLETED = "completed", _("Order completed")
        VAT = "vat", _("VAT taken off")
        EDITED = "edited", _("Order edited")
        REMINDER = "reminder", _("Payment reminder sent")
        MAIL = "mail", _("Email created")

    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="order_event_newest")]

    def __str__(self) -> str:
        return f"{self.order} {self.kind}"
