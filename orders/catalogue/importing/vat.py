"""What a file says of VAT → the tax class of a product."""

from decimal import Decimal

from django.utils.translation import gettext as _

from customers.importing.outcome import Refusal
from orders.importing.cells import vat_rate
from orders.vat.rates import Rates
from shopadmin.models import StoreSettings

COLUMN = "tax_class"


def read(cell: str) -> str | Refusal:
    """The class that a cell names, by its code or by the rate that it has now."""
    rates = Rates.of(StoreSettings.current())
    if cell.lower() in dict(rates.choices()):
        return cell.lower()
    rate = vat_rate(cell)
    found = rates.class_at(rate) if isinstance(rate, Decimal) else None
    if found is None and isinstance(rate, Decimal):
        return Refusal(_("No tax class of the shop has this rate. Add it in the settings, or use another one."))
    return found or Refusal(_("Enter a tax class, such as standard, or its rate, such as 21."))
