from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models import FileImport


class ProductImport(FileImport):
    """One file of products."""

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("product import")
        verbose_name_plural = _("product imports")
        indexes = [models.Index(fields=["fingerprint"], name="import_of_a_file_of_products")]

    def get_absolute_url(self) -> str:
        return reverse("product_import", args=[self.pk])
