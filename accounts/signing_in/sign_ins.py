"""When a customer signed in, how and with what browser: written at each sign-in, and kept for a year."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.db.models import F, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import SignIn
from accounts.signing_in.browser_names import client_of
from customers.history.timeline import Entry
from customers.merging.merge import Moved
from customers.models import Customer, Merge
from shopadmin.lists.json_rows import JSONRows, parsed_datetime

KEPT = timedelta(days=365)
# By what allauth calls them.
METHODS = {
    "password": SignIn.Method.PASSWORD,
    "code": SignIn.Method.CODE,
    "password_reset": SignIn.Method.LINK,
}
BY_PASSKEY = ("mfa", True)
WORDS = {
    SignIn.Method.PASSWORD: _("Signed in with a password"),
    SignIn.Method.CODE: _("Signed in with an email code"),
    SignIn.Method.LINK: _("Signed in with a password link"),
    SignIn.Method.PASSKEY: _("Signed in with a passkey"),
}


def record(request: HttpRequest, customer: Customer) -> SignIn:
    """Write down that a customer has just signed in; in the transaction that signs them in."""
    return SignIn.objects.create(customer=customer, method=_method_of(request, customer), client=client_of(request))


def _method_of(request: HttpRequest, customer: Customer) -> str:
    """How it was done last. Who confirms a new account typed a code, too; of that allauth keeps no record."""
    records = get_authentication_records(request, customer)
    if any((record["method"], record.get("passwordless")) == BY_PASSKEY for record in records):
        return SignIn.Method.PASSKEY
    known = [METHODS[record["method"]] for record in records if record["method"] in METHODS]
    return known[-1] if known else SignIn.Method.CODE


def ways_of(request: HttpRequest, customer: Customer) -> list[str]:
    """By all that was shown, in the words of allauth: a password and an app, a passkey."""
    return [record.get("type") or record["method"] for record in get_authentication_records(request, customer)]


def forget_old_sign_ins() -> None:
    """Delete those of more than a year ago."""
    SignIn.objects.filter(at__lt=timezone.now() - KEPT).delete()


def rows_of_sign_ins(before: datetime, limit: int) -> JSONRows:
    """The newest sign-ins of a customer, for the customer's timeline."""
    sign_ins = SignIn.objects.filter(customer=OuterRef("pk"), at__lt=before).order_by("-at", "-id")
    return JSONRows(sign_ins[:limit], **{name: F(name) for name in ("at", "method", "client")})


def sign_ins_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    """An entry for each sign-in."""
    for row in rows:
        words, client = WORDS[row["method"]], row["client"]
        text = format_html("{}: {}", words, client) if client else words
        yield Entry(at=parsed_datetime(row["at"]), icon="sign-in", text=text)


def move(kept: Customer, merged: Customer) -> Moved:
    """Give the kept record the sign-ins of the merged one."""
    sign_ins = SignIn.objects.filter(customer=merged)
    moved = {"sign_ins": list(sign_ins.order_by("pk").values_list("pk", flat=True))}
    sign_ins.update(customer=kept)
    return moved


def put_back(merge: Merge) -> None:
    """Give back the sign-ins that moved."""
    sign_ins = SignIn.objects.filter(pk__in=merge.moved.get("sign_ins", []), customer=merge.kept)
    sign_ins.update(customer=merge.merged)
