import re
from typing import Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from customers.search import digits_of_phone, fold
from shopadmin.roles import Role

NUMBER = re.compile("#[0-9]{1,18}")
LONGEST_SEARCH = 100


class CustomerQuerySet(models.QuerySet):
    def shoppers(self) -> Self:
        """Everybody the shop sells to, staff who have ordered or signed up among them; no merged records."""
        buys = Q(is_staff=False) | Q(orders_count__gt=0) | Q(origin=self.model.Origin.SIGN_UP)
        return self.filter(buys, merged_into=None)

    def staff(self) -> Self:
        return self.filter(is_staff=True)

    def guests(self) -> Self:
        return self.filter(registered_at__isnull=True)

    def registered(self) -> Self:
        return self.filter(registered_at__isnull=False)

    def awaiting_approval(self) -> Self:
        return self.filter(access=self.model.Access.AWAITING)

    def matching(self, words: str) -> Self:
        """Those whose names, e-mail, company, numbers, postcodes or phones hold each of the words somewhere.

        Words of one or two letters count where a name, company or number begins; `#123` is the customer's number.
        """
        words = words.strip()[:LONGEST_SEARCH]
        if NUMBER.fullmatch(words):
            return self.filter(pk=int(words[1:]))
        found = Q()
        for word in fold(words).split():
            found &= Q(search_text__contains=word if len(word) > 2 else f" {word}")
        if digits := digits_of_phone(words):
            found |= Q(search_text__contains=digits)
        return self.filter(found)


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
