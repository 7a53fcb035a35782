from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from customers.addresses.countries import country_name
from orders.models.positioned import Positioned
from orders.models.tax_class import TaxClass
from shopadmin.rendering.badges import Badge

OFFERED = Badge(_("Offered"), "is-ok")
SWITCHED_OFF = Badge(_("Switched off"), "is-stopped")


class DeliveryMethodQuerySet(models.QuerySet):
    def by_name(self) -> dict[str, int]:
        """The id of the method that is called so, by its names in all languages, in lower case; those offered first."""
        found = {}
        for pk, name, texts in self.order_by("-active", "position", "pk").values_list("pk", "name", "translations"):
            for words in (name, *(translated.get("name", "") for translated in texts.values())):
                found.setdefault(words.strip().lower(), pk)
        found.pop("", None)
        return found


class DeliveryMethod(Positioned):
    """A way for parcels to reach the shopper, with its price (VAT included) and the countries it goes to."""

    name = models.CharField(_("name"), max_length=80)
    delivery_time = models.CharField(_("delivery time"), max_length=80, blank=True)
    translations = models.JSONField(default=dict, blank=True, help_text=_("Name and delivery time by language code."))
    price = models.DecimalField(_("price incl. VAT"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])
    tax_class = models.CharField(_("tax class"), max_length=20, default=TaxClass.STANDARD)
    free_from = models.DecimalField(_("free delivery from"), max_digits=10, decimal_places=2, null=True, blank=True)
    countries = models.JSONField(
        _("countries"), default=list, blank=True, help_text=_("Leave empty for all countries.")
    )
    is_pickup = models.BooleanField(_("pick-up"), default=False)
    active = models.BooleanField(_("offered at checkout"), default=True)

    objects = DeliveryMethodQuerySet.as_manager()

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return self._in_language("name")

    @property
    def shown_delivery_time(self) -> str:
        """How long it takes, in the active language."""
        return self._in_language("delivery_time")

    @property
    def badge(self) -> Badge:
        """Whether shoppers can choose it."""
        return OFFERED if self.active else SWITCHED_OFF

    def countries_in_words(self) -> str:
        """Where it goes, as the list of methods says it."""
        if self.is_pickup or not self.countries:
            return _("All countries")
        return ", ".join(country_name(code) for code in self.countries)

    def goes_to(self, country: str) -> bool:
        return self.active and (self.is_pickup or not self.countries or country in self.countries)

    def price_for(self, items_gross: Decimal) -> Decimal:
        """What delivering goods worth `items_gross` costs, VAT included."""
        is_free = self.free_from is not None and items_gross >= self.free_from
        return Decimal("0.00") if is_free else self.price

    def _in_language(self, field: str) -> str:
        return self.translations.get(get_language() or "", {}).get(field) or getattr(self, field)
