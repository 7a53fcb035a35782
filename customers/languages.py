"""The languages that customers are written to in."""

from django.utils.translation import gettext as _

from shopadmin.locale_choices import language_name
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import active_locale


def is_language(code: str) -> bool:
    """Whether a code is that of a language the world knows, on offer here or not."""
    return len(code) <= 10 and code.replace("-", "_") in active_locale().languages


def language_choices(own: str) -> list[tuple[str, str]]:
    """The languages that the settings switch on, and the customer's `own` although it was switched off."""
    offered = StoreSettings.current().languages
    choices = [(code, language_name(code)) for code in offered]
    if own and own not in offered:
        switched_off = _("%(language)s (switched off in the settings)") % {"language": language_name(own)}
        choices.append((own, switched_off))
    return choices
