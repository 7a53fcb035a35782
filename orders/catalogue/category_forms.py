from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.catalogue.languages import TextsByLanguage
from orders.catalogue.slugs import free_slug
from orders.models import Category


class CategoryForm(forms.ModelForm):
    """The name of a category, and what it is called in the further languages of the shop."""

    class Meta:
        model = Category
        fields = ["name"]

    def __init__(self, data=None, *, instance: Category | None = None) -> None:
        super().__init__(data, instance=instance)
        entered = {code: {"name": name} for code, name in self.instance.translations.items()}
        self.translations = TextsByLanguage(self, ["name"], entered)
        self.translations.name_the_language()

    def clean_name(self) -> str:
        """A name that tells the category from the others."""
        name = self.cleaned_data["name"]
        if named(name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is already a category with this name."))
        return name

    def save(self, commit: bool = True) -> Category:
        typed = self.translations.typed()
        self.instance.translations = {code: texts["name"] for code, texts in typed.items() if texts}
        if self.instance.pk is None:
            place_last(self.instance)
        return super().save(commit)


class DeleteForm(forms.Form):
    """Where the products of a category that is to go are put; asked only if it has any."""

    move_to = forms.ModelChoiceField(
        Category.objects.none(), label=gettext_lazy("Move the products to"), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, data=None, *, category: Category) -> None:
        super().__init__(data)
        self.category = category
        self.others = Category.objects.exclude(pk=category.pk)
        if category.products.exists():
            self.fields["move_to"].queryset = self.others
        else:
            del self.fields["move_to"]

    def save(self) -> None:
        """Move the products and delete the category: both or neither."""
        with transaction.atomic():
            Category.objects.select_for_update().get(pk=self.category.pk)  # nobody puts another product in meanwhile
            if "move_to" in self.cleaned_data:
                self.category.move_products_to(self.cleaned_data["move_to"])
            self.category.delete()


def named(name: str):
    """Return the categories of that name, whatever its case."""
    return Category.objects.filter(name__iexact=name)


def add_category(name: str) -> Category:
    """Return the category of that name: the one there is, or a new one behind all others."""
    category = named(name).first() or Category(name=name)
    if category.pk is None:
        place_last(category)
        category.save()
    return category


def place_last(category: Category) -> None:
    """Give a new category its address and the last place."""
    category.slug = free_slug(Category, category.name, length=60)
    category.place_last()
