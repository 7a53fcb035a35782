"""The VAT rates of each country by tax class, and what a shop charges of them.

Source: European Commission, "VAT rates applied in the Member States of the European Union", with the changes in force
on `AS_OF`; for the United Kingdom (and Northern Ireland, XI), Switzerland and Norway their tax offices. What a merchant
enters in Settings → Taxes comes before the table. The table cannot know which goods a country taxes at which of its
reduced rates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orders.models.tax_class import OWN, TaxClass, is_own, name_of
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import percent

AS_OF = date(2026, 2, 1)
IN_THE_TABLE = (TaxClass.STANDARD, TaxClass.REDUCED, TaxClass.SECOND_REDUCED, TaxClass.THIRD_REDUCED)
# By country, in the order of IN_THE_TABLE.
TABLE = {
    "AT": ("20", "10", "13"), "BE": ("21", "6", "12"), "BG": ("20", "9"), "CH": ("8.1", "2.6", "3.8"),
    "CY": ("19", "5", "9", "3"), "CZ": ("21", "12"), "DE": ("19", "7"), "DK": ("25",), "EE": ("24", "9", "13"),
    "ES": ("21", "10", "4"), "FI": ("25.5", "13.5", "10"), "FR": ("20", "5.5", "10", "2.1"), "GB": ("20", "5"),
    "GR": ("24", "13", "6"), "HR": ("25", "5", "13"), "HU": ("27", "5", "18"), "IE": ("23", "9", "13.5", "4.8"),
    "IT": ("22", "10", "5", "4"), "LT": ("21", "5", "12"), "LU": ("17", "8", "14", "3"), "LV": ("21", "12", "5"),
    "MT": ("18", "5", "7", "12"), "NL": ("21", "9"), "NO": ("25", "15", "12"), "PL": ("23", "8", "5"),
    "PT": ("23", "6", "13"), "RO": ("21", "11"), "SE": ("25", "6", "12"), "SI": ("22", "9.5", "5"),
    "SK": ("23", "19", "5"), "XI": ("20", "5"),
}  # fmt: skip
ONE_DECIMAL, ZERO_RATE = Decimal("0.1"), Decimal("0.0")
NEXT_HIGHER: dict[str, tuple[str, ...]] = {
    TaxClass.SECOND_REDUCED: (TaxClass.REDUCED, TaxClass.STANDARD),
    TaxClass.THIRD_REDUCED: (TaxClass.REDUCED, TaxClass.STANDARD),
}
Overrides = Mapping[str, Mapping[str, str]]  # rates in per cent, by country and tax class


@dataclass(frozen=True)
class Rates:
    """What a shop in the country `home` charges, in per cent."""

    home: str
    overrides: Overrides

    @classmethod
    def of(cls, store: StoreSettings) -> "Rates":
        """What these settings say."""
        return cls(str(store.country), store.vat_rates)

    def at_home(self, tax_class: str) -> Decimal:
        """The shop's own rate of a class."""
        return self.abroad(tax_class, self.home)

    def abroad(self, tax_class: str, country: str) -> Decimal:
        """The rate of a class at a consumer's; the next higher one where a country does not have the class.

        Nothing is zero-rated abroad unless the merchant says so, and a class of the shop's own pays the standard rate.
        """
        known = self.known(country)
        for code in (tax_class, *NEXT_HIGHER.get(tax_class, (TaxClass.STANDARD,))):
            if code in known:
                return known[code]
        return ZERO_RATE

    def known(self, country: str) -> dict[str, Decimal]:
        """The rates of a country by class: as listed, as the merchant entered them, and zero at home."""
        zero = {TaxClass.ZERO.value: "0"} if country == self.home else {}
        rates = {**listed(country), **zero, **self.overrides.get(country, {})}
        return {code: Decimal(rate).quantize(ONE_DECIMAL) for code, rate in rates.items()}

    def class_at(self, rate: Decimal) -> str | None:
        """The class with this rate at home; None where there is none."""
        return next((code for code, known in self.known(self.home).items() if known == rate), None)

    def choices(self) -> list[tuple[str, str]]:
        """The classes that a product can be of, with their rates: `Standard, 21%`."""
        known = {TaxClass.STANDARD.value: ZERO_RATE} | self.known(self.home)
        return [(code, f"{name_of(code)}, {percent(known[code])}") for code in sorted(known, key=position)]


def listed(country: str) -> dict[str, str]:
    """The rates of a country by class, as the table has them."""
    return {code.value: rate for code, rate in zip(IN_THE_TABLE, TABLE.get(country, ()), strict=False)}


def position(code: str) -> tuple[int, int]:
    """Where a class stands among the others: those of the shop's own last, as they were added."""
    return (1, int(code.removeprefix(OWN))) if is_own(code) else (0, TaxClass.values.index(code))
