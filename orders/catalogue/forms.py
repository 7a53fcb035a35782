from django import forms
from django.core.validators import MaxValueValidator
from django.db import transaction
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orders.catalogue.category_forms import add_category
from orders.catalogue.languages import TextsByLanguage, language_name
from orders.catalogue.slugs import free_number, free_slug
from orders.catalogue.stock_form import seen_in
from orders.models import Category, Product
from orders.models.product import MOST_STOCK, ProductQuerySet
from orders.vat.tax_class_field import tax_class_field
from shopadmin.models import StoreSettings
from shopadmin.rendering.money_field import MoneyField

TEXTS = ["name", "summary", "description"]
CATEGORY_IS_GONE = _("This category was deleted. Choose another one.")


class ProductFilter(forms.Form):
    """What narrows the list of products: words, a category, and whether it can be bought."""

    STATES = [("visible", _("Visible")), ("low", _("Low stock")), ("sold_out", _("Sold out")), ("hidden", _("Hidden"))]

    q = forms.CharField(
        label=_("Search products"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "placeholder": _("Name or SKU")}),
    )

    category = forms.ChoiceField(label=_("Category"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["category"].choices = lambda: [(str(pk), name) for pk, name in self.categories.items()]

    @cached_property
    def categories(self) -> dict[int, str]:
        """The name of every category by its id, read once for the check and for the page."""
        return {one.pk: str(one) for one in Category.objects.all()}

    def apply(self, products: ProductQuerySet) -> ProductQuerySet:
        """The products that are let through."""
        wanted = self.cleaned_data
        states = {
            "visible": products.on_sale, "low": products.low_on_stock, "sold_out": products.sold_out,
            "hidden": products.hidden,
        }  # fmt: skip
        products = states.get(wanted["status"], products.all)()
        if wanted["category"]:
            products = products.filter(category=wanted["category"])
        return products.found_by(wanted["q"]) if wanted["q"] else products


class ProductForm(forms.ModelForm):
    """A product with its texts in each further language of the shop; it may be the first of a new category."""

    SETTLED = ("stock",)  # what was typed counts from what was seen

    new_category = forms.CharField(label=_("New category"), max_length=60, required=False)

    class Meta:
        model = Product
        fields = [
            "name",
            "summary",
            "description",
            "sku",
            "category",
            "price",
            "tax_class",
            "stock",
            "low_stock_at",
            "active",
            "is_service",
            "withdrawal_excepted",
        ]
        field_classes = {"price": MoneyField}
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"sku": _("Leave empty to give a new product the next number.")}

    def __init__(self, data=None, *, instance: Product | None = None) -> None:
        super().__init__(data, instance=instance)
        for name in ("stock", "low_stock_at"):
            self.fields[name].max_value = MOST_STOCK
            self.fields[name].validators.append(MaxValueValidator(MOST_STOCK))
        self.fields["stock"].show_hidden_initial = True
        self.stock_changed = 0
        self.fields["tax_class"] = tax_class_field()
        self.fields["category"].required = False
        self.fields["category"].error_messages["invalid_choice"] = CATEGORY_IS_GONE
        self.fields["sku"].required = self.instance.pk is not None
        self.translations = TextsByLanguage(self, TEXTS, self.instance.translations)

    @property
    def has_categories(self) -> bool:
        """Whether there is a category to choose."""
        return Category.objects.exists()

    @property
    def text_parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(name of the language, its fields), the language of first entry before the others.

        What was entered before another language became the shop's first stands for all that have no text of their own.
        """
        first = StoreSettings.current().first_language
        heading = gettext("Other languages") if first in self.translations.languages else language_name(first)
        return [(heading, [self[text] for text in TEXTS]), *self.translations.parts]

    def clean(self) -> dict:
        """A product has a category, a new one before the one that was chosen."""
        cleaned = super().clean()
        if not cleaned.get("category") and not cleaned.get("new_category") and "category" not in self.errors:
            missing = "category" if self.has_categories else "new_category"
            self.add_error(missing, self.fields["name"].error_messages["required"])
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Product | None:
        """Save the product; nothing, and an error at its field, where the category was deleted meanwhile."""
        product = self.instance
        product.translations |= self.translations.typed()
        if name := self.cleaned_data["new_category"]:
            product.category = add_category(name)
        elif not Category.objects.select_for_update(no_key=True).filter(pk=product.category_id).exists():
            self.add_error("category", CATEGORY_IS_GONE)
            return None
        if product.pk is None:
            product.sku = product.sku or free_number()
            product.slug = free_slug(Product, product.name, product.sku, length=85)
            return super().save(commit)
        product.save(update_fields=self._columns())
        if "stock" in self.changed_data:
            self.stock_changed = product.enter_stock(self.cleaned_data["stock"], seen=seen_in(self["stock"]))
        return product

    def _columns(self) -> list[str]:
        """What the form writes at once; a stock that nobody typed is what was sold meanwhile."""
        return [*(name for name in self.Meta.fields if name != "stock"), "translations"]
