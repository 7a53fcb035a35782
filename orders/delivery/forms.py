"""A delivery method as the merchant enters it."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_countries.data import COUNTRIES

from orders.catalogue.languages import TextsByLanguage
from orders.models import DeliveryMethod
from orders.vat.tax_class_field import tax_class_field
from shopadmin.models import StoreSettings
from shopadmin.rendering.money_field import MoneyField

TEXTS = ("name", "delivery_time")
# Where most parcels go: the European Union, its neighbours and the United Kingdom.
EUROPE = (
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT",
    "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip


class DeliveryMethodForm(forms.ModelForm):
    """What a way of delivery is called, costs, and where it goes."""

    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you choose none, it is offered to all countries."),
    )

    class Meta:
        model = DeliveryMethod
        fields = ["name", "delivery_time", "price", "free_from", "tax_class", "countries", "is_pickup", "active"]
        field_classes = {"price": MoneyField, "free_from": MoneyField}
        widgets = {
            "is_pickup": forms.CheckboxInput(attrs={"role": "switch"}),
            "active": forms.CheckboxInput(attrs={"role": "switch"}),
        }
        help_texts = {
            "delivery_time": _("For example: 1 to 2 working days"),
            "free_from": _("Leave empty if delivery is never free."),
            "is_pickup": _("Customers collect the order and may pay on pick-up, whatever their country."),
        }

    def __init__(self, data=None, *, instance: DeliveryMethod | None = None) -> None:
        super().__init__(data, instance=instance)
        self.translations = TextsByLanguage(self, TEXTS, self.instance.translations)
        self.translations.name_the_language()
        self.fields["tax_class"] = tax_class_field()
        self.nearby = _nearby(self.instance.countries)
        self.fields["countries"].choices = [*self.nearby, *_others(self.nearby)]
        self.fields["free_from"].min_value = Decimal("0.01")

    def save(self, commit: bool = True) -> DeliveryMethod:
        self.instance.translations = {code: texts for code, texts in self.translations.typed().items() if texts}
        if self.instance.pk is None:
            self.instance.place_last()
        return super().save(commit)


def _nearby(chosen: list[str]) -> list[tuple[str, str]]:
    """The countries to choose from at first sight: the shop's own, those that are chosen, and Europe."""
    home = str(StoreSettings.current().country)
    first = [home, *(code for code in chosen if code != home)]
    return [(code, countries.name(code)) for code in [*first, *_by_name(set(EUROPE) - set(first))]]


def _others(nearby: list[tuple[str, str]]) -> list[tuple[str, str]]:
    rest = set(COUNTRIES) - {code for code, _name in nearby}
    return [(code, countries.name(code)) for code in _by_name(rest)]


def _by_name(codes: set[str]) -> list[str]:
    return [code for code, _name in countries if code in codes]
