"""What a document says where no VAT is charged (art. 226 of Directive 2006/112/EC), in the active language."""

from django.utils.translation import gettext_lazy as _

from orders.models import VatCategory

REASONS = {
    VatCategory.INTRA_COMMUNITY: _("Intra-Community supply, exempt from VAT (art. 138 Directive 2006/112/EC)"),
    VatCategory.REVERSE_CHARGE: _("Reverse charge"),
    VatCategory.EXPORT: _("Export outside the EU, exempt from VAT (art. 146 Directive 2006/112/EC)"),
}
# Of small businesses, by the seller's country.
SMALL_BUSINESS = {
    "NL": _("Exempt from VAT under the small businesses scheme (art. 25 Wet OB 1968)"),
    "DE": _("No VAT is charged, in accordance with § 19 UStG (small business)"),
    "BE": _("Special exemption scheme for small businesses"),
    "AT": _("Exempt from VAT as a small business (§ 6 (1) no. 27 UStG 1994)"),
}
ANYWHERE_ELSE = _("Exempt from VAT under the small businesses scheme (art. 284 Directive 2006/112/EC)")


def reason_of(category: str, seller_country: str) -> str:
    """Why no VAT is charged on lines of a category; empty where it is, or where the rate is zero by law."""
    if category == VatCategory.EXEMPT:
        return str(SMALL_BUSINESS.get(seller_country, ANYWHERE_ELSE))
    return str(REASONS.get(category, ""))
