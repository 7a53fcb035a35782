from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from shopadmin.roles import Role


class DatedNote(models.Model):
    """What a remark for the backoffice is, whatever it is about."""

    author = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    text = models.TextField(_("note"), max_length=4000)

    class Meta:
        abstract = True
        ordering = ["-at", "-id"]

    def may_be_deleted_by(self, user: Customer) -> bool:
        """Whoever wrote it may take it back, and the owner may any."""
        return user.role == Role.OWNER or self.author_id == user.pk


class Note(DatedNote):
    """A dated remark on a customer, with who wrote it; for the backoffice only."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="dated_notes")

    class Meta(DatedNote.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["customer", "-at", "-id"], name="notes_of_a_customer")]

    def __str__(self) -> str:
        return f"{self.customer}, {self.at:%Y-%m-%d}"
