from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Tag
from orders.models.carrier import Carrier
from orders.models.order import Order
from shopadmin.models.bulk_job import BulkJob
from shopadmin.models.job import Job


class OrderBulkAction(BulkJob):
    """One thing done to many orders; tracking numbers that were typed for it are forgotten when it is over."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("Record payment")
        SHIP = "ship", pgettext_lazy("parcel", "Ship items")
        READY = "ready", _("Ready for pick-up")
        PROVIDE = "provide", _("Mark services as provided")
        INVOICE = "invoice", _("Create invoices")
        REMIND = "remind", _("Send payment reminders")
        TAG = "tag", _("Add tag")
        UNTAG = "untag", _("Remove tag")
        EXPORT = "export", _("Export")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    payment_method = models.CharField(
        _("payment method"), max_length=20, blank=True, help_text=_("Empty for the method of each order.")
    )
    carrier = models.CharField(_("carrier"), max_length=10, choices=Carrier, blank=True)
    carrier_name = models.CharField(_("name of the carrier"), max_length=60, blank=True, default="", db_default="")
    tracking_link = models.CharField(_("tracking link"), max_length=300, blank=True, default="", db_default="")
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tag"))
    tracking_numbers = models.JSONField(default=dict, blank=True, help_text=_("By the ID of the order."))

    class Meta:
        verbose_name = _("bulk action on orders")
        verbose_name_plural = _("bulk actions on orders")
        ordering = ["-created_at", "-id"]

    def get_absolute_url(self) -> str:
        return reverse("order_bulk_action", args=[self.pk])

    def finish(self, state: Job.State, error: str = "") -> None:
        """Write down how it ended, and forget what may name people."""
        self.tracking_numbers = {}
        self.save(update_fields=["tracking_numbers"])
        super().finish(state, error)


class OrderBulkSkip(models.Model):
    """One order that a bulk action left alone, and why."""

    class Reason(models.TextChoices):
        OVER = "over", _("Cancelled or withdrawn")
        NOTHING_DUE = "nothing_due", _("Nothing left to pay")
        SHIPPED = "shipped", _("Already shipped, picked up or provided")
        NOTHING_TO_SHIP = "nothing_to_ship", _("Nothing left to ship")
        NOTHING_TO_PROVIDE = "nothing_to_provide", _("No services left to provide")
        NO_PICKUP = "no_pickup", _("Not a pick-up order")
        READY = "ready", _("Already ready for pick-up")
        NOTHING_TO_PACK = "nothing_to_pack", _("Nothing to pack")
        REFUNDED = "refunded", _("Refunded in full")
        WITHDRAWAL = "withdrawal", _("The withdrawal has not been answered")
        UNPAID = "unpaid", _("To be paid in advance, and not paid yet")
        INVOICED = "invoiced", _("Already has an invoice")
        REMINDED = "reminded", _("A payment reminder was already sent today")
        NO_EMAIL = "no_email", _("No email address")
        ERASED = "erased", _("Personal data erased")
        RESTRICTED = "restricted", _("The use of the customer's data is restricted")
        CHANGED = "changed", _("No longer matched the filters")
        REFUSED = "refused", _("Not possible; try it on the order itself to see why")
        ERROR = "error", _("Failed; see the worker's log for the reason")

    action = models.ForeignKey(OrderBulkAction, models.CASCADE, related_name="skips")
    order = models.ForeignKey(Order, models.CASCADE, related_name="+")
    reason = models.CharField(_("why"), max_length=40, choices=Reason)

    def __str__(self) -> str:
        return f"{self.order}: {self.reason}"
