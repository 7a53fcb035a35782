"""Names of languages in the active language."""

from django.utils.translation import gettext as _

from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import active_locale


def language_name(code: str) -> str:
    """German for `de`; the code itself where the name is not known."""
    name = active_locale().languages.get(code.replace("-", "_"), code)
    return name[:1].upper() + name[1:]


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
