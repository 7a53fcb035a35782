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


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def a_month_from_now() -> date:
    """When a request is due that came in today (GDPR, art. 12(3))."""
    return months_after(timezone.localdate(), 1)


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
        RESTRICTION = "restriction", _("Restrict the use of data")
        OBJECTION = "objection", _("Object to the use of data")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("to be done", "Open")
        DONE = "done", _("Carried out")
        DECLINED = "declined", _("Declined")
        ERASED = "erased", _("Closed: customer erased")

    class Extension(models.TextChoices):
        """Why it takes longer than a month: the two reasons that GDPR art. 12(3) knows."""

        COMPLEX = "complex", _("The request is complex")
        MANY = "many", _("The shop has received many requests")

    CSS = {
        State.OPEN: "is-open is-warn",
        State.DONE: "is-ok",
        State.DECLINED: "is-stopped is-stop",
        State.ERASED: "is-stopped",
    }

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ERASURE)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="privacy_requests")
    received_on = models.DateField(_("received"), default=timezone.localdate)
    due_on = models.DateField(_("due date"), default=a_month_from_now)
    extended_on = models.DateField(_("extended"), null=True, blank=True)
    extension = models.CharField(_("reason"), max_length=10, choices=Extension, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.OPEN)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    outcome = models.TextField(_("what was done"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(extended_on=None, extension="")
                | ~models.Q(extended_on=None) & ~models.Q(extension=""),
                name="extension_has_day_and_reason",
            ),
        ]
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
    def extended_due_on(self) -> date:
        """Until when an extension gives: two months more than the one (GDPR, art. 12(3))."""
        return months_after(self.received_on, 3)

    @property
    def may_be_extended(self) -> bool:
        """Once, and within the first month, in which the person has to be told."""
        return self.is_open and self.extended_on is None and timezone.localdate() <= months_after(self.received_on, 1)

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
        new = {"state": state, "outcome": outcome, "closed_at": timezone.now(), "closed_by": by}
        closed = PrivacyRequest.objects.open().filter(pk=self.pk).update(**new)
        if closed:
            self.state, self.outcome, self.closed_at, self.closed_by = new.values()
        return bool(closed)

    def extend(self, reason: str) -> bool:
        """Give an open request two months more; False when it was closed or extended meanwhile."""
        new = {"due_on": self.extended_due_on, "extended_on": timezone.localdate(), "extension": reason}
        extended = PrivacyRequest.objects.open().filter(pk=self.pk, extended_on=None).update(**new)
        if extended:
            self.due_on, self.extended_on, self.extension = new.values()
        return bool(extended)
