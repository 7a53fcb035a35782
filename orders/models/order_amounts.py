from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models.vat_category import VatCategory

ZERO = Decimal("0.00")


class OrderAmounts(models.Model):
    """What an order comes to, what came in of it, and what is left to pay."""

    class PaymentState(models.TextChoices):
        UNPAID = "unpaid", _("Unpaid")
        PARTLY_PAID = "partly_paid", _("Partly paid")
        PAID = "paid", _("Paid")
        PARTLY_REFUNDED = "partly_refunded", _("Partly refunded")
        REFUNDED = "refunded", _("Refunded")
        NO_PAYMENT_DUE = "no_payment_due", _("No payment due")

    AWAITS_PAYMENT = (PaymentState.UNPAID, PaymentState.PARTLY_PAID)
    # Codes of methods with which the money comes before the goods leave, and of those with which it comes later;
    # `orders.checkout.payment_methods` fills them.
    PAID_IN_ADVANCE: set[str] = set()
    PAID_AFTERWARDS: set[str] = set()

    payment_method = models.CharField(_("payment method"), max_length=20)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    items_gross = models.DecimalField(max_digits=12, decimal_places=2, default=ZERO)
    delivery_vat_category = models.CharField(max_length=2, choices=VatCategory, default=VatCategory.STANDARD)
    delivery_vat_country = models.CharField(max_length=2, blank=True)
    delivery_vat_rate = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    delivery_net = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    delivery_vat = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    delivery_gross = models.DecimalField(max_digits=10, decimal_places=2, default=ZERO)
    total_net = models.DecimalField(max_digits=12, decimal_places=2, default=ZERO)
    total_vat = models.DecimalField(max_digits=12, decimal_places=2, default=ZERO)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2, default=ZERO)
    # What `orders.handling.payment_status` works out from payments, refunds and documents.
    paid = models.DecimalField(
        _("paid"), max_digits=12, decimal_places=2, default=ZERO, help_text=_("Payments received minus refunds.")
    )
    refunded = models.DecimalField(_("refunded"), max_digits=12, decimal_places=2, default=ZERO)
    credited = models.DecimalField(_("credited"), max_digits=12, decimal_places=2, default=ZERO)
    pay_by = models.DateField(_("payment due by"), null=True, blank=True)
    payment_state = models.CharField(_("payment"), max_length=15, choices=PaymentState, default=PaymentState.UNPAID)

    class Meta:
        abstract = True

    @property
    def due(self) -> Decimal:
        """What the order is to be paid with in all, whatever came in; nothing once it was called off."""
        return ZERO if self.is_over else max(self.total - self.credited, ZERO)

    @property
    def takes_payments(self) -> bool:
        """Whether a payment can be entered."""
        return self.paid < self.due

    @property
    def outstanding(self) -> Decimal:
        """What the shopper still has to pay; what was refunded is not asked for again."""
        return max(self.due - self.paid, ZERO) if self.payment_state in self.AWAITS_PAYMENT else ZERO

    @property
    def overpaid(self) -> Decimal:
        """How much more was paid than the order comes to by now, which is to be refunded."""
        return max(self.paid - self.due, ZERO)

    @property
    def is_overdue(self) -> bool:
        """Whether something is left to pay although the term is over."""
        return bool(self.outstanding and self.pay_by and self.pay_by < timezone.localdate())

    @property
    def is_paid_in_advance(self) -> bool:
        """Whether it is sent only once the money is here."""
        return self.payment_method in self.PAID_IN_ADVANCE
