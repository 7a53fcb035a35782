from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Segment(models.Model):
    """A view of a list under a name: search, filters and sort, as the address bar writes them."""

    class List(models.TextChoices):
        """The lists whose views can be saved; each is shown at the address of that name."""

        CUSTOMERS = "customers", _("Customers")
        ORDERS = "backoffice_orders", _("Orders")

    name = models.CharField(_("name"), max_length=60, unique=True)
    query = models.CharField(_("view"), max_length=1000)
    list = models.CharField(
        _("list"), max_length=20, choices=List, default=List.CUSTOMERS, db_default=List.CUSTOMERS.value
    )

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(self.list)}?{self.query}"
