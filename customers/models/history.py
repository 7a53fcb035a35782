from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer


class ActorKind(models.TextChoices):
    """Who changes customers."""

    MERCHANT = "merchant", _("Merchant")
    SHOPPER = "shopper", _("Customer")
    COMMAND = "command", _("Command")
    SHELL = "shell", _("Shell")


class HistoryEntry(models.Model):
    """One field of one customer that changed: written by database triggers, so that no way round it exists.

    `field` is the model's field, with `billing.` or `shipping.` before those of an address; or `ORDER`, for an order
    that came from another customer or went to one.
    """

    ORDER = "order"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="history")
    at = models.DateTimeField(_("when"), default=timezone.now)
    actor_kind = models.CharField(_("by"), max_length=10, choices=ActorKind)
    actor = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+", db_constraint=False)
    source = models.CharField(_("from where"), max_length=60)
    field = models.CharField(_("field"), max_length=60)
    old = models.TextField(_("was"))
    new = models.TextField(_("is now"))
    seen = models.BooleanField(_("seen by staff"))

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-at", "-id"], name="history_of_a_customer"),
            models.Index(fields=["customer"], name="history_not_seen", condition=models.Q(seen=False)),
            models.Index(fields=["at"], name="history_not_seen_oldest", condition=models.Q(seen=False)),
            # An erasure takes the names of tags out that are called after the person.
            models.Index(fields=["new"], name="history_tag_put_on", condition=models.Q(field="tag")),
            models.Index(fields=["old"], name="history_tag_taken_off", condition=models.Q(field="tag")),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"


class HistoryContext(models.Model):
    """Who acts in the running transaction, where the database has no session variables (SQLite): one row."""

    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.actor_kind} {self.source}"
