"""Cells of a file of products → values, or why not."""

import re
from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from customers.importing.choices import NO, YES
from customers.importing.choices import yes_or_no as plain_yes_or_no
from customers.importing.empty_cells import IN_TEXTS, PROGRAMS
from customers.importing.outcome import Partly, Refusal
from customers.importing.values import text
from customers.search.text import fold
from orders.catalogue.importing import vat
from orders.catalogue.importing.columns import FROM_OTHERS, TEXTS
from orders.catalogue.importing.descriptions import plain_text
from orders.importing.amounts import amount
from orders.models import Category, Product
from orders.models.product import MOST_STOCK
from shopadmin.models import StoreSettings

WHOLE = re.compile(r"([+-]?[0-9]{1,12})(?:[.,]0+)?")
SHOWN = frozenset(["visible", "published", "online", "active", "catalog", "search"])
HIDDEN = frozenset(
    ["hidden", "draft", "archived", "private", "pending", "unlisted", "inactive", "offline", "concept", "entwurf"]
)
# What a system writes for a category instead of its name.
CODES = re.compile(r"[0-9a-f]{32}|[0-9]+", re.IGNORECASE)
WITH_COMMAS = ("WooCommerce", "PrestaShop")
MOST_OF = {name: Product._meta.get_field(name).max_length for name in TEXTS}
MOST_OF_CATEGORY = Category._meta.get_field("name").max_length


def readers(system: str, *, is_ours: bool) -> dict[str, Callable]:
    """What reads the cells of each field; a text in a further language is read as in the first."""
    currency = StoreSettings.current().currency
    found: dict[str, Callable] = {column.name: text(200, "") for column in FROM_OTHERS}
    found |= {name: partial(_text, name=name, system=system, is_ours=is_ours) for name in TEXTS}
    return found | {
        "sku": text(Product._meta.get_field("sku").max_length, ""),
        "category": partial(_category, system=system, is_ours=is_ours),
        "price": lambda cell: amount(cell, currency),
        vat.COLUMN: vat.read,
        "stock": _stock,
        "low_stock_at": _stock,
        "service": plain_yes_or_no,
        "withdrawal_excepted": plain_yes_or_no,
        "visible": partial(_visible, system=system),
        "status": partial(_visible, system=system),
    }


def nothing_of(name: str, *, is_ours: bool) -> frozenset[str]:
    """What says of a field that there is nothing; a product may be called *None*, and our own files mean it."""
    if name == "sku" or (is_ours and name.split("_")[0] in {*TEXTS, "category"}):
        return frozenset()
    return frozenset(PROGRAMS.split()) if name == "name" else IN_TEXTS


def _text(cell: str, *, name: str, system: str, is_ours: bool) -> str | Partly:
    words = cell.replace("\r\n", "\n")
    if not is_ours:
        words = plain_text(words.replace("\\n", "\n") if system == "WooCommerce" else words)
        words = words if name == "description" else " ".join(words.split())
    return words if len(words) <= MOST_OF[name] else _shortened(words, MOST_OF[name])


def _shortened(words: str, most: int) -> Partly:
    kept = words[: most - 1]
    kept = f"{kept.rsplit(None, 1)[0] if ' ' in kept else kept}…"
    return Partly(kept, _("The text is longer than %(most)s characters and was shortened.") % {"most": most})


def _category(cell: str, *, system: str, is_ours: bool) -> str | Refusal | Partly:
    """The name of the one category that a product has here: of a path the last, of several the first."""
    if is_ours:
        return cell
    names = re.split("[|,]" if system.startswith(WITH_COMMAS) else "[|]", cell)
    names = list(filter(None, (" ".join(name.rpartition(">")[2].split()) for name in names)))
    if not names or CODES.fullmatch(names[0]):
        return Refusal(_("This is not the name of a category."))
    if len(names[0]) > MOST_OF_CATEGORY:
        return text(MOST_OF_CATEGORY, "")(names[0])
    if len(names) > 1:
        return Partly(names[0], _("A product has one category here. The first one is used."))
    return names[0]


def _stock(cell: str) -> int | Refusal | Partly:
    found = WHOLE.fullmatch(cell)
    if not found or int(found[1]) > MOST_STOCK:
        return Refusal(_("Enter a whole number from 0 to %(most)s.") % {"most": MOST_STOCK})
    if int(found[1]) < 0:
        return Partly(0, _("The stock is below 0 and was set to 0."))
    return int(found[1])


def _visible(cell: str, *, system: str) -> bool | Refusal:
    word = fold(cell).replace(" ", "_")
    if word in SHOWN or word in HIDDEN:
        return word in SHOWN
    if system == "WooCommerce" and cell == "-1":  # a draft there, and true in Access
        return False
    return plain_yes_or_no(cell)


def is_counted(cell: str | None) -> bool:
    """Whether the stock of a product is counted: named is what counts it, or yes."""
    word = (cell or "").lower()
    return bool(word) and word not in NO or word in YES
