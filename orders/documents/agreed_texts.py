"""The shop's legal texts as an order was placed under them: mailed with it, and kept for its page."""

from typing import NamedTuple

from orders.models import Order
from orders.withdrawal.model_text import model_text
from shopadmin.models import StoreSettings
from shopadmin.models.store import in_active_language, is_link
from shopadmin.store.legal_texts import LEGAL_TEXTS, agreed_texts_at


class AgreedText(NamedTuple):
    """A legal text with its title; `link` is where the shop has it, where it gives no more than that."""

    title: str
    text: str
    link: str = ""


def agreed_texts(order: Order, *, is_new: bool = False) -> list[AgreedText]:
    """The terms, and for consumers how to withdraw, in the active language, as they stood when the order was placed.

    Consumers get how to withdraw in words, whatever the shop has (art. 6(1)(h) and 8(7) of Directive 2011/83/EU).
    """
    store = StoreSettings.current()
    by_kind = {kind: getattr(store, kind) for kind in store.AGREED_TO} if is_new else agreed_texts_at(order.placed_at)
    found = [_agreed("terms", in_active_language(by_kind["terms"]))]
    if order.has_right_of_withdrawal:
        how = _agreed("withdrawal_information", in_active_language(by_kind["withdrawal_information"]))
        found.append(how if how.text else how._replace(text=model_text(order)))
    return [agreed for agreed in found if agreed.text or agreed.link]


def _agreed(kind: str, stored: str) -> AgreedText:
    title = str(LEGAL_TEXTS[kind])
    return AgreedText(title, "", stored) if is_link(stored) else AgreedText(title, stored)
