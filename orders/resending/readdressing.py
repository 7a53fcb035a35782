"""Emails about an order whose email address was corrected: what was not delivered yet goes to the new address."""

from email.utils import make_msgid

from django.conf import settings
from django.db.models.functions import Now

from customers.models import Customer
from orders.models import Order, OrderEvent
from orders.resending.kinds import SENT_AGAIN
from shopadmin.mail.compose import compose_again
from shopadmin.models import Mail


def readdress(order: Order, *, old: str, token: str, left: Customer | None, by: Customer | None) -> set[str]:
    """Send undelivered emails to the order's new address instead of `old`; returns the kinds of these emails.

    Their links get the order's new token in place of `token`. Where the order `left` a customer, the emails they got
    about it are emptied, since the order is somebody else's.
    """
    ids = order.events.filter(kind=OrderEvent.Kind.MAIL).values_list("facts__mail", flat=True)
    mails = Mail.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    moved = [mail for mail in mails if is_to_move(mail, old)]
    for mail in moved:
        _move(mail, order, token=token, by=by)
    if left is not None:
        _part(mails, order, old=old)
    return {mail.name for mail in moved}


def is_to_move(mail: Mail, old: str) -> bool:
    """Whether an email to the old address is undelivered; one that is being sent at this moment cannot be stopped."""
    is_undelivered = mail.state == Mail.State.QUEUED or mail.can_be_retried
    return mail.to == old and mail.name in SENT_AGAIN and is_undelivered


def _move(mail: Mail, order: Order, *, token: str, by: Customer | None) -> None:
    """Readdress a queued email; of a failed one send a copy, as when staff send it again."""
    if mail.state == Mail.State.FAILED:
        again = compose_again(mail, to=order.email)
        order.log(OrderEvent.Kind.MAIL, by=by, mail=again.pk)
    else:
        again = mail
        again.to, again.message_id = order.email, make_msgid(domain=settings.SITE_HOST)
        again.tries, again.try_at = 0, Now()
        again.compose_search_text()
        again.failed_tries.all().delete()
    again.customer = order.customer
    again.text, again.html = (words.replace(token, order.token) for words in (again.text, again.html))
    again.save()


def _part(mails, order: Order, *, old: str) -> None:
    """Empty the emails that the former customer got; those to the shop go to the new customer's record."""
    mails.filter(to=old, customer__isnull=False).exclude(state=Mail.State.SENDING).update(text="", html="")
    mails.exclude(to=old).update(customer=order.customer)
