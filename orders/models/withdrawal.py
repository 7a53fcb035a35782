import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.models.email import NormalisedEmailField
from orders.models.order import Order
from orders.models.order_line import OrderLine
from shopadmin.rendering.badges import Badge


class WithdrawalNoticeQuerySet(models.QuerySet):
    def unanswered(self) -> Self:
        return self.filter(answered_at=None)

    def unmatched(self) -> Self:
        return self.filter(order=None)

    def with_lines(self) -> Self:
        """Each with the lines that it names, in one query."""
        return self.prefetch_related(models.Prefetch("lines", WithdrawalLine.objects.select_related("order_line")))


class WithdrawalNotice(models.Model):
    """A consumer's statement that they withdraw from a contract, as it came in (directive 2011/83/EU, art. 11a).

    `order` is theirs whose number and email address were typed; empty where no order has both.
    """

    key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text=_("Key of the withdrawal form; prevents duplicate withdrawals.")
    )
    name = models.CharField(_("name"), max_length=200)
    order_number = models.CharField(_("order number"), max_length=40)
    email = NormalisedEmailField(_("email"), max_length=254)
    remark = models.TextField(_("remark"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    at = models.DateTimeField(_("received"), default=timezone.now)
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="withdrawals")
    late = models.BooleanField(_("after the withdrawal period"), default=False)
    excepted = models.BooleanField(_("no right of withdrawal"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = WithdrawalNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at", "id"], name="withdrawal_newest"),
            models.Index(fields=["at"], name="withdrawal_unanswered", condition=models.Q(answered_at=None)),
            models.Index(fields=["email"], name="withdrawal_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} {self.at:%Y-%m-%d}"

    @property
    def badge(self) -> Badge:
        """What the merchant has to know first."""
        if self.answered_at:
            return Badge(_("Answered"), "is-ok")
        if self.order_id is None:
            return Badge(_("Order not found"), "is-open is-warn")
        if self.excepted:
            return Badge(_("No right of withdrawal"), "is-open is-warn")
        return Badge(_("Too late"), "is-open is-warn") if self.late else Badge(_("In time"), "is-open is-note")


class WithdrawalLine(models.Model):
    """How many of one order line a shopper withdraws from; a notice on the whole order has none."""

    notice = models.ForeignKey(WithdrawalNotice, models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.CASCADE, related_name="withdrawal_lines")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line.name}"
