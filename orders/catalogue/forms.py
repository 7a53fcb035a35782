from pathlib import Path

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from orders.models import Product
from shopadmin.models import StoreSettings
from shopadmin.models.store import has_catalogue
from shopadmin.rendering.money_field import MoneyField, RateField

TEXTS = {"name": 120, "summary": 160, "description": 5000}


class ProductFilter(forms.Form):
    """What narrows the list of products."""

    q = forms.CharField(
        label=_("Search products"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "placeholder": _("Name or SKU")}),
    )

    def apply(self, products):
        """The products that are let through."""
        return products.matching(self.cleaned_data["q"])


class ProductForm(forms.ModelForm):
    """A product with its texts in each further language of the shop, which may stay empty."""

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
        for code in self.languages:
            texts = self.instance.translations.get(code, {})
            for text, length in TEXTS.items():
                widget = forms.Textarea(attrs={"rows": 4}) if text == "description" else None
                self.fields[f"{text}_{code}"] = forms.CharField(
                    label=self.fields[text].label,
                    max_length=length,
                    required=False,
                    initial=texts.get(text, ""),
                    widget=widget,
                )

    @property
    def languages(self) -> list[str]:
        """Those that the shop speaks, or spoke, beside the one in which products are entered first."""
        store = StoreSettings.current()
        others = [code for code in store.languages if has_catalogue(code) and code != store.first_language]
        return [*others, *(code for code in self.instance.translations if code not in others)]

    @property
    def language_parts(self) -> list[tuple[str, list]]:
        """(name of the language, its fields) for the page."""
        parts = [(code, [self[f"{text}_{code}"] for text in TEXTS]) for code in self.languages]
        return [(_name_of(code), fields) for code, fields in parts]

    def save(self, commit: bool = True) -> Product:
        product = self.instance
        for code in self.languages:
            texts = {text: self.cleaned_data[f"{text}_{code}"] for text in TEXTS}
            product.translations[code] = {text: words for text, words in texts.items() if words}
        product.slug = product.slug or free_slug(product)
        return super().save(commit)


def pictures(chosen: str = "") -> list[str]:
    """The pictures that are there to choose from, and the one that is chosen."""
    folder = Path(settings.BASE_DIR, "static", "products")
    found = {f"products/{file.name}" for file in folder.glob("*.svg")}
    return sorted(found | ({chosen} if chosen else set()))


def free_slug(product: Product) -> str:
    """An address in the shop that no other product has."""
    slug = slugify(product.name)[:80] or slugify(product.sku) or "product"
    taken = set(Product.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, 10_000))) if name not in taken)


def _name_of(code: str) -> str:
    return get_language_info(code)["name_translated"] if has_catalogue(code) else code
