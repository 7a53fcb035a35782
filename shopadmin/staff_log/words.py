"""An entry of the staff log in words: on which page, what a list showed, by what somebody signed in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shopadmin.models import StaffLogEntry
from shopadmin.search.pages import pages

# Pages that one comes to from a list; the others are called as the search calls them.
PAGES = {
    "customer": gettext_lazy("Customer"),
    "backoffice_order": gettext_lazy("Order"),
    "mail": gettext_lazy("Email"),
    "privacy_request": gettext_lazy("Privacy request"),
    "search_everywhere": gettext_lazy("Search"),
    "bulk_action": gettext_lazy("Bulk action"),
    "customer_look": gettext_lazy("Customer view opened"),
    "customer_look_end": gettext_lazy("Customer view ended"),
    "staff": gettext_lazy("Staff"),
    "staff_sign_in": gettext_lazy("Sign in"),
    "mfa_authenticate": gettext_lazy("Second step"),
}
SHOWN = {
    "customers": gettext_lazy("customers %(numbers)s"),
    "orders": gettext_lazy("orders %(numbers)s"),
    "mails": gettext_lazy("emails %(numbers)s"),
    "customer": gettext_lazy("found customers %(numbers)s"),
    "backoffice_order": gettext_lazy("found orders %(numbers)s"),
}
WAYS = {
    "password": gettext_lazy("Password"),
    "code": gettext_lazy("Email code"),
    "password_reset": gettext_lazy("Password link"),
    "totp": gettext_lazy("Authenticator app"),
    "webauthn": gettext_lazy("Passkey"),
    "recovery_codes": gettext_lazy("Recovery codes"),
}


def in_words(entry: StaffLogEntry) -> list[str]:
    """Return where it was and what was shown, in parts."""
    return [part for part in _parts(entry) if part]


def _parts(entry: StaffLogEntry) -> Iterator[str]:
    told = entry.detail
    yield f"{page_in_words(entry.page)} {told.get('at', {}).get('number', '')}".strip()
    yield ", ".join(str(WAYS.get(way, way)) for way in told.get("ways", []))
    if told.get("filters"):
        yield _("filters: %(names)s") % {"names": ", ".join(told["filters"])}
    if "hits" in told:
        yield _("rows: %(count)s") % {"count": f"{told['hits']}{'+' if told.get('more') else ''}"}
    for name, words in SHOWN.items():
        if numbers := told.get(name):
            yield str(words) % {"numbers": ", ".join(map(str, numbers))}


def page_in_words(name: str) -> str:
    """Return what a page is called; by its name in the code where nobody looks for it."""
    known = PAGES.get(name) or next((page.title for page in pages if page.url_name == name), "")
    return str(known or name.replace("_", " "))
