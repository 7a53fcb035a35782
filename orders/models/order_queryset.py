from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone

from customers.email_addresses import normalise_email
from customers.models import PrivacyRequest
from customers.models.customer_manager import LONGEST_SEARCH, NUMBER, ORDER_NUMBER, end_of, start_of
from customers.privacy.retention import Record, first_day_kept
from orders.search.texts import TEXT_OF_ERASED
from shopadmin.models import StoreSettings
from shopadmin.search.folding import exact_words, fold, fragments


class OrderQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=self.model.State.OPEN)

    def editable(self) -> Self:
        """Open ones of which nothing was shipped or invoiced."""
        return self.open().filter(shipping_state=self.model.ShippingState.NOT_SHIPPED, documents=None)

    def unpaid(self) -> Self:
        """Those on which the shopper still has something to pay."""
        standing = [self.model.State.OPEN, self.model.State.COMPLETED]  # as the condition of an index says it
        return self.filter(state__in=standing, payment_state__in=self.model.AWAITS_PAYMENT)

    def overdue(self) -> Self:
        """Those not paid although the term is over."""
        return self.unpaid().filter(pay_by__lt=timezone.localdate())

    def to_ship(self) -> Self:
        """Orders of goods that can be shipped: paid, free of charge, or paid after delivery."""
        return self._unsent().filter(self._is_paid() | self._is_paid_afterwards())

    def to_ship_paid(self) -> Self:
        """The part of `to_ship` that is paid, or free of charge."""
        return self._unsent().filter(self._is_paid())

    def to_ship_unpaid(self, method: str) -> Self:
        """The part of `to_ship` that is unpaid, to be paid by this method after delivery."""
        return self._unsent().filter(payment_state__in=self.model.AWAITS_PAYMENT, payment_method=method)

    def _unsent(self) -> Self:
        return self._not_shipped().filter(only_services_left=False)

    def to_provide(self) -> Self:
        """Orders with only services left that can be provided: paid, free of charge, or paid afterwards."""
        left = self._not_shipped().filter(only_services_left=True)
        return left.filter(self._is_paid() | self._is_paid_afterwards())

    def ready_for_pickup(self) -> Self:
        """Those that wait for who picks them up."""
        return self._not_shipped().filter(ready_at__isnull=False, is_pickup=True, has_goods=True)

    def _not_shipped(self) -> Self:
        return self.open().exclude(shipping_state=self.model.ShippingState.SHIPPED)

    def _is_paid(self) -> Q:
        states = self.model.PaymentState
        ready = Q(payment_state__in=[states.PAID, states.PARTLY_REFUNDED, states.NO_PAYMENT_DUE])
        return ready & ~Q(payment_state=states.NO_PAYMENT_DUE, total__gt=0)

    def _is_paid_afterwards(self) -> Q:
        methods = sorted(self.model.PAID_AFTERWARDS)
        return Q(payment_state__in=self.model.AWAITS_PAYMENT, payment_method__in=methods)

    def with_tag(self, tag: int) -> Self:
        """Those that carry a tag, given by its id."""
        return self.filter(order_tags__tag=tag)

    def with_products(self, products: Iterable[models.Model]) -> Self:
        """Those with a line of one of these products."""
        lines = self.model.lines.rel.related_model.objects.filter(product__in=[product.pk for product in products])
        return self.filter(pk__in=lines.order_by().values("order"))

    def with_numbers(self, numbers: Iterable[str]) -> Self:
        """The orders of these numbers, whatever their case."""
        return self.alias(folded_number=Lower("number")).filter(folded_number__in=[n.lower() for n in numbers])

    def with_last_records(self) -> Self:
        """Each with what its retention counts from: when something last happened, was paid and was issued."""
        return self.annotate(
            last_event_at=_last(self.model.events, "at"),
            last_payment_at=_last(self.model.payments, "at"),
            last_document_at=_last(self.model.documents, "issued_at"),
        )

    def past_retention(self, store: StoreSettings) -> Self:
        """Orders past their retention period with all their documents, as `orders.retention.term` works it out for one.

        Not those of customers with an open privacy request or restricted data, who may need them (GDPR, art. 18(1)(c)).
        Days are those of the active time zone.
        """
        today = timezone.localdate()
        as_orders, in_the_accounts = (
            start_of(first_day_kept(today, store, record)) for record in (Record.ORDER, Record.DOCUMENT)
        )
        return (
            self.filter(anonymised_at=None, placed_at__lt=as_orders)
            .exclude(state=self.model.State.OPEN)
            .exclude(events__at__gte=as_orders)
            .exclude(payments__at__gte=in_the_accounts)
            .exclude(documents__issued_at__gte=in_the_accounts)
            .exclude(customer__restricted_at__isnull=False)
            .exclude(customer__in=PrivacyRequest.objects.open().exclude(customer=None).values("customer"))
        )

    def newest_first(self) -> Self:
        return self.order_by("-placed_at", "-id")

    def update(self, **values) -> int:
        """Update all rows; orders that are marked as erased are found by nothing but their number from then on."""
        if values.get("erased_at"):
            values.setdefault("search_text", TEXT_OF_ERASED)
        return super().update(**values)

    def placed_between(self, first: date | None, last: date | None) -> Self:
        """Placed from the first day to the last, both whole days of the shop's time."""
        found = self.filter(placed_at__gte=start_of(first)) if first else self
        return found.filter(placed_at__lt=end_of(last)) if last else found

    def matching(self, words: str) -> Self:
        """Orders found by these words in number, person, company, places, phone, products or tracking numbers.

        `shopadmin.search.folding` says how words match; `#123` finds the orders of customer 123.
        """
        words = words.strip()[:LONGEST_SEARCH]
        if NUMBER.fullmatch(words):
            return self.filter(customer=int(words[1:]))
        ways = [Q(search_text__fragment=parts) for parts in fragments(words)]
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def exactly(self, words: str) -> Self | None:
        """Orders whose email address, phone or a number is exactly this; None where the words can be none of these."""
        words = words.strip()[:LONGEST_SEARCH]
        if "@" in words:
            return self.filter(search_text__fragment=f" {fold(words)} ", email__iexact=normalise_email(words))
        ways = [Q(search_text__fragment=word) for word in exact_words(words)]
        if ORDER_NUMBER.fullmatch(words):
            ways.append(Q(folded_number=words.lower()))
        return self.alias(folded_number=Lower("number")).filter(reduce(or_, ways)) if ways else None


def _last(relation, column: str) -> Subquery:
    """The latest moment among the rows below an order."""
    rows = relation.rel.related_model.objects.filter(order=OuterRef("pk"))
    return Subquery(rows.order_by(f"-{column}").values(column)[:1])
