"""How long the law has a shop keep what it invoiced.

Counted from the end of the calendar year of the document. Sources: NL art. 52(4) AWR; DE § 14b UStG, § 147(3) AO
(8 years since 2025); AT § 132 BAO; BE art. 60 WBTW (10 years since 2023); FR art. L123-22 Code de commerce;
GB VAT Act 1994, schedule 11, paragraph 6. In the US no law says so: 7 years are custom.
"""

from datetime import date

from shopadmin.models import StoreSettings

YEARS = {"NL": 7, "DE": 8, "AT": 7, "BE": 10, "FR": 10, "GB": 6, "US": 7}
ELSEWHERE = 10
BY_CUSTOM = frozenset({"US"})


def years_by_law(country: str) -> int:
    """What the law (or custom) of a country asks for; the longest known where we do not know."""
    return YEARS.get(country, ELSEWHERE)


def retention_years(store: StoreSettings) -> int:
    """How many years this shop keeps documents: its own figure, else its country's."""
    return years_by_law(str(store.country)) if store.retention_years is None else store.retention_years


def kept_until(day: date, store: StoreSettings) -> date:
    """The last day on which a document of `day` must be there."""
    return date(day.year + retention_years(store), 12, 31)
