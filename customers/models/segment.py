from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Segment(models.Model):
    """A view of the customer list under a name: search, filters and order, as the address bar writes them."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    query = models.CharField(_("view"), max_length=1000)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('customers')}?{self.query}"
