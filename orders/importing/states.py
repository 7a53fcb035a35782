"""The states of other systems → ours: Shopify, WooCommerce, PrestaShop, Magento, Shopware, Lightspeed, in en, nl, de.

Every system, plugin and translation has words of its own, made of the same stems: `wc-completed`, `Komplett
abgeschlossen`, `processing_awaiting_shipment`. So stems are looked for at the beginnings of words, folded, and what
says that something is not so, or not yet, is asked first.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from customers.search.text import fold
from orders.models import Order

State, Payment, Shipping = Order.State, Order.PaymentState, Order.ShippingState


class Meaning(NamedTuple):
    """What a word says of an order; empty where it says nothing of it."""

    state: str = ""
    payment: str = ""
    shipping: str = ""
    is_partly_refunded: bool = False


def _stems(stems: str) -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(stem.strip() for stem in stems.split(','))})")


YES = frozenset(["yes", "y", "true", "1", "x", "ja", "j", "wahr", "waar", "oui", "si"])
NO = frozenset(["no", "n", "false", "0", "nee", "nein", "falsch", "onwaar", "non"])
DRAFT = _stems("draft, checkout draft, concept, entwurf, trash, prullenbak, papierkorb, abandoned")
NEVER = _stems(
    "cancel, cancl, annul, geannul, storn, abgebrochen, abgelehnt, afgebroken, afgewezen, geweigerd, declin, "
    "reject, fail, mislukt, fehl, void, expire, verlopen, abgelaufen, payment error, error, fout, betalingsfout, "
    "zahlungsfehler, invalid"
)
REFUND = _stems(
    "refund, terugbeta, erstatt, ruckerstatt, zuruckerstatt, ruckzahl, zuruckgezahlt, gutschrift, wiedergutschrift, "
    "gecrediteerd, credited, chargeback, charged back, gutgeschrieben, paypal reversed, reversed, rembours"
)
PART = _stems("part, deels, gedeelte, teil")
NOT = _stems(
    r"not\b, no\b, niet, nicht, geen, kein, "
    "un(?:paid|fulfil|shipped|bezahlt|versandt|versendet), on(?:betaald|verzonden)"
)
WAITS = _stems(
    "pending, await, wait, wacht, in afwachting, wart, ausstehend, offen, open, hold, holded, in de wacht, review, "
    "authori, autori, geautori, reserv, gereserv, verzogert, uberprufung, klarung, te betalen, due, overdue, "
    "remind, mahnung, herinner, unconfirmed, new, nieuw, neu, suspected, confirm, bevestigd, bestatigt, in "
    "rechnung, rechnung gestellt, komplett in rechnung, gefactureerd, invoiced, scheduled, backorder, nabestelling, "
    "ruckstand"
)
UNDER_WAY = _stems(
    "process, in behandeling, behandeling, in bearbeitung, bearbeitung, verwerk, in verwerking, bezig, in progress, "
    "preparation, in voorbereiding, voorbereid, vorbereitung, in vorbereitung, bestellung in, ready, klaar, bereit, "
    "zur lieferung, versandbereit, versandfertig, verzendklaar, packed, ingepakt, verpackt, picking, restocked"
)
PAID = _stems(
    "paid, payment accepted, payment received, remote payment accepted, betaald, betaling "
    "(?:aanvaard|geaccept|ontvangen), bezahlt, zahlung (?:eingegangen|erhalten|akzeptiert|angenommen), captured, "
    "settled, voldaan, beglichen, complet, komplett, ontvangen, eingegangen, received, afgerond, voltooid, "
    "abgeschlossen"
)
SENT = _stems(
    "ship, verzond, verstuur, versand, versend, verschick, sent, deliver, gelever, afgelever, bezorgd, zugestell, "
    "ausgelief, gelief, picked up, opgehaald, afgehaald, abgeholt, dispatch, fulfil, complet, komplett, return, "
    "geretourneerd, retour, out for, onderweg, unterwegs, on the way"
)
DONE = _stems(
    "done, finished, termin, afgerond, voltooid, afgehandeld, afgewerkt, abgeschlossen, fertiggestellt, erledigt, "
    "fertig, closed, gesloten, geschlossen, archiv, gearchiveerd"
)
ABOUT_MONEY = _stems(
    "pa(?:y|id), betal, betaa, bezahl, zahlung, overboeking, uberweisung, check, cheque, scheck, wire, bank, invoice"
)


@lru_cache(maxsize=5_000)
def state(cell: str) -> Meaning | None:
    """What the state of a whole order says; None where the word is not known, and a draft is nothing at all."""
    word = _folded(cell)
    if DRAFT.search(word):
        return Meaning()
    if "reversal" in word:  # Magento: PayPal gave the money back to the shop after all
        return Meaning(State.OPEN, Payment.PAID)
    if REFUND.search(word):
        is_part = bool(PART.search(word))
        return Meaning(State.COMPLETED, "" if is_part else Payment.REFUNDED, is_partly_refunded=is_part)
    if NEVER.search(word):
        return Meaning(State.CANCELLED)
    if PART.search(word):
        return _under_way(word)
    if NOT.search(word) or WAITS.search(word) or UNDER_WAY.search(word):
        return _under_way(word)
    if SENT.search(word) or DONE.search(word):
        return Meaning(State.COMPLETED, "", Shipping.SHIPPED)
    return Meaning(State.OPEN, Payment.PAID) if PAID.search(word) else None


def _under_way(word: str) -> Meaning:
    """An open order: what it waits for, and what has been done for it."""
    is_part, is_not = PART.search(word), NOT.search(word)
    shipping = Shipping.PARTLY_SHIPPED if is_part and SENT.search(word) else Shipping.NOT_SHIPPED
    if is_part and ABOUT_MONEY.search(word):
        return Meaning(State.OPEN, Payment.PARTLY_PAID, shipping)
    if is_not or WAITS.search(word) and ABOUT_MONEY.search(word) and not PAID.search(word):
        return Meaning(State.OPEN, Payment.UNPAID, shipping)
    # What is being worked at was paid: so WooCommerce, Magento, PrestaShop and Lightspeed use the word.
    is_paid = PAID.search(word) or UNDER_WAY.search(word)
    return Meaning(State.OPEN, Payment.PAID if is_paid else Payment.UNPAID, shipping)


@lru_cache(maxsize=5_000)
def payment(cell: str) -> Meaning | None:
    """What the state of a payment says."""
    word = _folded(cell)
    if word in YES:
        return Meaning(payment=Payment.PAID)
    if REFUND.search(word):
        is_part = bool(PART.search(word))
        return Meaning(payment="" if is_part else Payment.REFUNDED, is_partly_refunded=is_part)
    if word in NO or any(stems.search(word) for stems in (NOT, NEVER, WAITS, UNDER_WAY)):
        return Meaning(payment=Payment.UNPAID)
    if PART.search(word):
        return Meaning(payment=Payment.PARTLY_PAID)
    return Meaning(payment=Payment.PAID) if PAID.search(word) else None


@lru_cache(maxsize=5_000)
def shipping(cell: str) -> Meaning | None:
    """What the state of a delivery says."""
    word = _folded(cell)
    if word in YES:
        return Meaning(shipping=Shipping.SHIPPED)
    if PART.search(word):
        return Meaning(shipping=Shipping.PARTLY_SHIPPED)
    if word in NO or any(stems.search(word) for stems in (NOT, NEVER, WAITS, UNDER_WAY)):
        return Meaning(shipping=Shipping.NOT_SHIPPED)
    return Meaning(shipping=Shipping.SHIPPED) if SENT.search(word) or DONE.search(word) else None


def _folded(cell: str) -> str:
    return fold(cell).removeprefix("wc ")
