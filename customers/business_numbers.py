"""The numbers of companies: what looks wrong about one, and the spelling it is kept in.

They are checked for their form (python-stdnum), never looked up; so what is found is a doubt, not an error.
"""

import re

from django.utils.translation import gettext as _
from django_countries import countries
from stdnum.eu.vat import MEMBER_STATES
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.nl import bsn
from stdnum.util import get_cc_module

FIELDS = ("company_number", "coc_number", "vat_number")
# For VAT, Greece is EL and Northern Ireland XI; the library has them as gr and gb.
PREFIX_OF = {"GR": "EL"}
COUNTRY_OF = {"EL": "GR", "XI": "GB"}
DUTCH_COC = re.compile("[0-9]{8}")


def warnings_for(field: str, value: str, country: str) -> list[str]:
    """What looks wrong about the number in `field`, for a company in `country`; nothing if all is well."""
    value = value.strip()
    return CHECKS[field](value, country) if value else []


def normal_form(field: str, value: str, country: str) -> str:
    """The number as it is kept: a right one without blanks, for VAT with its country; any other as typed."""
    value = value.strip()
    if field == "coc_number" and DUTCH_COC.fullmatch(digits := _compact(value)) and country == "NL":
        return digits
    if field != "vat_number" or not value:
        return value
    prefix, module, number = _vat_parts(value, country)
    if module is None or not _is_member_state(prefix) or not module.is_valid(number):
        return value
    number = module.compact(number)
    return number if number.startswith(prefix) else f"{prefix}{number}"


def _doubts_about_vat(value: str, country: str) -> list[str]:
    prefix, module, number = _vat_parts(value, country)
    if module is None:
        return []
    where = {"country": countries.name(COUNTRY_OF.get(prefix, prefix))}
    try:
        module.validate(number)
    except InvalidLength:
        return [_("Check the VAT number: the length is wrong for this country (%(country)s).") % where]
    except InvalidChecksum:
        return [_("Check the VAT number: the check digit is wrong (%(country)s).") % where]
    except ValidationError:
        return [_("Check the VAT number: the format is wrong for this country (%(country)s).") % where]
    return []


def _vat_parts(value: str, country: str) -> tuple:
    """The country's prefix, the library's module for it (or None) and the number without blanks and dots."""
    number = _compact(value).upper()
    prefix = number[:2] if _is_member_state(number[:2]) else PREFIX_OF.get(country, country)
    if len(prefix) != 2:
        return prefix, None, number
    home = COUNTRY_OF.get(prefix, prefix)
    if prefix == "XI":
        number = number.removeprefix(prefix)
    return prefix, get_cc_module(home.lower(), "vat"), number


def _compact(value: str) -> str:
    return re.sub(r"[\s.\-]", "", value)


def _is_member_state(prefix: str) -> bool:
    return COUNTRY_OF.get(prefix, prefix).lower() in MEMBER_STATES or prefix == "XI"


def _doubts_about_coc(value: str, country: str) -> list[str]:
    if country != "NL" or DUTCH_COC.fullmatch(_compact(value)):
        return []
    return [_("Check the KvK number: it must have 8 digits.")]


def _doubts_about_company(value: str, country: str) -> list[str]:
    """A Dutch citizen number (BSN) passes the same test as a company's own number (RSIN).

    Only who must by law may keep a BSN (article 46 of the Dutch GDPR Implementation Act): a web shop may not.
    """
    digits = _compact(value)
    if not re.fullmatch(r"[0-9]{9}", digits) or not bsn.is_valid(digits):
        return []
    return [
        _(
            "This could be a person's citizen number (BSN), which a shop is not allowed to keep. Confirm "
            "that it is the company's own number (RSIN)."
        )
    ]


CHECKS = {
    "vat_number": _doubts_about_vat,
    "coc_number": _doubts_about_coc,
    "company_number": _doubts_about_company,
}
