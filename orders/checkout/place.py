"""Placing an order: all of it or nothing, and once however often the button is pressed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from customers.models import Customer
from orders import mails
from orders.checkout.cart import in_stock, in_store
from orders.checkout.customer import join_customer, take_customer
from orders.checkout.discounts import NO_DISCOUNTS, Discounts
from orders.checkout.quote import Quote, QuoteLine
from orders.customer_hooks import totals
from orders.documents.numbering import FIRST_ORDER, next_order_number
from orders.handling import payment_status
from orders.handling.errors import AccountGone
from orders.models import DeliveryMethod, Order, OrderAddress, OrderLine, Product
from orders.search.texts import has_goods_in
from orders.vat.sale import check_for, sale_of
from shopadmin.lists.json_rows import store_prefetched
from shopadmin.models import StoreSettings

MOST_AN_HOUR = 20
COPIED = ("email", "first_name", "last_name", "phone", "language", "customer_type", "order_note")
COPIED_OF_COMPANY = (*Order.COMPANY_FIELDS, "reference")


class NotAsAgreed(Exception):
    """Prices or stock are no longer what the shopper saw before pressing the button."""


class TooManyOrders(Exception):
    """Guests have ordered so often with an address that the shop would flood its mailbox."""


@dataclass(frozen=True)
class Placed:
    """The order that a press of the button led to; `is_new` for the press that placed it, and no other."""

    order: Order
    is_new: bool = False
    is_new_customer: bool = False


def place(
    quantities: Mapping[int, int],
    *,
    delivery: DeliveryMethod | None,
    key: UUID,
    agreed: str,
    details: Mapping,
    addresses: Mapping[str, Mapping],
    payment_method: str,
    shopper: Customer | None = None,
    wants_account: bool = False,
    discounts: Discounts = NO_DISCOUNTS,
    by: Customer | None = None,
) -> Placed:
    """Order `quantities` of products (by id); a `key` that was used before returns the order that it placed.

    `agreed` is the fingerprint of the quote that the shopper saw: NotAsAgreed where it is another by now. Without goods
    among the products the `delivery` counts for nothing.
    `wants_account`: the shopper has typed a password for an account. `by`: the merchant who enters the order.
    TooManyOrders where guests ordered too often for one customer, AccountGone where the shopper was erased meanwhile.
    """
    try:
        with transaction.atomic():
            lines = _lines(quantities, most=in_stock if by else in_store)
            has_goods = has_goods_in(line.product.is_service for line in lines)
            delivery = delivery if has_goods else None
            sale = sale_of(details, addresses, delivery)
            quote = Quote(discounts.taken_off(lines), StoreSettings.current().currency, sale, delivery)
            if quote.fingerprint != agreed or not quote.lines or (has_goods and not delivery):
                raise NotAsAgreed
            _take_from_stock(quote)
            channel = Order.Channel.BACKOFFICE if by else channel_of(shopper)
            order = _order(quote, key=key, details=details, payment_method=payment_method, channel=channel)
            if quote.sale.business_in:
                order.keep_vat_check(check_for(details, addresses))
            is_new_customer = _save(order, quote, details=details, addresses=addresses, shopper=shopper, by=by)
            mails.tell_of_order(order, by=by or shopper, offers_account=not wants_account)
    except (IntegrityError, NotAsAgreed, AccountGone, TooManyOrders):
        # Another press of the same button was quicker: it took the key, and perhaps the last piece.
        earlier = Order.objects.filter(key=key).first()
        if earlier is None:
            raise
        return Placed(earlier)
    return Placed(order, is_new=True, is_new_customer=is_new_customer)


def order_of(key: str) -> Order | None:
    """The order that was placed with this key; None where there is none, or it is no key."""
    try:
        return Order.objects.filter(key=UUID(key)).first()
    except ValueError:
        return None


def too_many_of(customer: Customer) -> bool:
    """Whether a customer had so many orders in the last hour that one more would flood their mailbox."""
    if not settings.RATE_LIMITS or customer.orders_count < MOST_AN_HOUR:
        return False
    recent = customer.orders.filter(placed_at__gt=timezone.now() - timedelta(hours=1))
    return recent.count() >= MOST_AN_HOUR


def channel_of(shopper: Customer | None) -> Order.Channel:
    """How an order came in through the shop."""
    return Order.Channel.SIGNED_IN if shopper else Order.Channel.GUEST


def _lines(quantities: Mapping[int, int], *, most: Callable[[Product], int]) -> tuple[QuoteLine, ...]:
    """The products at this moment, locked, so that nobody changes a price before the order is placed."""
    locked = Product.objects.order_by("pk").select_for_update(no_key=True)
    products = {product.pk: product for product in locked.filter(pk__in=quantities)}
    lines = tuple(QuoteLine(products[pk], quantity) for pk, quantity in quantities.items() if pk in products)
    if any(line.quantity > most(line.product) for line in lines):
        raise NotAsAgreed
    return lines


def _take_from_stock(quote: Quote) -> None:
    """One guarded UPDATE: it takes everything or, where something has run out, raises NotAsAgreed."""
    counted = {line.product.pk: line.quantity for line in quote.lines if line.product.stock is not None}
    if not counted:
        return
    taken = Case(*(When(pk=pk, then=Value(quantity)) for pk, quantity in counted.items()))
    there = Product.objects.filter(pk__in=counted, stock__gte=taken)
    if there.update(stock=F("stock") - taken) != len(counted):
        raise NotAsAgreed


def _order(quote: Quote, *, key: UUID, details: Mapping, payment_method: str, channel: str) -> Order:
    is_business = details["customer_type"] == Customer.Type.BUSINESS
    copied = (*COPIED, *COPIED_OF_COMPANY) if is_business else COPIED
    return Order(
        **{name: details.get(name, "") for name in copied},
        **quote.for_order(details["language"]),
        key=key,
        number=next_order_number(StoreSettings.current().order_prefix, first=FIRST_ORDER),
        channel=channel,
        payment_method=payment_method,
    )


def _save(
    order: Order,
    quote: Quote,
    *,
    details: Mapping,
    addresses: Mapping[str, Mapping],
    shopper: Customer | None,
    by: Customer | None,
) -> bool:
    """Write the order with all that belongs to it; True when its customer is a new one."""
    if by and shopper:
        customer, is_new_customer = take_customer(order, shopper), False
    else:
        customer, is_new_customer = join_customer(order, details=details, addresses=addresses, shopper=shopper)
        if order.channel == Order.Channel.GUEST and too_many_of(customer):
            raise TooManyOrders
    payment_status.begin(order)
    lines = [OrderLine(order=order, **line.for_order(order.language)) for line in quote.lines]
    copies = [OrderAddress(order=order, kind=kind, **address) for kind, address in addresses.items()]
    order.derive_fields(lines=lines, addresses=copies)
    order.save()
    # As if read, for all who write about it.
    store_prefetched(order, "lines", OrderLine.objects.bulk_create(lines))
    store_prefetched(order, "addresses", OrderAddress.objects.bulk_create(copies))
    totals.count_in(order, customer, addresses=copies if is_new_customer else None)
    return is_new_customer
