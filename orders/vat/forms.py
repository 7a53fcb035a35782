"""What a merchant settles about VAT: numbers, schemes, and rates by tax class."""

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import get_cc_module

from orders.models import DeliveryMethod, Product
from orders.models.tax_class import OWN, TaxClass, is_own, name_of
from orders.vat.rates import ONE_DECIMAL, Rates, listed, position
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import percent
from shopadmin.rendering.money_field import RateField
from shopadmin.store.section_form import SectionForm

ANOTHER = "another_rate"


class RatesForm(SectionForm):
    """The rates of one country; a field left empty goes back to the rate of the table."""

    class Meta:
        model = StoreSettings
        fields: list[str] = []

    def __init__(self, data=None, *, store: StoreSettings, country: str) -> None:
        self.country, self.rates = country, Rates.of(store)
        super().__init__(data, store=store)
        known = self.rates.known(country)
        self.codes = [code for code in self._classes(known) if code != TaxClass.ZERO or country != self.rates.home]
        for code in self.codes:
            self.fields[code] = _rate_field(name_of(code), initial=known.get(code), help_text=self._hint(code))
        if country == self.rates.home:
            self.fields[ANOTHER] = _rate_field(_("Another rate"), help_text=_("Adds a tax class of your own."))

    @property
    def saved_fields(self) -> list[str]:
        return [*super().saved_fields, "vat_rates"]

    @property
    def rate_fields(self) -> list[BoundField]:
        """The rates, the standard rate first."""
        return [self[name] for name in self.fields if name in {*self.codes, ANOTHER}]

    def clean(self) -> dict:
        """A class of the shop's own stays as long as something is sold at its rate."""
        cleaned = super().clean()
        for code in self.codes:
            is_emptied = is_own(code) and self.country == self.rates.home and cleaned.get(code) is None
            if is_emptied and code not in self.errors and _is_used(code):
                self.add_error(code, _("Products or delivery methods have this tax class. Change them first."))
        return cleaned

    def save(self, commit: bool = True) -> StoreSettings:
        typed = {code: rate for code in self.codes if (rate := self.cleaned_data[code]) is not None}
        if (rate := self.cleaned_data.get(ANOTHER)) is not None and self.rates.class_at(rate) is None:
            typed[_next_own(self.rates)] = rate
        others = {country: rates for country, rates in self.instance.vat_rates.items() if country != self.country}
        own = _but_listed(typed, self.country)
        self.instance.vat_rates = others | ({self.country: own} if own else {})
        return super().save(commit)

    def _classes(self, known: Mapping[str, Decimal]) -> list[str]:
        """At home the classes there are; abroad all that the shop has, since each needs a rate there."""
        codes = {TaxClass.STANDARD.value, *known}
        if self.country != self.rates.home:
            codes |= {code for code, _label in self.rates.choices()}
        return sorted(codes, key=position)

    def _hint(self, code: str) -> str:
        """What is charged when the field is left empty."""
        if is_own(code) and self.country == self.rates.home:
            return ""
        in_force = Rates(self.rates.home, {}).abroad(code, self.country)
        return str(_("If empty: %s") % percent(in_force))


class TaxForm(RatesForm):
    """The numbers and schemes of the shop, with the rates of its own country."""

    class Meta:
        model = StoreSettings
        fields = ["vat_number", "tax_number", "small_business", "one_stop_shop"]
        widgets = {
            "small_business": forms.CheckboxInput(attrs={"role": "switch"}),
            "one_stop_shop": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, data=None, *, store: StoreSettings) -> None:
        super().__init__(data, store=store, country=str(store.country))

    def doubts(self) -> list[str | Promise]:
        store = self.instance
        check = get_cc_module(str(store.country).lower(), "vat")
        if store.vat_number and check and not check.is_valid(store.vat_number):
            return [_("The VAT number was saved, but does not look valid for this country.")]
        return []


def _rate_field(label: str | Promise, **options) -> RateField:
    return RateField(label=label, required=False, min_value=0, max_value=50, max_digits=4, decimal_places=1, **options)


def _but_listed(typed: Mapping[str, Decimal], country: str) -> dict[str, str]:
    """What differs from the table, which may change by law."""
    table = {code: Decimal(rate) for code, rate in listed(country).items()}
    return {code: str(rate.quantize(ONE_DECIMAL)) for code, rate in typed.items() if table.get(code) != rate}


def _next_own(rates: Rates) -> str:
    taken = [position(code)[1] for code in rates.known(rates.home) if is_own(code)]
    return f"{OWN}{max(taken, default=0) + 1}"


def _is_used(code: str) -> bool:
    return any(model.objects.filter(tax_class=code).exists() for model in (Product, DeliveryMethod))
