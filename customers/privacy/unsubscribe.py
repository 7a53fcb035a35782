"""The link that ends marketing emails: a number and a seal, worked out anew for each export, stored nowhere.

The seal is worked out by the database for a million customers at once, hence a hash that it has: SHA-256 over a
key of its own and the SHA-256 of key and number. It opens nothing but this one door, and holds for years, in mails that
nobody can call back: so its key comes from ERASURE_KEY, which is never changed.
"""

import hashlib
from functools import partial

from django.conf import settings
from django.db.models import CharField, Expression, F, Func, Value
from django.db.models.functions import Cast, Concat, Left
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from customers.history import acting
from customers.models import Customer
from shopadmin.row_ids import is_row_id
from shopadmin.secret_keys import is_sealed

WORDS = _("I no longer want to receive marketing emails.")
LENGTH = 32  # hexadecimal digits of the seal: 128 bits


def customer_of(token: str) -> Customer | None:
    """Whose link it is; a merged record's is the kept one's."""
    number, _dash, seal = token.partition("-")
    # Earlier releases made them with SECRET_KEY.
    if not is_row_id(number) or not is_sealed(seal, partial(_seal, number), also=(settings.ERASURE_KEY,)):
        return None
    customer = Customer.objects.select_related("merged_into").filter(pk=number).first()
    return customer and (customer.merged_into or customer)


def unsubscribe(customer: Customer) -> None:
    """Withdraw the consent to marketing emails, with the proof of it."""
    with acting.shopper(customer, "unsubscribe"):
        now = Customer.objects.select_for_update().get(pk=customer.pk)
        now.set_marketing_consent(False, text=str(WORDS), source="unsubscribe", by=now)
    customer.marketing_consent = False


def token_of(customer: Customer) -> str:
    return f"{customer.pk}-{_seal(str(customer.pk), settings.ERASURE_KEY)}"


def link_in_sql() -> Expression:
    """The whole address, of each row of customers."""
    before, after = f"{settings.SITE_URL}{reverse('unsubscribe', args=['*'])}".split("*")
    number, key = Cast(F("pk"), CharField()), Value(_key(settings.ERASURE_KEY))
    seal = Left(Sha256(Concat(key, Sha256(Concat(key, number)))), LENGTH)
    return Concat(Value(before), number, Value("-"), seal, Value(after))


class Sha256(Func):
    """The hash in hexadecimal digits; PostgreSQL has it built in, whereas Django's own asks for an extension."""

    function = "sha256"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        template = "encode(%(function)s(convert_to(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **kwargs)


def _seal(number: str, secret: str) -> str:
    key = _key(secret)
    inner = hashlib.sha256(f"{key}{number}".encode()).hexdigest()
    return hashlib.sha256(f"{key}{inner}".encode()).hexdigest()[:LENGTH]


def _key(secret: str) -> str:
    return salted_hmac("customers.unsubscribing", "", secret=secret, algorithm="sha256").hexdigest()
