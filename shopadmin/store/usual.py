"""What shops of a country usually have: offered to whoever has just chosen another one, never taken over unasked."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopadmin.locale_choices import language_name, official, usual_currency, usual_time_zone
from shopadmin.models import StoreSettings


class Usual(NamedTuple):
    """A setting that is another one in most shops of the country: what it is called, what it would be, and to send."""

    label: str | Promise
    shown: str
    name: str
    values: list[str]


def usual_of(store: StoreSettings) -> list[Usual]:
    """Those settings that differ from what is usual in the shop's country."""
    country, found = str(store.country), []
    languages = official(country)
    if set(languages) - set(store.languages):
        names = ", ".join(language_name(code) for code in languages)
        found.append(Usual(_("Languages"), names, "languages", [*dict.fromkeys([*languages, *store.languages])]))
    for label, name, value in (
        (_("Currency"), "currency", usual_currency(country)),
        (_("Time zone"), "time_zone", usual_time_zone(country)),
    ):
        if value and value != getattr(store, name):
            found.append(Usual(label, value.replace("_", " "), name, [value]))
    return found


def to_send(store: StoreSettings) -> list[tuple[str, str]]:
    """What the form of the section sends to take all of it over."""
    now = {"country": [str(store.country)], "languages": store.languages, "currency": [store.currency]}
    now |= {"time_zone": [store.time_zone]} | {one.name: one.values for one in usual_of(store)}
    return [(name, value) for name, values in now.items() for value in values]
