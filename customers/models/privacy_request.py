from calendar import monthrange
from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.customer import Customer
from shopadmin.rendering.badges import Badge


def a_month_from_now() -> date:
    """When a request is due: one month after it came in (GDPR, art. 12(3))."""
    today = timezone.localdate()
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    return date(year, month, min(today.day, monthrange(year, month)[1]))


class PrivacyRequestQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=PrivacyRequest.State.OPEN)

    def closed(self) -> Self:
        return self.exclude(state=PrivacyRequest.State.OPEN)


class PrivacyRequest(models.Model):
    """What somebody asked the shop to do with their data, when it is due, and what was done."""

    class Kind(models.TextChoices):
        ERASURE = "erasure", _("Erase all data")
        ACCESS = "access", _("Copy of all data")
        CORRECTION = "correction", _("Correct data")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("to be done", "Open")
        DONE = "done", _("Carried out")
        DECLINED = "declined", _("Declined")
        ERASED = "erased", _("Closed: customer erased")

    CSS = {
        State.OPEN: "is-open is-warn",
        State.DONE: "is-ok",
        State.DECLINED: "is-stopped is-stop",
        State.ERASED: "is-stopped",
    }

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ERASURE)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="privacy_requests")
    received_on = models.DateField(_("received"), default=timezone.localdate)
    due_on = models.DateField(_("due date"), default=a_month_from_now)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.OPEN)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    outcome = models.TextField(_("what was done"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on"], name="request_open", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_on}"

    def get_absolute_url(self) -> str:
        return reverse("privacy_request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_erasure(self) -> bool:
        return self.kind == self.Kind.ERASURE

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def badge(self) -> Badge:
        """The state as a mark and a word; what should have been answered by now says so."""
        if self.is_overdue:
            return Badge(_("Overdue"), "is-open is-stop")
        return Badge(self.get_state_display(), self.CSS[self.state])

    def close(self, state: State, *, outcome: str, by: Customer) -> bool:
        """Write down what was done about an open request; False when somebody was quicker."""
        open_one = PrivacyRequest.objects.open().filter(pk=self.pk)
        return bool(open_one.update(state=state, outcome=outcome, closed_at=timezone.now(), closed_by=by))
