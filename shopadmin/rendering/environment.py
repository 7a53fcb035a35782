"""The templates in which a page would spend half of its time: `*.jinja`, put into a page by `{% compiled %}`.

Django's templates look up each name anew wherever it stands; Jinja's are compiled to Python, which takes a fifth of the
time for what a page has many of: rows, filters, the entries of a timeline.
"""

from functools import cache

from django.urls import reverse
from django.utils import html
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment

from shopadmin.access import has_right
from shopadmin.rendering import formats
from shopadmin.templatetags.shop import badge, breakable, icon

FORMATS = ("money", "number", "day", "long_day", "moment", "clock", "timestamp", "ago")


def environment(**options: object) -> Environment:
    """What these templates may use: some tags and filters of the others; a missing name is empty here too."""
    made = Environment(**options | {"undefined": ChainableUndefined})
    made.globals |= {"url_of": url_of, "icon": icon, "badge": badge, "has_right": has_right}
    made.filters |= {name: getattr(formats, name) for name in FORMATS}
    made.filters |= {"breakable": breakable, "linebreaks": linebreaks}
    return made


def linebreaks(text: str) -> SafeString:
    """The text in paragraphs and lines, as Django's filter of that name writes them."""
    return mark_safe(html.linebreaks(text, autoescape=True))


def url_of(name: str, *args: object) -> str:
    """The address of the page of that name."""
    return reverse(name, args=args) if args else _always(name)


@cache
def _always(name: str) -> str:
    return reverse(name)
