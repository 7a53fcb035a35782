"""How long the law has a shop keep its records, by country and kind of record.

Counted from the end of the calendar year of the record. As of November 2026:

- NL: art. 52(4) AWR, for the whole administration.
- DE: § 147(3) AO, § 257(4) HGB and § 14b UStG: accounting records 8 years since 2025 (10 before), which holds for all
  whose ten years were not over then; commercial letters, and that is all an order is that came to nothing, 6.
- AT: § 132 BAO, § 212 UGB. BE: art. 60 WBTW and art. 315 WIB 92 (10 years since 2023, 7 before).
- FR: art. L123-22 Code de commerce; for orders art. L213-1 and D213-2 Code de la consommation.
- GB: VAT Act 1994, schedule 11, paragraph 6. In the US no law says so: 7 years are custom.

What is sold under the one-stop shop scheme is kept for 10 years in every EU country (art. 369k of 2006/112/EC). A shop
that uses the scheme enters them in its settings: the product does not know of it.
"""

from datetime import date
from enum import Enum
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from customers.addresses.countries import country_name
from shopadmin.models import StoreSettings
from shopadmin.store.retention_law import RetentionLaw


class Record(Enum):
    """The kinds of records that the law tells apart; each value is the setting that says otherwise."""

    DOCUMENT = "retention_years"  # invoices, credit notes and payments: what the accounts are made from
    ORDER = "order_retention_years"  # an order for which there is none of these


class Term(NamedTuple):
    """The years of a kind of record, and the law that asks for them (empty: custom)."""

    years: int
    law: str = ""


ALL_ALIKE = {
    "NL": Term(7, "art. 52(4) AWR"),
    "AT": Term(7, "§ 132 BAO"),
    "BE": Term(10, "art. 60 WBTW"),
    "GB": Term(6, "VAT Act 1994, schedule 11, paragraph 6"),
    "US": Term(7),
}
TERMS = {country: {Record.DOCUMENT: term, Record.ORDER: term} for country, term in ALL_ALIKE.items()} | {
    "DE": {Record.DOCUMENT: Term(8, "§ 147(3) AO, § 14b UStG"), Record.ORDER: Term(6, "§ 147(3) AO, § 257(4) HGB")},
    "FR": {
        Record.DOCUMENT: Term(10, "art. L123-22 Code de commerce"),
        Record.ORDER: Term(10, "art. L213-1 Code de la consommation"),
    },
}
# The longest known.
ELSEWHERE = 10


def by_setting() -> dict[str, RetentionLaw]:
    """What the page of settings says beside each of its fields."""
    return {
        record.value: RetentionLaw(
            partial(years_by_law, record=record), partial(is_custom, record=record), partial(doubt, record=record)
        )
        for record in Record
    }


def years_by_law(country: str, *, record: Record) -> int:
    """What the law (or custom) of a country asks for; the longest known where we do not know."""
    return TERMS[country][record].years if country in TERMS else ELSEWHERE


def is_custom(country: str, *, record: Record) -> bool:
    """Whether no law of a country asks for its years."""
    return country in TERMS and not TERMS[country][record].law


def doubt(country: str, years: int, *, record: Record) -> str:
    """What the settings say of a shop that keeps records for fewer years than its country asks for."""
    least = years_by_law(country, record=record)
    if years >= least:
        return ""
    words = {"years": least, "country": country_name(country)}
    if country not in TERMS:
        return (
            _(
                "The legal retention period in this country (%(country)s) is not known. With %(years)s years "
                "you are on the safe side."
            )
            % words
        )
    if law := TERMS[country][record].law:
        return _("The law of this country (%(country)s, %(law)s) requires %(years)s years.") % {**words, "law": law}
    return _("In this country (%(country)s), %(years)s years is customary.") % words


def retention_years(store: StoreSettings, record: Record) -> int:
    """How many years this shop keeps a kind of record: its own figure, else its country's."""
    years = getattr(store, record.value)
    return years_by_law(str(store.country), record=record) if years is None else years


def kept_until(day: date, store: StoreSettings, record: Record) -> date:
    """The last day on which a record of `day` must be there."""
    return date(day.year + retention_years(store, record), 12, 31)


def first_day_kept(today: date, store: StoreSettings, record: Record) -> date:
    """The first day whose records must be there today; those of earlier days may go."""
    return date(today.year - retention_years(store, record), 1, 1)
