import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from shopadmin.roles import Role
from shopadmin.row_ids import is_row_id
from shopadmin.search.folding import exact_words, fold, fragments

NUMBER = re.compile("#[0-9]{1,18}")
ORDER_NUMBER = re.compile("[A-Za-z]{0,4}[0-9]{1,16}")
LONGEST_SEARCH = 100
NEVER_ORDERED = datetime(1970, 1, 1, tzinfo=UTC)  # where who never ordered stands in the order by last order


def start_of(day: date | None) -> datetime | None:
    return day and timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date | None) -> datetime | None:
    """The first moment of the day after."""
    return day and start_of(day + timedelta(days=1))


class CustomerQuerySet(models.QuerySet):
    def shoppers(self) -> Self:
        """Everybody the shop sells to, staff who have ordered or signed up among them; no merged records."""
        return self.filter(is_shopper=True)

    def behind(self, email: str) -> Self:
        """The record to which an address belongs: its own, or the one that its own was merged into."""
        owner = self.model.objects.filter(email=email).values(owner=Coalesce("merged_into", "pk"))
        return self.filter(pk=models.Subquery(owner))

    def staff(self) -> Self:
        return self.filter(is_staff=True)

    def guests(self) -> Self:
        return self.filter(registered_at__isnull=True)

    def registered(self) -> Self:
        return self.filter(registered_at__isnull=False)

    def awaiting_approval(self) -> Self:
        return self.filter(access=self.model.Access.AWAITING)

    def unrestricted(self) -> Self:
        """Those whose data may be used: nobody had its use restricted (GDPR, art. 18)."""
        return self.filter(restricted_at__isnull=True)

    def restricted(self) -> Self:
        return self.filter(restricted_at__isnull=False)

    def of_status(self, status: str) -> Self:
        """Registered or guest, restricted, or one of the doors that are not open."""
        if status == "restricted":
            return self.restricted()
        if status in ("registered", "guest"):
            return self.registered() if status == "registered" else self.guests()
        return self.filter(access=status)

    def of_type(self, customer_type: str) -> Self:
        return self.filter(customer_type=customer_type)

    def of_country(self, country: str) -> Self:
        return self.filter(country=country)

    def speaking(self, language: str) -> Self:
        return self.filter(language=language)

    def with_tag(self, tag: int) -> Self:
        """Those who carry a tag, given by its id."""
        carried = self.model.tags.through.objects.filter(tag=tag, customer=OuterRef("pk"))
        return self.filter(Exists(carried))

    def with_consent(self, given: bool) -> Self:
        return self.filter(marketing_consent=given)

    def changed_by_shoppers(self) -> Self:
        """Those in whose history a shopper's change waits to be seen."""
        unseen = self.model.history.rel.related_model.objects.filter(customer=OuterRef("pk"), seen=False)
        return self.filter(Exists(unseen))

    def created_between(self, first: date | None, last: date | None) -> Self:
        """Created from the first day to the last, both whole days of the shop's time."""
        return self._where(created_at__gte=start_of(first), created_at__lt=end_of(last))

    def last_ordered_between(self, first: date | None, last: date | None) -> Self:
        """Whose last order was placed from the first day to the last, both whole days of the shop's time."""
        start = start_of(first) or NEVER_ORDERED + timedelta(seconds=1)
        return self._where(last_order_sort__gte=start, last_order_sort__lt=end_of(last))

    def with_orders_between(self, least: int | None, most: int | None) -> Self:
        return self._where(orders_count__gte=least, orders_count__lte=most)

    def with_spent_between(self, least: Decimal | None, most: Decimal | None) -> Self:
        return self._where(spent__gte=least, spent__lte=most)

    def _where(self, **bounds) -> Self:
        """Within bounds, those that are there."""
        return self.filter(**{bound: value for bound, value in bounds.items() if value is not None})

    def matching(self, words: str) -> Self:
        """Those in whose names, email, company, numbers, postcodes, cities or phones the words stand.

        How is said in `customers.search.text`; `123` is the customer's number too, and `#123` that alone.
        """
        words = words.strip()[:LONGEST_SEARCH]
        if NUMBER.fullmatch(words):
            return self.filter(pk=int(words[1:]))
        ways = [Q(search_text__fragment=parts) for parts in fragments(words)]
        if is_row_id(words):
            ways.append(Q(pk=int(words)))
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def exactly(self, words: str) -> Self | None:
        """Those of whom the words are the email, the phone or a number; None where they are nothing of the kind."""
        words = words.strip()[:LONGEST_SEARCH]
        if "@" in words:
            return self.behind(words)
        ways = [Q(search_text__fragment=word) for word in exact_words(words)]
        if ORDER_NUMBER.fullmatch(words):
            ways.append(Q(search_text__fragment=f" {fold(words)} ", numbers__icontains=f" {words} "))
        if is_row_id(words):
            ways.append(Q(pk=int(words)))
        numbers = Concat(Value(" "), "order_numbers", Value(" "), output_field=models.TextField())
        return self.alias(numbers=numbers).filter(reduce(or_, ways)) if ways else None


class CustomerManager(BaseUserManager.from_queryset(CustomerQuerySet)):
    def get_by_natural_key(self, email: str) -> "Customer":  # noqa: F821
        return self.get(email=email)

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "Customer":  # noqa: F821
        """The first owner, made by `manage.py createsuperuser`."""
        customer = self.model(email=email, is_staff=True, is_superuser=True, role=Role.OWNER, **fields)
        customer.set_password(password)
        customer.registered_at = timezone.now()
        customer.save()
        return customer

    def locked_colleague(self, pk: int, *, by: "Customer") -> "Customer":  # noqa: F821
        """A member of staff, locked together with the owner who changes them.

        PermissionDenied unless `by` still is an owner by now, and somebody else: so one owner always stays.
        """
        rows = {row.pk: row for row in self.select_for_update().filter(pk__in=[pk, by.pk]).order_by("pk")}
        owner = rows.get(by.pk)
        if pk == by.pk or owner is None or owner.role != Role.OWNER or not owner.is_active:
            raise PermissionDenied
        if pk not in rows or not rows[pk].is_staff:
            raise PermissionDenied(_("This person is no longer a member of staff."))
        return rows[pk]

    def get_or_add_guest(self, email: str, **fields) -> tuple["Customer", bool]:  # noqa: F821
        """The customer to whom an address belongs, with the row locked; added as a guest where there is none.

        True with one that was added just now, once, however many orders come at once. The caller brings its search
        text into step: `bulk_create` leaves it to be written once.
        """
        if owner := self.locked_behind(email):
            return owner, False
        return self.add_guest(email, **fields)

    def add_guest(self, email: str, **fields) -> tuple["Customer", bool]:  # noqa: F821
        """The same where `locked_behind` has found nobody just now."""
        added = self.model(email=email, **fields)
        self.bulk_create([added], ignore_conflicts=True)
        customer = self.select_for_update(no_key=True).get(email=email)
        return customer, customer.created_at == added.created_at  # else another order was quicker

    def locked_behind(self, email: str) -> "Customer | None":  # noqa: F821
        """The customer to whom an address belongs, with the row locked: the kept one where its own was merged away."""
        behind = self.behind(email)
        while found := behind.select_for_update(of=("self",), no_key=True).first():
            is_own = found.email == email and found.merged_into_id is None
            if is_own or behind.filter(pk=found.pk).exists():
                return found  # else it was merged or parted while this waited for the lock
        return None
