"""Rows of the orders' tables, from what was bought."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from orders.search.texts import composed
from tests.benchmarks import words
from tests.benchmarks.people import END, Person, moment, street_of
from tests.benchmarks.purchases import (
    DELIVERY,
    GOODS,
    Choices,
    Purchases,
    Standing,
    choices_of,
    standing_of,
    texts_of,
    tracking_number,
)

DAY = 24 * 3600  # seconds
TERM = timedelta(days=14)
ORDER = (
    "id", "number", "key", "token", "customer_id", "channel", "placed_at", "state", "payment_state", "shipping_state",
    "email", "first_name", "last_name", "phone", "language", "customer_type", "company_name", "delivery_name",
    "delivery_method_id", "delivery_country", "payment_method",
    "items_gross", "delivery_vat_rate", "delivery_net", "delivery_vat", "delivery_gross",
    "total_net", "total_vat", "total", "paid", "refunded", "pay_by", "search_text",
)  # fmt: skip
# No trigger copies them while the data are made.
COPIES = ("order_placed_at", "order_total")
LINE = (
    "order_id", "product_id", "name", "sku", "quantity", "sent", "unit_gross", "vat_rate", "net", "vat", "gross",
    *COPIES,
)  # fmt: skip
ORDER_ADDRESS = ("order_id", "kind", "country", "street", "house_number", "postcode", "city")
EVENT = ("order_id", "kind", "at")
PAYMENT = ("order_id", "amount", "method", "at", "key")
SHIPMENT = ("order_id", "carrier", "tracking_number", "at")
ORDER_TAG = ("order_id", "tag_id", *COPIES)


def order_rows(purchases: Purchases, methods: Sequence[tuple[int, str]]) -> Iterator[tuple]:
    """Every order; `methods` has the id and the name of each delivery method, in their order."""
    delivery = texts_of(DELIVERY)
    for number, seconds, person, basket in purchases:
        stands, chosen = standing_of(number, seconds, basket), choices_of(number, person)
        method, method_name = methods[chosen.delivery]
        yield (
            number, str(number), f"{number:032x}", f"benchmark-{number}", person.pk,
            chosen.channel, moment(seconds),
            stands.state, stands.payment, stands.shipping,
            person.email, person.first_name, person.last_name, person.mobile or person.phone, person.language,
            "business" if person.company else "private", person.company, method_name, method,
            person.country, chosen.payment,
            basket.line[2], "21.0", *delivery, *basket.total,
            _money(stands.received - stands.refunded), _money(stands.refunded),
            date.fromisoformat(moment(seconds)[:10]) + TERM, _search_text(number, person, stands, chosen),
        )  # fmt: skip


def _search_text(number: int, person: Person, stands: Standing, chosen: Choices) -> str:
    _street, _house, *place = street_of(person.country, person.dice)
    sku, name = GOODS[chosen.good]
    own = [str(number), person.first_name, person.last_name, person.company, person.email]
    return composed(
        [*own, person.mobile or person.phone, "", ""],
        lines=[(name, sku)],
        addresses=[("billing", person.country, *place)],
        tracking=[tracking_number(number)] if stands.sent else [],
    )


def line_rows(purchases: Purchases, products: Mapping[str, int]) -> Iterator[tuple]:
    """One line each: real orders have more, but no list reads them. `products` has the ids by SKU."""
    for number, seconds, person, basket in purchases:
        sent = standing_of(number, seconds, basket).sent
        sku, name = GOODS[choices_of(number, person).good]
        sold = (products[sku], name, sku, basket.quantity, sent, basket.unit, "21.0", *basket.line)
        yield number, *sold, moment(seconds), basket.total[2]


def order_address_rows(purchases: Purchases) -> Iterator[tuple]:
    for number, _seconds, person, _basket in purchases:
        yield number, "billing", person.country, *street_of(person.country, person.dice)


def event_rows(purchases: Purchases) -> Iterator[tuple]:
    """That it was placed; what followed is left out."""
    for number, seconds, _person, _basket in purchases:
        yield number, "placed", moment(seconds)


def payment_rows(purchases: Purchases) -> Iterator[tuple]:
    """What came in a day later at the latest, and what went back a week after."""
    for number, seconds, person, basket in purchases:
        stands, method = standing_of(number, seconds, basket), choices_of(number, person).payment
        for nth, (cents, later) in enumerate([(stands.received, DAY), (-stands.refunded, 8 * DAY)]):
            if cents:
                at = moment(min(seconds + later, END))
                yield number, _money(cents), method, at, f"{number:031x}{nth}"


def shipment_rows(purchases: Purchases) -> Iterator[tuple]:
    for number, seconds, _person, basket in purchases:
        if standing_of(number, seconds, basket).sent:
            yield number, "postnl", tracking_number(number), moment(min(seconds + 2 * DAY, END))


def order_tag_rows(purchases: Purchases) -> Iterator[tuple]:
    """Which orders carry which tag, by number of the tag in the order of the words."""
    for tag_id, share in enumerate(words.TAGS.values(), start=1):
        for number, seconds, _person, basket in purchases:
            if number * 2_654_435_761 // 7**tag_id % 1000 < share:
                yield number, tag_id, moment(seconds), basket.total[2]


def _money(cents: int) -> str:
    return f"{cents / 100:.2f}"
