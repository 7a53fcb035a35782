from django.db import models
from django.utils.translation import gettext_lazy as _


class TaxClass(models.TextChoices):
    """Products that are taxed alike; what the rate is, `orders.vat.rates` knows for each country.

    A shop may have classes of its own beside these (`own_1`, `own_2`): rates that no table has.
    """

    STANDARD = "standard", _("Standard")
    REDUCED = "reduced", _("Reduced")
    SECOND_REDUCED = "second_reduced", _("Second reduced")
    THIRD_REDUCED = "third_reduced", _("Third reduced")
    ZERO = "zero", _("Zero")


OWN = "own_"


def is_own(code: str) -> bool:
    """Whether a class is one of the shop's own."""
    return code.startswith(OWN)


def name_of(code: str) -> str:
    """What a class is called on pages."""
    return str(_("Other")) if is_own(code) else str(TaxClass(code).label)
