from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.models.email import NormalisedEmailField
from shopadmin.roles import Role


class StaffInvitationQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those whose link still works."""
        return self.filter(sent_at__gt=timezone.now() - StaffInvitation.LASTS)


class StaffInvitation(models.Model):
    """Somebody who was invited to work in the backoffice and has not accepted yet.

    It gives no rights: those come with the acceptance, which deletes the row. Of the link's secret only a hash is kept.
    """

    LASTS = timedelta(hours=72)
    KEPT = timedelta(days=30)

    email = NormalisedEmailField(
        _("email"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("This person has already been invited. You can send the invitation again.")},
    )
    first_name = models.CharField(_("first name"), max_length=100)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SUPPORT)
    language = models.CharField(_("language"), max_length=10)
    invited_by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    secret_hash = models.CharField(max_length=64, editable=False)

    objects = StaffInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + self.LASTS

    @property
    def is_expired(self) -> bool:
        return timezone.now() >= self.expires_at
