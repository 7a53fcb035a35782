from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models.tax_class import TaxClass
from orders.vat.rates import Rates
from shopadmin.models import StoreSettings


def tax_class_field() -> forms.ChoiceField:
    """The choice of a tax class, each with the rate that it has now."""
    return forms.ChoiceField(
        label=_("Tax class"), choices=Rates.of(StoreSettings.current()).choices(), initial=TaxClass.STANDARD
    )
