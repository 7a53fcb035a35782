from django.db import models

from customers.models import Tag
from orders.models.order import Order


class OrderTag(models.Model):
    """One tag on one order; orders and customers share the shop's tags."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="order_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="order_tags")

    class Meta:
        ordering = ["tag__folded"]
        constraints = [models.UniqueConstraint(fields=["tag", "order"], name="one_tag_once_on_an_order")]

    def __str__(self) -> str:
        return f"{self.order}: {self.tag}"
