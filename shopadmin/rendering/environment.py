"""What every template may use: globals, filters and the texts in the language that is spoken."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.template import defaultfilters
from django.template.defaultfilters import capfirst, truncatechars
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from django_htmx.jinja import htmx_script
from jinja2 import ChainableUndefined, Environment, Undefined

from shopadmin.access import has_right
from shopadmin.links_in_text import unlinked
from shopadmin.locale_choices import language_name
from shopadmin.rendering import form_fields, formats
from shopadmin.rendering.icons import icon
from shopadmin.search.marking import marked

FORMATS = (
    "money",
    "number",
    "file_size",
    "percent",
    "day",
    "long_day",
    "weekday",
    "month",
    "moment",
    "clock",
    "timestamp",
    "ago",
    "email_address",
    "breakable",
)


class ForgivingEnvironment(Environment):
    """Jinja's own, in which a missing name is empty, but a property that fails is no missing name."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute or item; Jinja alone takes any AttributeError for "there is none" and writes nothing."""
        try:
            return getattr(obj, attribute)
        except AttributeError as error:
            if hasattr(type(obj), attribute) and not isinstance(error, ObjectDoesNotExist):
                raise
        return super().getitem(obj, attribute)


def environment(**options) -> Environment:
    """Return the environment of the Jinja backend, in which a missing name is empty: a typing error is no 500."""
    made = ForgivingEnvironment(extensions=["jinja2.ext.i18n"], **{**options, "undefined": ChainableUndefined})
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
    made.globals |= {
        "url_for": url_for,
        "static": static,
        "get_language": get_language,
        "htmx_script": htmx_script,
        "has_right": has_right,
        "icon": icon,
        "parts_of": form_fields.parts_of,
        "hidden_initial": form_fields.hidden_initial,
        "errors_of_all": form_fields.errors_of_all,
    }
    made.filters |= {name: getattr(formats, name) for name in FORMATS}
    made.filters |= {
        "linebreaks": lambda text: defaultfilters.linebreaks_filter(text, autoescape=True),
        "linebreaksbr": lambda text: defaultfilters.linebreaksbr(text, autoescape=True),
        "urlize": lambda text: defaultfilters.urlize(text, autoescape=True),
        "truncatechars": truncatechars,
        "capfirst": capfirst,
        "language_name": language_name,
        "unlinked": unlinked,
        "marked": marked,
    }
    if settings.DEBUG:
        made.finalize = refuse_callables
    return made


def refuse_callables(value):
    """Return what is about to be written, unless it is a method that nobody called.

    Written as it is, it would show `<bound method …>` with the row it belongs to.
    """
    if callable(value) and not hasattr(value, "__html__") and not isinstance(value, Undefined):
        raise TypeError(f"{value!r} is written without being called.")
    return value


def url_for(name: str, *args) -> str:
    """Return the path of the page of that name."""
    return reverse(name, args=args) if args else _always(name)


@cache
def _always(name: str) -> str:
    return reverse(name)
