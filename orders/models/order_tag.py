from django.db import models

from customers.models import Tag
from orders.models.order import Order


class OrderTag(models.Model):
    """One tag on one order; orders and customers share the shop's tags."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="order_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="order_tags", db_index=False)
    # Copies, kept by the triggers of `orders/handling/sort_copies.py`.
    order_placed_at = models.DateTimeField(null=True, editable=False)
    order_total = models.DecimalField(max_digits=12, decimal_places=2, null=True, editable=False)

    class Meta:
        ordering = ["tag__folded"]
        # The orders of a tag, in each sort of their list.
        indexes = [
            models.Index(fields=["tag", "order_placed_at", "order"], name="order_tag_by_placed_at"),
            models.Index(fields=["tag", "order_total", "order"], name="order_tag_by_total"),
        ]
        constraints = [models.UniqueConstraint(fields=["tag", "order"], name="one_tag_once_on_an_order")]

    def __str__(self) -> str:
        return f"{self.order}: {self.tag}"
