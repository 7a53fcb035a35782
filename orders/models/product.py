from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orders.models.category import Category
from shopadmin.rendering.badges import Badge

ON_SALE = Badge(_("Visible"), "is-ok")
NOT_ON_SALE = Badge(_("Hidden"), "is-stopped")
SOLD_OUT = Badge(_("Sold out"), "is-open is-warn")


class ProductQuerySet(models.QuerySet):
    def on_sale(self) -> Self:
        return self.filter(active=True)

    def matching(self, words: str) -> Self:
        """Those whose name or article number hold each of the words."""
        found = self
        for word in words.split():
            found = found.filter(models.Q(name__icontains=word) | models.Q(sku__icontains=word))
        return found


class Product(models.Model):
    """Something the shop sells; its price includes VAT."""

    slug = models.SlugField(_("URL name"), max_length=100, unique=True)
    sku = models.CharField(_("SKU"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("short description"), max_length=160, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    translations = models.JSONField(
        default=dict, blank=True, help_text=_("Name, short description and description by language code.")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name=_("category"))
    price = models.DecimalField(
        _("price incl. VAT"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    vat_rate = models.DecimalField(
        _("VAT rate in percent"),
        max_digits=4,
        decimal_places=1,
        default=21,
        validators=[MinValueValidator(0), MaxValueValidator(50)],
    )
    stock = models.PositiveIntegerField(
        _("in stock"), null=True, blank=True, help_text=_("Leave empty if always in stock.")
    )
    picture = models.CharField(
        _("picture"), max_length=100, blank=True, help_text=_("Path of a static file, such as products/mug.svg.")
    )
    withdrawal_excepted = models.BooleanField(
        _("no right of withdrawal"),
        default=False,
        help_text=_(
            "For products made to measure, perishable or sealed for hygiene. Shown to customers before they order."
        ),
    )
    active = models.BooleanField(_("visible in the shop"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["category__position", "name"]

    def __str__(self) -> str:
        return self.in_language("name")

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    @property
    def badge(self) -> Badge:
        """Whether shoppers can buy it."""
        if not self.active:
            return NOT_ON_SALE
        return SOLD_OUT if self.stock == 0 else ON_SALE

    @property
    def shown_summary(self) -> str:
        return self.in_language("summary")

    @property
    def shown_description(self) -> str:
        return self.in_language("description")

    def in_language(self, field: str, language: str = "") -> str:
        """A text in `language` (default: the active one), else as it was first entered."""
        texts = self.translations.get(language or get_language() or "", {})
        return texts.get(field) or getattr(self, field)
