from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.note import DatedNote
from orders.models.order import Order


class OrderNote(DatedNote):
    """A dated remark on an order, with who wrote it; for the backoffice only."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="notes")

    class Meta(DatedNote.Meta):
        verbose_name = _("note on an order")
        verbose_name_plural = _("notes on orders")
        indexes = [models.Index(fields=["order", "-at", "-id"], name="notes_of_an_order")]

    def __str__(self) -> str:
        return f"{self.order}, {self.at:%Y-%m-%d}"
