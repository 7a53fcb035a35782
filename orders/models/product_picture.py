from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orders.models.positioned import Positioned
from orders.models.product import Product
from shopadmin.pictures.picture import Picture


class ProductPicture(Positioned):
    """One picture of a product, in the order in which shoppers see them; its files are named by `sha256`."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="pictures")
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    description = models.CharField(_("description"), max_length=250, blank=True)
    translations = models.JSONField(default=dict, blank=True, help_text=_("The description by language code."))

    class Meta(Positioned.Meta):
        constraints = [models.UniqueConstraint(fields=["product", "sha256"], name="product_has_a_picture_once")]

    def __str__(self) -> str:
        return self.translations.get(get_language() or "") or self.description

    @property
    def siblings(self) -> models.QuerySet:
        """The pictures of the same product."""
        return self.product.pictures.all()

    @property
    def picture(self) -> Picture:
        return Picture(self.sha256, self.width, self.height)
