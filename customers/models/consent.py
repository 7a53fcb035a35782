from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from customers.history.sources import OBJECTION, source_in_words
from customers.models.customer import Customer
from shopadmin.rendering import formats


class ConsentQuerySet(models.QuerySet):
    def end_with_objection(self) -> bool:
        """Whether the newest is an objection, after which nobody agrees but the person."""
        return self.values_list("source", flat=True).first() == OBJECTION


class Consent(models.Model):
    """Proof that a customer agreed to marketing emails or withdrew: the text shown, when, by whom and where."""

    TEXT = _("Send me news and offers by email. I can unsubscribe at any time.")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="consents")
    given = models.BooleanField(_("given"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    source = models.CharField(_("where"), max_length=60)
    text = models.TextField(_("text shown"))
    language = models.CharField(max_length=10)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.customer}: {self.given}"

    @property
    def summary(self) -> str:
        """When, by whom and where it was given or withdrawn; a page that is not known by its own name."""
        words = {"at": formats.moment(self.at), "by": self.by, "where": source_in_words(self.source)}
        if self.given:
            sentence = gettext("Given %(at)s by %(by)s, %(where)s") if self.by else gettext("Given %(at)s, %(where)s")
        elif self.by:
            sentence = gettext("Withdrawn %(at)s by %(by)s, %(where)s")
        else:
            sentence = gettext("Withdrawn %(at)s, %(where)s")
        return sentence % words
