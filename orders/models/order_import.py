from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models import FileImport


class OrderImport(FileImport):
    """One file of past orders."""

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("order import")
        verbose_name_plural = _("order imports")
        indexes = [models.Index(fields=["fingerprint"], name="import_of_a_file_of_orders")]

    def get_absolute_url(self) -> str:
        return reverse("order_import", args=[self.pk])
