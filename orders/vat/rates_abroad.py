"""What consumers of other member states pay under the One Stop Shop, as the settings list it."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django_countries import countries

from orders.vat.rates import Rates, position
from orders.vat.territories import FOR_GOODS, NORTHERN_IRELAND
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import percent


class Abroad(NamedTuple):
    """One member state: its rates in words, and whether the merchant has changed any of them."""

    code: str
    name: str
    rates: list[str]
    is_changed: bool


def rates_abroad(store: StoreSettings) -> list[Abroad]:
    """The member states but the shop's own, by name."""
    rates = Rates.of(store)
    rows = [_row(country, rates) for country in FOR_GOODS - {rates.home}]
    return sorted(rows, key=lambda row: row.name)


def country_name(country: str) -> str:
    """The name of a member state, or of Northern Ireland."""
    return _("Northern Ireland") if country == NORTHERN_IRELAND else countries.name(country)


def _row(country: str, rates: Rates) -> Abroad:
    known = rates.known(country)
    words = [percent(known[code]) for code in sorted(known, key=position)]
    return Abroad(country, country_name(country), words, country in rates.overrides)
