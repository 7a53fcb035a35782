"""Orders for the benchmark: twice as many as there are customers, numbered by the moment at which they were placed."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from accounts.demo.catalogue import PRODUCTS
from orders.checkout.totals import Amounts
from tests.benchmarks.people import END, SEED, Person

FIRST_NUMBER = 10_001
RECENT = 14 * 24 * 3600
# How many in a hundred have so many orders; those above four are drawn from a range.
HOW_MANY = [0] * 30 + [1] * 36 + [2] * 14 + [3] * 7 + [4] * 4
# Of the demo's catalogue: its delivery methods by their place, its products by SKU and name.
DOMESTIC, ABROAD, PICKUP = 0, 1, 2
GOODS = [(sku, english[0]) for _slug, sku, _shelf, _price, _rate, _stock, english, *_rest in PRODUCTS]
RARE = len(GOODS) - 1
RATE, DELIVERY = Decimal("21"), Amounts.of_gross(Decimal("4.95"), Decimal("21"))


class Basket(NamedTuple):
    """What one order is of, with its amounts as text, and the total in cents."""

    quantity: int
    unit: str
    line: tuple[str, str, str]
    total: tuple[str, str, str]
    cents: int


class Purchases:
    """Every order in few numbers: the moment and the person; the rest follows from them."""

    def __init__(self, everybody: list[Person]) -> None:
        self.everybody = everybody
        self.placed = sorted(_moments(everybody))
        self.baskets = [_basket(Decimal(price) - Decimal("0.05"), n) for price in range(9, 90, 2) for n in (1, 2, 4)]

    def __iter__(self) -> Iterator[tuple[int, int, Person, Basket]]:
        """(number, seconds, person, basket), the oldest first."""
        for place, packed in enumerate(self.placed):
            seconds, index = packed >> 24, packed & 0xFFFFFF
            person = self.everybody[index]
            yield FIRST_NUMBER + place, seconds, person, self.baskets[(person.dice + place) % len(self.baskets)]

    def tallies(self) -> list[tuple[int, int, int, str]]:
        """(orders, cents, last, numbers) by person."""
        tallies = [(0, 0, 0, "")] * len(self.everybody)
        for number, seconds, person, basket in self:
            orders, cents, _last, numbers = tallies[person.pk - 1]
            cents += standing_of(number, seconds, basket).spent(basket)
            tallies[person.pk - 1] = orders + 1, cents, seconds, f"{numbers} {number}".lstrip()
        return tallies


def _moments(everybody: list[Person]) -> Iterator[int]:
    """When each order was placed, and (in the last 24 bits) by whom; whom an order brought, came with the first."""
    chance = random.Random(SEED + 1)
    counts = [max(int(person.by_order), _how_many(chance)) for person in everybody]
    _adjust(counts, 2 * len(everybody), everybody)
    for index, (person, count) in enumerate(zip(everybody, counts, strict=True)):
        for nth in range(count):
            later = 0 if nth == 0 and person.by_order else int(chance.random() * (END - person.created))
            yield person.created + later << 24 | index


def _how_many(chance: random.Random) -> int:
    place = int(chance.random() * 100)
    return HOW_MANY[place] if place < len(HOW_MANY) else int(4 + 34 * chance.random() ** 3)


def _adjust(counts: list[int], wanted: int, everybody: list[Person]) -> None:
    """Bring the sum to what is wanted, one order a person; nobody whom an order brought loses it."""
    surplus, place = sum(counts) - wanted, 0
    while surplus:
        index = place % len(counts)
        place += 1
        if surplus < 0:
            counts[index], surplus = counts[index] + 1, surplus + 1
        elif counts[index] > int(everybody[index].by_order):
            counts[index], surplus = counts[index] - 1, surplus - 1


def _basket(price: Decimal, quantity: int) -> Basket:
    line = Amounts.of_gross(price * quantity, RATE)
    total = line + DELIVERY
    return Basket(quantity, str(price), texts_of(line), texts_of(total), int(total.gross * 100))


def texts_of(amounts: Amounts) -> tuple[str, str, str]:
    return str(amounts.net), str(amounts.vat), str(amounts.gross)


class Choices(NamedTuple):
    """What was chosen with an order: how it came in, the nth way of delivery, how it is paid, and the nth product."""

    channel: str
    delivery: int
    payment: str
    good: int


def choices_of(number: int, person: Person) -> Choices:
    """Three in a hundred came by phone; 70, 20 and 10 are paid in one way; one in a thousand is of the last product."""
    dice = number * 2_654_435_761 >> 7
    delivery, payment = _ways(dice % 100)
    channel = "backoffice" if dice // 100 % 100 < 3 else "signed_in" if person.registered else "guest"
    return Choices(channel, delivery, payment, _good(dice // 10_000 % 1000))


def _ways(place: int) -> tuple[int, str]:
    """A way of delivery, and how an order is paid that goes this way."""
    if place < 12:
        return PICKUP, "on_pickup" if place < 10 else "bank_transfer"
    if place < 15:
        return ABROAD, "bank_transfer"
    return DOMESTIC, "invoice" if place < 35 else "bank_transfer"


def _good(place: int) -> int:
    """Most orders are of the first product, and one in a thousand of the last."""
    return 0 if place < 600 else RARE if place == 999 else 1 + place % (RARE - 1)


class Standing(NamedTuple):
    """How far an order has come: its three statuses, and what was sent, received and given back (in cents)."""

    state: str
    payment: str
    shipping: str
    sent: int
    received: int
    refunded: int = 0

    def spent(self, basket: Basket) -> int:
        """What its customer spent on it, in cents."""
        return 0 if self.state in {"cancelled", "withdrawn"} else basket.cents - self.refunded


def standing_of(number: int, seconds: int, basket: Basket) -> Standing:
    """What became of an order: of the last fortnight's much is to be done, of those before little."""
    cents, quantity = basket.cents, basket.quantity
    if END - seconds >= RECENT:
        return _of_old(number % 40, cents, quantity)
    place = number % 10
    if place == 9 and quantity > 1:
        return Standing("open", "paid", "partly_shipped", 1, cents)
    if place > 5:
        return Standing("open", "paid", "not_shipped", 0, cents)
    return Standing(
        "open", *(("partly_paid", "not_shipped", 0, 500) if place == 5 else ("unpaid", "not_shipped", 0, 0))
    )


def _of_old(place: int, cents: int, quantity: int) -> Standing:
    if place in {7, 33}:
        return Standing("cancelled" if place == 7 else "withdrawn", "no_payment_due", "not_shipped", 0, 0)
    payment, received, refunded = {
        11: ("refunded", cents, cents),
        12: ("partly_refunded", cents, 500),
        13: ("unpaid", 0, 0),
    }.get(place, ("paid", cents, 0))
    return Standing("completed", payment, "shipped", quantity, received, refunded)


def tracking_number(number: int) -> str:
    """What the carrier calls the parcel of an order."""
    return f"3SBENCH{number * 7919 % 10**9:09}"
