from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.models.customer_manager import start_of
from customers.privacy.retention import Record, first_day_kept
from orders.models.order import Order
from shopadmin.models import StoreSettings


class DocumentIsFrozen(Exception):
    """Somebody tried to change or delete what was issued."""


class DocumentQuerySet(models.QuerySet):
    def past_retention(self, store: StoreSettings) -> Self:
        """Those that the law no longer asks for, and nothing else of their orders either."""
        # Follows from the second, and spares looking at orders where nothing is that old.
        old = self.filter(issued_at__lt=start_of(first_day_kept(timezone.localdate(), store, Record.DOCUMENT)))
        return old.filter(order__in=Order.objects.past_retention(store))

    def update(self, **values) -> int:
        """Refuse it: what was issued never changes."""
        raise DocumentIsFrozen

    def keep_file(self, *, path: str, sha256: str, size: int) -> bool:
        """Tell a new document which PDF it got; False where it has one already."""
        return bool(super(DocumentQuerySet, self.filter(sha256="")).update(path=path, sha256=sha256, size=size))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse it: what was issued is kept until the law lets it go."""
        raise DocumentIsFrozen

    def purge(self) -> None:
        """Delete documents that are past their retention, credit notes before the invoices that they name."""
        for kind in (Document.Kind.CREDIT_NOTE, Document.Kind.INVOICE):
            super(DocumentQuerySet, self.filter(kind=kind)).delete()


class Document(models.Model):
    """An invoice or credit note: numbered without gaps and frozen once issued.

    `content` holds everything the paper shows (its keys are in `orders/documents/content.py`); the PDF is made from it
    once, after the row is committed, and kept with its SHA-256.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")

    order = models.ForeignKey(Order, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(_("number"), max_length=20, unique=True)
    credits = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="credit_notes")
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=10)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    content = models.JSONField()
    path = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    key = models.UUIDField(
        unique=True, null=True, help_text=_("Key of the credit note form; prevents duplicate credit notes.")
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["issued_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="invoice", credits__isnull=True) | Q(kind="credit_note", credits__isnull=False),
                name="a_credit_note_names_its_invoice",
            ),
        ]
        indexes = [models.Index(fields=["issued_at"], name="document_by_date")]

    def __str__(self) -> str:
        return self.number

    def save(self, *args, **kwargs) -> None:
        """Save it once: what was issued never changes, it is credited."""
        if not self._state.adding:
            raise DocumentIsFrozen(self.number)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Refuse it: `purge` deletes what is past its retention, and nothing else does."""
        raise DocumentIsFrozen(self.number)

    @property
    def attachment(self) -> str:
        """How emails name it."""
        return f"document:{self.pk}"

    @property
    def is_invoice(self) -> bool:
        return self.kind == self.Kind.INVOICE
