"""The languages that customers are written to in."""

from django.db import connection
from django.utils.translation import gettext as _

from customers.models import Customer
from shopadmin.locale_choices import language_name
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import active_locale


def is_language(code: str) -> bool:
    """Whether a code is that of a language the world knows, on offer here or not."""
    return len(code) <= 10 and code.replace("-", "_") in active_locale().languages


# Of each language the next one: as many looks into an index as there are languages, however many customers.
OF_CUSTOMERS = """
WITH RECURSIVE spoken(code) AS (
    SELECT (SELECT min(language) FROM {customers} WHERE is_shopper AND language > '')
    UNION ALL
    SELECT (SELECT min(language) FROM {customers} WHERE is_shopper AND language > code) FROM spoken
    WHERE code IS NOT NULL
)
SELECT code FROM spoken WHERE code IS NOT NULL
"""


def languages_of_customers() -> list[str]:
    """Every language that some customer has, on offer or not."""
    with connection.cursor() as cursor:
        cursor.execute(OF_CUSTOMERS.format(customers=Customer._meta.db_table))
        return [code for (code,) in cursor.fetchall()]


def language_choices(*own: str) -> list[tuple[str, str]]:
    """The languages that the settings switch on, and a customer's `own` although they were switched off."""
    offered = StoreSettings.current().languages
    choices = [(code, language_name(code)) for code in offered]
    for code in dict.fromkeys(own):
        if code and code not in offered:
            switched_off = _("%(language)s (switched off in the settings)") % {"language": language_name(code)}
            choices.append((code, switched_off))
    return choices
