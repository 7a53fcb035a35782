from django import forms
from django.utils.translation import gettext_lazy as _

from orders.handling.carrier_fields import CarrierFields, likely_carrier
from orders.handling.form_sent_once import FormSentOnce
from orders.models import Order, OrderLine
from orders.models.carrier import Carrier

OF_CARRIER = ("carrier", "carrier_name", "tracking_number", "tracking_link")


class ShipmentForm(FormSentOnce, CarrierFields):
    """A parcel: who carries it, and how many of each line are in it; all goods that are left unless one says so.

    Nobody carries what is picked up, or services, which are provided once the goods are gone.
    """

    tracking_number = forms.CharField(
        label=_("Tracking number"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data=None, *, order: Order) -> None:
        is_carried = order.is_parcel and not order.only_services_left
        super().__init__(data, initial=likely_carrier() if is_carried else {})
        if not is_carried:
            for name in OF_CARRIER:
                del self.fields[name]
        self.unsent_lines = [line for line in order.lines.all() if line.unsent]
        only_services = all(line.is_service for line in self.unsent_lines)
        for line in self.unsent_lines:
            self.fields[self._name(line)] = forms.IntegerField(
                label=line.name,
                required=False,
                initial=line.unsent if only_services or not line.is_service else 0,
                min_value=0,
                max_value=line.unsent,
                error_messages={
                    "invalid": _("Enter a whole number"),
                    "min_value": _("Enter 0 or more"),
                    "max_value": _("Only %(limit_value)s left"),
                },
                help_text=_("Left: %(unsent)d of %(quantity)d") % {"unsent": line.unsent, "quantity": line.quantity},
            )

    @property
    def quantity_fields(self) -> list[forms.BoundField]:
        return [self[self._name(line)] for line in self.unsent_lines]

    @property
    def quantities(self) -> dict[OrderLine, int]:
        """How many of each line go; whoever names no line sends what the form suggests."""
        names = {line: self._name(line) for line in self.unsent_lines}
        names_none = not any(name in self.data for name in names.values())
        return {
            line: self.fields[name].initial if names_none else self.cleaned_data[name] or 0
            for line, name in names.items()
        }

    @property
    def parcel(self) -> dict:
        """Who carries it and how to follow it, and the key."""
        typed = {name: self.cleaned_data[name] for name in (*OF_CARRIER, "key") if name in self.cleaned_data}
        return {"carrier": Carrier.OTHER, **typed}

    def _name(self, line: OrderLine) -> str:
        return f"quantity-{line.pk}"
