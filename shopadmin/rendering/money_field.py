"""Amounts as people type them: in the form of any language, and never taken for a hundred times as much."""

import re
from decimal import Decimal

from babel.numbers import format_decimal
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shopadmin.rendering.formats import active_locale

BLANKS = "\u0020\u00a0\u2009\u202f"
DIGITS = re.compile(r"[0-9]+")
# 1.234.567,50 and the like: one sign between groups of three, another one (or none) before the decimals.
GROUPED = re.compile(rf"[0-9]{{1,3}}(?:([.,'’{BLANKS}])[0-9]{{3}})(?:\1[0-9]{{3}})*(?:(?!\1)[.,]([0-9]{{1,4}}))?")
PLAIN = re.compile(r"[0-9]+(?:[.,]([0-9]{1,4}))?")
NO_CENTS = re.compile("[.,][-–—]{0,2}$")
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


class Ambiguous(ValueError):
    """An amount that is one thing in one language and another in the next: `1.234`."""


def amount_of(text: str) -> Decimal:
    """The amount that a text says, whichever language wrote it; ValueError where it says none, or two."""
    typed = NO_CENTS.sub("", text.strip().removeprefix("€").removesuffix("€").strip(BLANKS))
    sign = "-" if typed.startswith("-") else ""
    bare = typed.removeprefix("-")
    if AMBIGUOUS.fullmatch(bare):
        raise Ambiguous(text)
    found = PLAIN.fullmatch(bare) or GROUPED.fullmatch(bare)
    if not found:
        raise ValueError(text)
    decimals = found.group(found.re.groups) or ""
    whole = bare[: -len(decimals) - 1] if decimals else bare
    return Decimal(f"{sign}{''.join(DIGITS.findall(whole))}.{decimals or 0}")


class MoneyInput(forms.TextInput):
    """Shows an amount in the form of the active language; what was typed stays as it was typed."""

    def __init__(self, attrs: dict | None = None, *, least_decimals: int = 2) -> None:
        self.pattern = f"#,##0.{'0' * least_decimals}{'#' * (4 - least_decimals)}"
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value) -> str | None:
        if isinstance(value, Decimal):
            return format_decimal(value, format=self.pattern, locale=active_locale())
        return super().format_value(value)


class MoneyField(forms.DecimalField):
    """An amount, to the cent unless said otherwise."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": gettext_lazy("Enter an amount, such as 12.50"),
    }

    def __init__(self, *, max_digits: int = 12, decimal_places: int = 2, **kwargs) -> None:
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)

    def to_python(self, value) -> Decimal | None:
        if not isinstance(value, str) or value.strip() in self.empty_values:
            return super().to_python(value)
        try:
            return super().to_python(amount_of(value))
        except Ambiguous:
            large = format_decimal(Decimal(re.sub("[.,]", "", value)), format="#,##0.00", locale=active_locale())
            hint = _("This amount is ambiguous. If you mean %(amount)s, enter it like that.")
            raise ValidationError(hint % {"amount": large}, code="ambiguous") from None
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class RateField(MoneyField):
    """A rate in per cent, with a point or comma."""

    widget = MoneyInput(least_decimals=0)
