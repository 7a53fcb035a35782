from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orders.models.positioned import Positioned


class CategoryQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Each with how many products it has (`in_it`), hidden ones among them."""
        return self.annotate(in_it=models.Count("products")).order_by("position", "id")


class Category(Positioned):
    """A part of the shop that products belong to, in the order in which the header shows them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    translations = models.JSONField(default=dict, blank=True, help_text=_("The name by language code."))
    objects = CategoryQuerySet.as_manager()

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return self.in_language(get_language() or "")

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])

    def in_language(self, language: str) -> str:
        """Return its name in `language`, else as it was first entered."""
        return self.translations.get(language) or self.name

    def move_products_to(self, other: "Category") -> int:
        """Put all its products into another category; return how many they were."""
        return self.products.update(category=other)
