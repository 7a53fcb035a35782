"""Who carries a parcel: the fields that the forms for one shipment and for many share."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Shipment
from orders.models.carrier import OF_PARCEL, Carrier
from shopadmin.models import StoreSettings

# Whom most shops of a country send with.
OF_COUNTRY = {"NL": Carrier.POSTNL, "BE": Carrier.BPOST, "DE": Carrier.DHL}
# Of the last shipments some were picked up and have no carrier; this many are read to find one that has.
LOOKED_AT = 20


class CarrierFields(forms.Form):
    """A carrier, listed or by its name; a page of the latter's for following a parcel may be typed too."""

    carrier = forms.ChoiceField(label=gettext_lazy("Carrier"), choices=Carrier)
    carrier_name = forms.CharField(label=gettext_lazy("Name of the carrier"), max_length=60, required=False)
    tracking_link = forms.CharField(
        label=gettext_lazy("Tracking link"),
        max_length=300,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )

    def clean_tracking_link(self) -> str:
        """An address of a web page that nobody can read along; where it has places for the parcel, they are named."""
        link = self.cleaned_data["tracking_link"]
        if not link or self.cleaned_data.get("carrier") != Carrier.OTHER:
            return ""
        filled_in = link
        for name in OF_PARCEL:
            filled_in = filled_in.replace(f"{{{name}}}", "0")
        host = link.partition("://")[2].partition("/")[0]
        if "{" in host or "{" in filled_in or "}" in filled_in:
            raise ValidationError(
                _("In braces, use only {number}, {postcode} or {country}, and only after the host name.")
            )
        URLValidator(["https"], message=_("Enter a link that starts with https://"))(filled_in)
        return link

    def clean_carrier_name(self) -> str:
        """Carriers that are listed have their names."""
        is_other = self.cleaned_data.get("carrier") == Carrier.OTHER
        return self.cleaned_data["carrier_name"] if is_other else ""


def likely_carrier() -> dict[str, str]:
    """The carrier of the shop's last parcel; before the first, the one that most shops of its country use."""
    last = Shipment.objects.order_by("-pk").values_list("carrier", "carrier_name", "tracking_link")[:LOOKED_AT]
    for carrier, name, link in last:
        if carrier != Carrier.OTHER or name:
            # A link without a place for the number led to one parcel.
            return {"carrier": carrier, "carrier_name": name, "tracking_link": link if "{number}" in link else ""}
    return {"carrier": OF_COUNTRY.get(str(StoreSettings.current().country), Carrier.DHL)}
