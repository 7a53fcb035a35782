"""Rows of the orders' tables, from what was bought."""

from collections.abc import Iterator
from datetime import date, timedelta

from orders.search.texts import composed
from tests.benchmarks import words
from tests.benchmarks.people import END, Person, moment, street_of
from tests.benchmarks.purchases import DELIVERY, Purchases, Standing, standing_of, texts_of, tracking_number

DAY = 24 * 3600  # seconds
TERM = timedelta(days=14)
ORDER = (
    "id", "number", "key", "token", "customer_id", "channel", "placed_at", "state", "payment_state", "shipping_state",
    "email", "first_name", "last_name", "phone", "language", "customer_type", "company_name", "delivery_name",
    "payment_method", "items_gross", "delivery_vat_rate", "delivery_net", "delivery_vat", "delivery_gross",
    "total_net", "total_vat", "total", "paid", "refunded", "pay_by", "search_text",
)  # fmt: skip
LINE = ("order_id", "name", "sku", "quantity", "sent", "unit_gross", "vat_rate", "net", "vat", "gross")
ORDER_ADDRESS = ("order_id", "kind", "country", "street", "house_number", "postcode", "city")
EVENT = ("order_id", "kind", "at")
PAYMENT = ("order_id", "amount", "method", "at", "key")
SHIPMENT = ("order_id", "carrier", "tracking_number", "at")
ORDER_TAG = ("order_id", "tag_id")


def order_rows(purchases: Purchases) -> Iterator[tuple]:
    delivery = texts_of(DELIVERY)
    for number, seconds, person, basket in purchases:
        stands = standing_of(number, seconds, basket)
        yield (
            number, str(number), f"{number:032x}", f"benchmark-{number}", person.pk,
            "signed_in" if person.registered else "guest", moment(seconds),
            stands.state, stands.payment, stands.shipping,
            person.email, person.first_name, person.last_name, person.mobile or person.phone, person.language,
            "business" if person.company else "private", person.company, "Parcel", "bank_transfer",
            basket.line[2], "21.0", *delivery, *basket.total,
            _money(stands.received - stands.refunded), _money(stands.refunded),
            date.fromisoformat(moment(seconds)[:10]) + TERM, _search_text(number, person, stands),
        )  # fmt: skip


def _search_text(number: int, person: Person, stands: Standing) -> str:
    _street, _house, *place = street_of(person.country, person.dice)
    own = [str(number), person.first_name, person.last_name, person.company, person.email]
    return composed(
        [*own, person.mobile or person.phone, "", ""],
        lines=[("Stacking mug", "VV-118")],
        addresses=[("billing", person.country, *place)],
        tracking=[tracking_number(number)] if stands.sent else [],
    )


def line_rows(purchases: Purchases) -> Iterator[tuple]:
    """One line each: real orders have more, but no list reads them."""
    for number, seconds, _person, basket in purchases:
        sent = standing_of(number, seconds, basket).sent
        yield number, "Stacking mug", "VV-118", basket.quantity, sent, basket.unit, "21.0", *basket.line


def order_address_rows(purchases: Purchases) -> Iterator[tuple]:
    for number, _seconds, person, _basket in purchases:
        yield number, "billing", person.country, *street_of(person.country, person.dice)


def event_rows(purchases: Purchases) -> Iterator[tuple]:
    """That it was placed; what followed is left out."""
    for number, seconds, _person, _basket in purchases:
        yield number, "placed", moment(seconds)


def payment_rows(purchases: Purchases) -> Iterator[tuple]:
    """What came in a day later at the latest, and what went back a week after."""
    for number, seconds, _person, basket in purchases:
        stands = standing_of(number, seconds, basket)
        for nth, (cents, later) in enumerate([(stands.received, DAY), (-stands.refunded, 8 * DAY)]):
            if cents:
                at = moment(min(seconds + later, END))
                yield number, _money(cents), "bank_transfer", at, f"{number:031x}{nth}"


def shipment_rows(purchases: Purchases) -> Iterator[tuple]:
    for number, seconds, _person, basket in purchases:
        if standing_of(number, seconds, basket).sent:
            yield number, "postnl", tracking_number(number), moment(min(seconds + 2 * DAY, END))


def order_tag_rows(purchases: Purchases) -> Iterator[tuple]:
    """Which orders carry which tag, by number of the tag in the order of the words."""
    for tag_id, share in enumerate(words.TAGS.values(), start=1):
        yield from (
            (number, tag_id) for number, *_rest in purchases if number * 2_654_435_761 // 7**tag_id % 1000 < share
        )


def _money(cents: int) -> str:
    return f"{cents / 100:.2f}"
