"""The nine fields of an address, as the backoffice, the checkout and the account ask for them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from customers.addresses.countries import address_rules, country_choices, postcode_of
from customers.models import Address, Customer, PostalAddress
from shopadmin.models import StoreSettings

AUTOCOMPLETE = {
    "country": "country",
    "street": "address-line1",
    "line2": "address-line2",
    "postcode": "postal-code",
    "city": "address-level2",
    "region": "address-level1",
}
# Where a house without a number is so rare that leaving it out is a slip; many type it into the street.
NUMBERED = frozenset({"NL", "BE", "DE", "AT"})


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


class AddressForm(forms.ModelForm):
    """One address, `prefix` says which: billing or shipping.

    `required=False`: it may stay empty as a whole. `checked=False`: it is kept as typed, complete or not,
    because it is switched off. `likely_country`: what is chosen while nobody has; else the shop's own.
    """

    class Meta:
        model = Address
        fields = PostalAddress.FIELDS

    def __init__(
        self,
        data: dict | None = None,
        *,
        instance: Address | None = None,
        prefix: str = Address.Kind.BILLING,
        required: bool = True,
        checked: bool = True,
        initial: dict | None = None,
        likely_country: str = "",
    ) -> None:
        home = likely_country or str(StoreSettings.current().country)
        if instance is None or not instance.country:
            initial = {"country": home, **(initial or {})}
        super().__init__(data, instance=instance, prefix=prefix, initial=initial)
        if instance is not None and not instance.country:
            self.initial["country"] = home
        self.heading = Address.Kind(prefix).label
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            choices=country_choices(),
            error_messages={"invalid_choice": _("Choose a country from the list.")},
        )
        self._ask_for(required=required, checked=checked)
        for name, token in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = f"{prefix} {token}"

    def _ask_for(self, *, required: bool, checked: bool) -> None:
        """Mark as required what the chosen country needs."""
        self.checked = checked and (required or not self.is_bound or not self.is_blank)
        # One on offer or none: the library would take "528" for the Netherlands, and fail at "²".
        on_offer, typed = dict(self.fields["country"].choices), self._typed("country")
        country = typed if typed in on_offer else ""
        needed = {"country", *address_rules(country).required} if self.checked else set()
        if self.checked and country in NUMBERED and not _has_digit(self._typed("street")):
            needed.add("house_number")
        words = {"country": on_offer.get(country, "?")}
        message = _("Required for addresses in this country (%(country)s).") % words
        for name, field in self.fields.items():
            field.required = name in needed
            field.error_messages["required"] = message if name != "country" else _("Choose a country.")

    def _typed(self, name: str) -> str:
        """What a field holds right now, before it was checked."""
        value = self[name].value()
        return str(value or "").strip()

    @property
    def is_blank(self) -> bool:
        """Whether nothing but a country was entered."""
        return not any(self._typed(name) for name in self.fields if name != "country")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("postcode"):
            cleaned["postcode"] = self._clean_postcode(cleaned["postcode"], cleaned.get("country", ""))
        return cleaned

    def _clean_postcode(self, postcode: str, country: str) -> str:
        """The postcode in the country's own spelling; a wrong one is refused with an example."""
        if tidy := postcode_of(country, postcode):
            return tidy
        if self.checked:
            words = {"country": countries.name(country), "example": address_rules(country).postcode_example}
            message = _("Enter a valid postcode for this country (%(country)s), for example %(example)s.")
            self.add_error("postcode", ValidationError(message, params=words, code="postcode"))
        return postcode

    def save_for(self, customer: Customer, *, only: list[str] | None = None) -> Address | None:
        """Write the address (or `only` some of its fields) to the customer; an empty one is taken away."""
        address = Address.objects.filter(customer=customer, kind=self.prefix).first()
        address = address or Address(customer=customer, kind=self.prefix)
        for name in self.fields if only is None or address.pk is None else only:
            setattr(address, name, self.cleaned_data[name])
        if not address.is_empty:
            address.save()
        elif address.pk:
            address.delete()
        return address if address.pk else None
