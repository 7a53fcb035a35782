from pathlib import Path

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from orders.catalogue.category_forms import add_category
from orders.catalogue.languages import TextsByLanguage
from orders.catalogue.slugs import free_slug
from orders.models import Category, Product
from shopadmin.rendering.money_field import MoneyField, RateField

TEXTS = ["name", "summary", "description"]


class ProductFilter(forms.Form):
    """What narrows the list of products."""

    q = forms.CharField(
        label=_("Search products"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "placeholder": _("Name or SKU")}),
    )

    category = forms.ModelChoiceField(Category.objects.all(), label=_("Category"), required=False)

    def apply(self, products):
        """The products that are let through."""
        if category := self.cleaned_data["category"]:
            products = products.filter(category=category)
        return products.matching(self.cleaned_data["q"])


class ProductForm(forms.ModelForm):
    """A product with its texts in each further language of the shop; it may be the first of a new category."""

    new_category = forms.CharField(label=_("New category"), max_length=60, required=False)
    picture = forms.ChoiceField(label=_("Picture"), required=False)

    class Meta:
        model = Product
        fields = [
            "name",
            "summary",
            "description",
            "sku",
            "category",
            "price",
            "vat_rate",
            "stock",
            "picture",
            "active",
            "withdrawal_excepted",
        ]
        field_classes = {"price": MoneyField, "vat_rate": RateField}
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, data=None, *, instance: Product | None = None) -> None:
        super().__init__(data, instance=instance)
        self.fields["picture"].choices = [("", _("None")), *((name, name) for name in pictures(self.instance.picture))]
        self.fields["stock"].max_value = 1_000_000
        self.fields["category"].required = False
        self.translations = TextsByLanguage(self, TEXTS, self.instance.translations)

    @property
    def has_categories(self) -> bool:
        """Whether there is a category to choose."""
        return Category.objects.exists()

    def clean(self) -> dict:
        """A product has a category, a new one before the one that was chosen."""
        cleaned = super().clean()
        if not cleaned.get("category") and not cleaned.get("new_category") and "category" not in self.errors:
            missing = "category" if self.has_categories else "new_category"
            self.add_error(missing, self.fields["name"].error_messages["required"])
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Product:
        product = self.instance
        product.translations |= self.translations.typed()
        if name := self.cleaned_data["new_category"]:
            product.category = add_category(name)
        product.slug = product.slug or free_slug(Product, product.name, product.sku, length=85)
        return super().save(commit)


def pictures(chosen: str = "") -> list[str]:
    """The pictures that are there to choose from, and the one that is chosen."""
    folder = Path(settings.BASE_DIR, "static", "products")
    found = {f"products/{file.name}" for file in folder.glob("*.svg")}
    return sorted(found | ({chosen} if chosen else set()))
