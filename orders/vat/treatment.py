"""Which VAT law a line falls under: pure rules, each with its article of Directive 2006/112/EC."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, Self

from orders.models.vat_category import VatCategory
from orders.vat.rates import ZERO_RATE, Rates
from orders.vat.territories import FOR_GOODS, MEMBER_STATES, NORTHERN_IRELAND
from shopadmin.models import StoreSettings


class LineVat(NamedTuple):
    """How a line is taxed. Its price contains VAT at `rate_in_price`: where none is charged, it is less by that."""

    category: VatCategory
    country: str
    rate: Decimal
    rate_in_price: Decimal

    @property
    def is_charged(self) -> bool:
        """Whether the shopper pays the price as it is shown; else the price without VAT."""
        return self.category not in WITHOUT_VAT


WITHOUT_VAT = (VatCategory.INTRA_COMMUNITY, VatCategory.REVERSE_CHARGE, VatCategory.EXPORT)


@dataclass(frozen=True)
class Sale:
    """What VAT goes by: the shop and its rates, where the goods end up, and who buys.

    `destination` and `business_in` are territories (`orders.vat.territories`); `business_in` is that of a VAT number
    that was found valid, empty for everybody else.
    """

    rates: Rates
    destination: str
    business_in: str = ""
    small_business: bool = False
    one_stop_shop: bool = False

    @classmethod
    def at_home(cls, store: StoreSettings) -> Self:
        """A sale to a consumer of the shop's own country, as prices in the shop show it."""
        rates = Rates.of(store)
        return cls(rates, rates.home, small_business=store.small_business, one_stop_shop=store.one_stop_shop)

    def to(self, destination: str, *, business_in: str = "") -> Self:
        """The same shop's sale to somewhere else."""
        return replace(self, destination=destination, business_in=business_in)

    def vat_on(self, tax_class: str, *, is_service: bool = False) -> LineVat:
        """How a product of this class is taxed. A delivery is taxed as the goods that it delivers."""
        category, country = self._service() if is_service else self._goods()
        at_home = self.rates.at_home(tax_class)
        if category == VatCategory.EXEMPT:
            return LineVat(category, "", ZERO_RATE, ZERO_RATE)
        if category != VatCategory.STANDARD:
            return LineVat(category, "", ZERO_RATE, at_home)
        rate = self.rates.abroad(tax_class, country)
        return LineVat(category if rate else VatCategory.ZERO_RATED, country, rate, rate)

    def _goods(self) -> tuple[VatCategory, str]:
        """Goods are taxed where their journey begins or ends."""
        home = self.rates.home
        if self.small_business:
            return small_business()
        if self._is_at_home:
            return VatCategory.STANDARD, home  # articles 31 and 32
        if home not in MEMBER_STATES or self.destination not in FOR_GOODS:
            return VatCategory.EXPORT, ""  # article 146(1)(a) and (b)
        if self.business_in in FOR_GOODS - {home}:
            return VatCategory.INTRA_COMMUNITY, ""  # article 138(1)
        # Article 33(a) with the scheme of articles 369a to 369k; below the threshold of article 59c, article 32.
        return VatCategory.STANDARD, self.destination if self.one_stop_shop else home

    def _service(self) -> tuple[VatCategory, str]:
        """Services are taxed where a business that buys them is established, else where the shop is.

        Work such as repairs and courses: what is streamed or downloaded falls under article 58, which is not built. A
        business outside the EU has no number that could be checked, so it pays VAT as a consumer does.
        """
        if self.small_business:
            return small_business()
        home = self.rates.home
        if home in MEMBER_STATES and self.business_in in MEMBER_STATES - {home}:
            return VatCategory.REVERSE_CHARGE, ""  # articles 44 and 196
        return VatCategory.STANDARD, home  # article 45

    @property
    def _is_at_home(self) -> bool:
        """Northern Ireland is at home for a British shop."""
        home = self.rates.home
        return self.destination == home or (home == "GB" and self.destination == NORTHERN_IRELAND)


def small_business() -> tuple[VatCategory, str]:
    """Nothing is charged under the scheme for small enterprises: articles 284 and 289."""
    return VatCategory.EXEMPT, ""
