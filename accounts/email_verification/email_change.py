"""Changing the email address: the shopper's own counts once its mailbox is proved, and the old address can undo it."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction

from accounts import mails
from accounts.signing_in.sessions import end_sessions
from customers.history import acting
from customers.models import Customer, HistoryEntry
from customers.models.history import ActorKind
from shopadmin.models import StoreSettings

SALT = "accounts.email-change"
UNDO = "undo by mail"
UNDO_FOR = timedelta(days=7)


def change(customer: Customer, new: str) -> bool:
    """Let the customer have `new`, which they have proved, and tell the old address; False when it is taken."""
    old = customer.email
    with acting.shopper(customer):
        if not _take(customer, new):
            return False
        mails.email_changed(customer, old=old, undo_url=_undo_url(_newest_change(customer, old)))
    return True


def answer_change_by_merchant(customer: Customer, *, old: str) -> None:
    """Sign a registered customer out whose address the merchant has just changed, and tell both addresses.

    A colleague's address is told without an undo: their rights are the owners' to give.
    """
    entry = _newest_change(customer, old)
    if not entry or entry.actor_kind != ActorKind.MERCHANT or not customer.is_registered:
        return
    end_sessions(customer)
    if customer.is_staff or StoreSettings.current().accounts_enabled:
        undo_url = "" if customer.is_staff else _undo_url(entry)
        mails.email_changed(customer, old=old, undo_url=undo_url, by_shop=True)
        mails.email_set_by_shop(customer)


def _newest_change(customer: Customer, old: str) -> HistoryEntry | None:
    return customer.history.filter(field="email", old=old).order_by("id").last()


def _undo_url(entry: HistoryEntry) -> str:
    return mails.link("account_email_undo", signing.dumps([entry.pk, entry.customer_id], salt=SALT))


def change_of(token: str) -> HistoryEntry | None:
    """The change that a link in a mail to the old address undoes; None for one that is no good (any more)."""
    try:
        pk, customer = signing.loads(token, salt=SALT, max_age=UNDO_FOR)
    except (signing.BadSignature, TypeError):  # a link of an earlier release holds the change's number alone
        return None
    # Still that customer's: a change that came with a merged record does not lead into the kept one.
    entry = HistoryEntry.objects.select_related("customer").filter(pk=pk, customer=customer, field="email").first()
    return entry if entry and entry.customer.email != entry.old and not _is_overtaken(entry) else None


def _is_overtaken(entry: HistoryEntry) -> bool:
    """Whether an undo has put back an older address since: a thief's change of a change leads nowhere then.

    Nor does it once the customer was made staff: their rights go to the mailbox that was invited.
    """
    changes = entry.customer.history.filter(field="email")
    if entry.customer.history.filter(pk__gt=entry.pk, field="is_staff", new="true").exists():
        return True
    older = changes.filter(pk__lt=entry.pk).values("old")
    return changes.filter(pk__gt=entry.pk, source=UNDO, new__in=older).exists()


def undo(entry: HistoryEntry) -> bool:
    """Put the old address back and lock out whoever changed it; False when somebody else has the address by now."""
    customer = entry.customer
    with acting.shopper(customer, source=UNDO):
        customer.set_unusable_password()
        customer.save(update_fields=["password"])
        end_sessions(customer)
        is_back = _take(customer, entry.old)
        if is_back:
            mails.password_link(customer)
    return is_back


def _take(customer: Customer, email: str) -> bool:
    before = customer.email
    try:
        with transaction.atomic():
            customer.change_email(email, by=None)
    except IntegrityError:
        customer.email = before
        return False
    EmailAddress.objects.filter(user=customer).update(verified=True)
    return True
