"""Taxes as a section of the settings."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopadmin.models import StoreSettings
from shopadmin.store.sections import Group, Section


def missing(store: StoreSettings) -> list[str | Promise]:
    """Return what an invoice cannot be without (article 226(3) of Directive 2006/112/EC)."""
    return [] if store.vat_number or store.tax_number else [_("VAT number or tax number")]


SECTION = Section(
    "taxes",
    Group.SELLING,
    _("Taxes"),
    _("Your numbers on invoices, and how much VAT your prices contain."),
    url_name="taxes",
    words=_("VAT, tax rate, sales tax"),
    missing=missing,
)
