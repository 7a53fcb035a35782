"""How long the law has a shop keep what it invoiced.

Counted from the end of the calendar year of the document. Sources: NL art. 52(4) AWR; DE § 14b UStG, § 147(3) AO
(8 years since 2025); AT § 132 BAO; BE art. 60 WBTW (10 years since 2023); FR art. L123-22 Code de commerce;
GB VAT Act 1994, schedule 11, paragraph 6. In the US no law says so: 7 years are custom.
"""

from datetime import date

from django.utils.translation import gettext as _

from customers.addresses.countries import country_name
from shopadmin.models import StoreSettings

YEARS = {"NL": 7, "DE": 8, "AT": 7, "BE": 10, "FR": 10, "GB": 6, "US": 7}
LAWS = {
    "NL": "art. 52(4) AWR",
    "DE": "§ 14b UStG",
    "AT": "§ 132 BAO",
    "BE": "art. 60 WBTW",
    "FR": "art. L123-22 Code de commerce",
    "GB": "VAT Act 1994, schedule 11, paragraph 6",
}
ELSEWHERE = 10


def years_by_law(country: str) -> int:
    """What the law (or custom) of a country asks for; the longest known where we do not know."""
    return YEARS.get(country, ELSEWHERE)


def doubt(country: str, years: int) -> str:
    """What the settings say of a shop that keeps documents for fewer years than its country asks for."""
    least = years_by_law(country)
    if years >= least:
        return ""
    words = {"years": least, "country": country_name(country), "law": LAWS.get(country, "")}
    if country in LAWS:
        return _("The law of this country (%(country)s, %(law)s) requires %(years)s years.") % words
    if country in YEARS:
        return _("In this country (%(country)s), %(years)s years is customary.") % words
    return (
        _(
            "The legal retention period in this country (%(country)s) is not known. With %(years)s years "
            "you are on the safe side."
        )
        % words
    )


def retention_years(store: StoreSettings) -> int:
    """How many years this shop keeps documents: its own figure, else its country's."""
    return years_by_law(str(store.country)) if store.retention_years is None else store.retention_years


def kept_until(day: date, store: StoreSettings) -> date:
    """The last day on which a document of `day` must be there."""
    return date(day.year + retention_years(store), 12, 31)
