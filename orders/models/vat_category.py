from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VatCategory(models.TextChoices):
    """How VAT law treats a line, by its code in EN 16931 (UNCL5305); only S has a rate above 0."""

    STANDARD = "S", _("VAT")
    ZERO_RATED = "Z", _("Zero rate")
    INTRA_COMMUNITY = "K", _("Intra-Community supply")
    REVERSE_CHARGE = "AE", _("VAT reverse-charged")
    EXPORT = "G", _("Export outside the EU")
    EXEMPT = "E", _("Exempt from VAT")


def has_vat_only_at_a_rate(prefix: str = "") -> Q:
    """What holds for the columns of a line or a delivery: category S with a rate, any other without rate and VAT."""
    category, rate, vat = (f"{prefix}{name}" for name in ("vat_category", "vat_rate", "vat"))
    is_standard = Q(**{category: VatCategory.STANDARD})
    return (is_standard & Q(**{f"{rate}__gt": 0})) | (~is_standard & Q(**{rate: 0, vat: 0}))
