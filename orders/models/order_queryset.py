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
        """Those open of which nothing was shipped or invoiced."""
        return self.open().filter(shipping_state=self.model.ShippingState.NOT_SHIPPED, documents=None)

    def unpaid(self) -> Self:
        """Those on which the shopper still has something to pay."""
        standing = [self.model.State.OPEN, self.model.State.COMPLETED]
        return self.filter(state__in=standing, payment_state__in=self.model.AWAITS_PAYMENT)

    def overdue(self) -> Self:
        """Those not paid although the term is over."""
        return self.unpaid().filter(pay_by__lt=timezone.localdate())

    def to_ship(self) -> Self:
        """Those that wait for nothing but to be sent: paid, free of charge, or to be paid once they are there."""
        return self._unsent().filter(self._paid() | self._paid_afterwards())

    def to_ship_paid(self) -> Self:
        """Of those to ship the ones that are paid, or free of charge."""
        return self._unsent().filter(self._paid())

    def to_ship_unpaid(self, method: str) -> Self:
        """Of those to ship the ones that are paid by this method, once they are there."""
        return self._unsent().filter(payment_state__in=self.model.AWAITS_PAYMENT, payment_method=method)

    def _unsent(self) -> Self:
        return self.open().filter(has_goods=True).exclude(shipping_state=self.model.ShippingState.SHIPPED)

    def to_provide(self) -> Self:
        """Those of services alone that wait for nothing but to be provided."""
        left = self.open().filter(has_goods=False).exclude(shipping_state=self.model.ShippingState.SHIPPED)
        return left.filter(self._paid() | self._paid_afterwards())

    def _paid(self) -> Q:
        states = self.model.PaymentState
        ready = Q(payment_state__in=[states.PAID, states.PARTLY_REFUNDED, states.NO_PAYMENT_DUE])
        return ready & ~Q(payment_state=states.NO_PAYMENT_DUE, total__gt=0)

    def _paid_afterwards(self) -> Q:
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
        """Those that neither the law nor the person asks for any more, with all their documents.

        Who waits for an answer, or had the use of their data restricted, may need them (GDPR, art. 18(1)(c)). The term
        is that of `orders.retention.term`; the days are those of the active time zone.
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
        """Write values into all rows; whatever marks orders as erased leaves nothing but their number to the search."""
        if values.get("erased_at"):
            values.setdefault("search_text", TEXT_OF_ERASED)
        return super().update(**values)

    def placed_between(self, first: date | None, last: date | None) -> Self:
        """Placed from the first day to the last, both whole days of the shop's time."""
        found = self.filter(placed_at__gte=start_of(first)) if first else self
        return found.filter(placed_at__lt=end_of(last)) if last else found

    def matching(self, words: str) -> Self:
        """Those in whose number, person, company, places, phone, products or parcels the words stand.

        How is said in `shopadmin.search.folding`; `#123` are the orders of customer 123.
        """
        words = words.strip()[:LONGEST_SEARCH]
        if NUMBER.fullmatch(words):
            return self.filter(customer=int(words[1:]))
        ways = [Q(search_text__fragment=parts) for parts in fragments(words)]
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def exactly(self, words: str) -> Self | None:
        """Those of which the words are the email, the phone or a number; None where they are nothing of the kind."""
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
