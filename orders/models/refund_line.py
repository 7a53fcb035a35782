from django.db import models

from orders.models.order_line import OrderLine
from orders.models.payment import Payment


class RefundLine(models.Model):
    """What of one order line, or of the delivery (no line), was refunded; of a refund by amount there is none."""

    refund = models.ForeignKey(Payment, models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.CASCADE, null=True, related_name="refund_lines")
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    restocked = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line or self.refund.order.delivery_name}"
