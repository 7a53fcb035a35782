"""An order as an edit would make it: its lines, prices and owner, and the changes to show and to write."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, Self

from django.utils import translation

from customers.models import Customer
from orders.checkout.discounts import Discount
from orders.checkout.totals import ZERO
from orders.editing.changes import COMPANY_FIELDS, PERSONAL_FIELDS, Change, address_in_words
from orders.editing.ownership import Outcome, Ownership, is_another_address, ownership_after
from orders.editing.repricing import Priced, PricedDelivery, Sales, Sums, share_out, sums_of
from orders.models import DeliveryMethod, Order, OrderLine, Product, VatCheck
from orders.search.texts import has_goods_in
from orders.vat.checks import check_of
from orders.vat.sale import sale_to

Addresses = Mapping[str, Mapping[str, str]]  # billing, and shipping when it is another
CONTACT = ("first_name", "last_name", *COMPANY_FIELDS, "email", "phone")


@dataclass(frozen=True)
class Wanted:
    """What an editor wants to change; whatever is left out stays as it is.

    `quantities` are by id of the line (0 removes it), `added` by id of the product; `discounts` and `discounts_added`
    likewise. Without a `delivery` the order keeps its own, at the agreed price. `is_not_theirs`: with its corrected
    email address the order moves away from its registered customer.
    """

    contact: Mapping[str, str] = field(default_factory=dict)
    addresses: Addresses | None = None
    quantities: Mapping[int, int] = field(default_factory=dict)
    added: Mapping[int, int] = field(default_factory=dict)
    discounts: Mapping[int, Discount] = field(default_factory=dict)
    discounts_added: Mapping[int, Discount] = field(default_factory=dict)
    order_discount: Discount | None = None
    delivery: DeliveryMethod | None = None
    payment_method: str = ""
    is_not_theirs: bool = False


class ReviewRow(NamedTuple):
    """A line with its quantity and price before and after; 0 before where it is added, 0 after where it is removed."""

    name: str
    was: int
    quantity: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Edited:
    """An order with what is wanted of it, priced: the review shows it, and `edit` writes the same."""

    order: Order
    wanted: Wanted
    addresses: Addresses
    vat_check: VatCheck | None
    lines: list[Priced]
    removed: list[OrderLine]
    delivery: PricedDelivery
    sums: Sums
    ownership: Ownership

    @classmethod
    def of(cls, order: Order, wanted: Wanted) -> Self:
        """Work out what an order would be."""
        now = addresses_of(order)
        addresses = now if wanted.addresses is None else wanted.addresses
        check = _check_of_new_number(order, wanted, addresses)
        sales = _sales(order, wanted, now, addresses, check)
        lines, removed = _lines(order, wanted, sales)
        if not has_goods_in(line.is_service for line in lines):
            addresses = _without_goods(order, now, addresses)
        delivery = _delivery(order, wanted, sales, lines)
        sums = sums_of(order, lines, delivery, removed=bool(removed))
        ownership = _ownership(order, wanted)
        return cls(order, wanted, addresses, check, lines, removed, delivery, sums, ownership)

    @cached_property
    def changes(self) -> list[Change]:
        """The changes, in the sequence in which pages list them."""
        return _changes_of(self)

    @property
    def rows(self) -> list[ReviewRow]:
        """Each line, those taken off last."""
        found = [
            ReviewRow(line.line.name, line.line.quantity, line.quantity, line.line.gross, amounts.gross)
            if line.line
            else ReviewRow(str(line.product), 0, line.quantity, ZERO, amounts.gross)
            for line, amounts in zip(self.lines, self.sums.lines, strict=True)
        ]
        return found + [ReviewRow(line.name, line.quantity, 0, line.gross, ZERO) for line in self.removed]

    @cached_property
    def more_of(self) -> Counter[int]:
        """How many more of each product the order takes, by its id; below zero where it gives some back."""
        more = Counter[int]()
        for line in self.lines:
            if line.product:
                more[line.product.pk] += line.quantity - (line.line.quantity if line.line else 0)
        for removed in self.removed:
            if removed.product_id:
                more[removed.product_id] -= removed.quantity
        return more

    @property
    def discounts(self) -> tuple[Decimal, Decimal]:
        """What is taken off in all, before and after."""
        lines = [*(line.line for line in self.lines if line.line), *self.removed]
        before, after = (line.discount for line in lines), (sum(line.taken_off, ZERO) for line in self.lines)
        return sum(before, ZERO), sum(after, ZERO)

    @property
    def discounted_lines(self) -> set[int]:
        """The lines that get another discount, by id."""
        if self.wanted.order_discount is None:
            return set(self.wanted.discounts)
        return {line.line.pk for line in self.lines if line.line}

    @property
    def left_to_pay(self) -> Decimal:
        """What is left to pay afterwards; below zero what is to be refunded."""
        return self.sums.total.gross - self.order.credited - self.order.paid

    @property
    def concerns_shopper(self) -> bool:
        """Whether the shopper is emailed: price, items, company or delivery change, and not only name or phone."""
        is_told = any(change.field in COMPANY_FIELDS or change.field not in PERSONAL_FIELDS for change in self.changes)
        return is_told or self.is_sent_elsewhere

    @property
    def has_new_vat_number(self) -> bool:
        """Whether the order gets another VAT number, or loses its own."""
        return _has_new_number(self.order, self.wanted)

    @property
    def has_new_email(self) -> bool:
        """Whether emails about the order go to another mailbox from now on."""
        return any(change.field == "email" for change in self.changes)

    @property
    def is_sent_elsewhere(self) -> bool:
        """Whether the parcel goes to another address."""
        now = addresses_of(self.order)
        before, after = (kinds.get("shipping") or kinds.get("billing") for kinds in (now, self.addresses))
        return before != after and self.has_goods and not self.delivery.is_pickup

    @property
    def has_goods(self) -> bool:
        """Whether something on it has to be delivered."""
        return has_goods_in(line.is_service for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """A hash of all that the review shows, and of what the order was before: another one calls for a new review."""
        sums = [self.order.total, self.order.paid, self.sums.total, self.sums.delivery, *self.sums.lines]
        shown = ([tuple(change) for change in self.changes], tuple(self.ownership), sums)
        return sha256(repr(shown).encode()).hexdigest()[:32]


def addresses_of(order: Order) -> dict[str, dict[str, str]]:
    """The addresses of an order as it stands, by kind."""
    return {address.kind: address.as_dict() for address in order.addresses.all()}


def lacks_delivery(order: Order) -> bool:
    """Whether it has services alone and was placed without a delivery method, so that goods need one."""
    return not (order.has_goods or order.delivery_name)


def _has_new_number(order: Order, wanted: Wanted) -> bool:
    return wanted.contact.get("vat_number", order.vat_number) != order.vat_number


def _ownership(order: Order, wanted: Wanted) -> Ownership:
    if is_another_address(order.email, wanted.contact.get("email", order.email)):
        return ownership_after(order, wanted.contact["email"], is_not_theirs=wanted.is_not_theirs)
    return Ownership(Outcome.STAYS, order.customer_id or 0)


def _check_of_new_number(order: Order, wanted: Wanted, addresses: Addresses) -> VatCheck | None:
    """What is known of a VAT number that is entered; None where none is."""
    billing = addresses.get("billing")
    is_asked = _has_new_number(order, wanted) and order.customer_type == Customer.Type.BUSINESS
    return check_of(wanted.contact["vat_number"], billing["country"]) if is_asked and billing else None


def _sales(order: Order, wanted: Wanted, now: Addresses, addresses: Addresses, check: VatCheck | None) -> Sales:
    """The sale that the order is and the one it becomes. The VAT number that it had counts as it did when it came."""
    had = order.vat_number if order.vat_checked_at else ""
    has = had
    if _has_new_number(order, wanted):
        has = wanted.contact["vat_number"] if check and check.is_valid else ""
    is_pickup = wanted.delivery.is_pickup if wanted.delivery else order.is_pickup
    return Sales(
        sale_to(now, is_pickup=order.is_pickup, proven_number=had),
        sale_to(addresses, is_pickup=is_pickup, proven_number=has),
    )


def _without_goods(order: Order, now: Addresses, addresses: Addresses) -> Addresses:
    """The same without a shipping address; an order of services that was placed with one keeps it."""
    kept = {} if order.has_goods or "shipping" not in now else {"shipping": now["shipping"]}
    return {kind: address for kind, address in addresses.items() if kind != "shipping"} | kept


def _lines(order: Order, wanted: Wanted, sales: Sales) -> tuple[list[Priced], list[OrderLine]]:
    stay, removed = [], []
    is_read = "lines" in getattr(order, "_prefetched_objects_cache", {})
    for line in order.lines.all() if is_read else order.lines.select_related("product"):
        quantity = wanted.quantities.get(line.pk, line.quantity)
        if quantity:
            stay.append(Priced.of_line(line, quantity, sales, wanted.discounts.get(line.pk)))
        else:
            removed.append(line)
    products = Product.objects.in_bulk(wanted.added)
    added = [
        Priced.of_product(products[pk], quantity, sales.after, wanted.discounts_added.get(pk, Discount()))
        for pk, quantity in wanted.added.items()
        if quantity and pk in products
    ]
    lines = [*stay, *added]
    return lines if wanted.order_discount is None else share_out(wanted.order_discount, lines), removed


def _delivery(order: Order, wanted: Wanted, sales: Sales, lines: list[Priced]) -> PricedDelivery:
    """The order's own; or another at today's price, for nothing where the items come to its free-from amount.

    With the last goods it leaves the order. What services were once charged for it stays as agreed.
    """
    is_service = not has_goods_in(line.is_service for line in lines)
    method = wanted.delivery
    if is_service and order.has_goods:
        return PricedDelivery.none(sales)
    if is_service or method is None:
        return PricedDelivery.as_ordered(order, sales, is_service=is_service)
    price = method.price_for(sum((line.price for line in lines), ZERO))
    vat = sales.after.vat_on(method.tax_class, is_service=is_service)
    with translation.override(order.language):
        return PricedDelivery(method.pk, str(method), method.is_pickup, price, vat, is_as_ordered=False)


def _changes_of(edited: Edited) -> list[Change]:
    """All that an edit changes of an order."""
    order, found = edited.order, [*_of_person(edited), *_of_lines(edited), *_of_discounts(edited)]
    found.append(Change("delivery", order.delivery_name, edited.delivery.name))
    found.append(Change("delivery_cost", str(order.delivery_gross), str(edited.sums.delivery.gross)))
    method = edited.wanted.payment_method or order.payment_method
    found.append(Change("payment_method", order.payment_method, method))
    found.append(Change("vat", str(order.total_vat), str(edited.sums.total.vat)))
    found.append(Change("total", str(order.total), str(edited.sums.total.gross)))
    return [change for change in found if change.old != change.new]


def _of_person(edited: Edited) -> Iterator[Change]:
    order = edited.order
    for name, new in edited.wanted.contact.items():
        yield Change(name, getattr(order, name), new)
    if edited.ownership.outcome in (Outcome.MOVES, Outcome.NEW_GUEST):
        yield Change("customer", str(order.customer_id), str(edited.ownership.customer or ""))
    now = addresses_of(order)
    for kind in ("billing", "shipping"):
        yield Change(kind, address_in_words(now.get(kind)), address_in_words(edited.addresses.get(kind)))


def _of_lines(edited: Edited) -> Iterator[Change]:
    for line in edited.lines:
        was = line.line.quantity if line.line else 0
        yield Change("line", str(was), str(line.quantity), line.name_in(edited.order.language))
    for removed in edited.removed:
        yield Change("line", str(removed.quantity), "0", removed.name)


def _of_discounts(edited: Edited) -> Iterator[Change]:
    """Those on lines that stay or come, and the one on the order; a line that goes takes its own along."""
    for line in edited.lines:
        old = line.line.discount - line.line.order_discount if line.line else ZERO
        name = line.name_in(edited.order.language)
        yield Change("line_discount", str(old), str(line.taken_off[0]), name)
    before = [line.order_discount for line in [*(line.line for line in edited.lines if line.line), *edited.removed]]
    after = [line.taken_off[1] for line in edited.lines]
    yield Change("order_discount", str(sum(before, ZERO)), str(sum(after, ZERO)))
