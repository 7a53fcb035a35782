"""Values of the archive: plain, as a program reads them, and in words, as the person does."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django_countries import countries
from django_countries.fields import Country, CountryField
from phonenumber_field.modelfields import PhoneNumberField

from shopadmin.locale_choices import language_name
from shopadmin.rendering import formats


def plain(field: models.Field, value: Any) -> Any:
    """A value as JSON holds it: dates in ISO, amounts to the cent, phone numbers in E.164, codes as they are."""
    if isinstance(field, PhoneNumberField):
        return str(field.get_prep_value(value) or "")
    return simple(value)


def simple(value: Any) -> Any:
    """A value of no field as JSON holds it."""
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, Decimal | Country | models.Model):
        return str(value)
    return value


def worded(field: models.Field, value: Any, *, currency: Callable[[], str]) -> str:
    """A value as people read it; empty where there is none. `currency` is asked for an amount alone."""
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.name == "language":
        return language_name(str(value))
    if isinstance(field, models.DecimalField):
        return formats.money(value, currency()) if field.decimal_places == 2 else formats.percent(value)
    show = next((show for kind, show in BY_KIND.items() if isinstance(field, kind)), in_words)
    return show(value)


def in_words(value: Any) -> str:
    """A value of no field as people read it, whatever is in it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    return "" if value is None else str(value)


def _country(value: Country | str) -> str:
    return countries.name(str(value)) or str(value)


# DateTimeField first: each is a DateField too. An email address is a CharField.
BY_KIND: dict[type[models.Field], Callable[[Any], str]] = {
    models.DateTimeField: formats.moment,
    models.DateField: formats.long_day,
    models.EmailField: formats.email_address,
    CountryField: _country,
    PhoneNumberField: str,
}
