"""Icons, by the names that we call things."""

from functools import cache

from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

# What we call a thing, where the icon package calls it otherwise.
ICONS = {
    "home": "house",
    "orders": "receipt-text",
    "customers": "users",
    "products": "package",
    "privacy": "shield-check",
    "settings": "sliders-horizontal",
    "alert": "triangle-alert",
    "more": "ellipsis",
    "bin": "trash-2",
    "key": "key-round",
    "edit": "pencil",
    "close": "x",
    "up": "arrow-up",
    "arrow": "arrow-down",
    "down": "chevron-down",
    "right": "chevron-right",
    "left": "chevron-left",
    "money": "banknote",
    "file": "file-text",
    "print": "printer",
    "undo": "undo-2",
    "note": "sticky-note",
    "door": "log-out",
    "sign-in": "log-in",
    "passkey": "fingerprint-pattern",
    "app": "smartphone",
    "device": "monitor",
    "security": "shield",
    "cart": "shopping-bag",
    "add-picture": "image-plus",
}


@cache
def icon(name: str) -> SafeString:
    """Return the icon for a thing or an act; the word beside it says what it means."""
    return lucide(ICONS.get(name, name), size=20, **{"class": "icon", "aria-hidden": "true"})
