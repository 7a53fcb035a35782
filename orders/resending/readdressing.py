"""The emails about an order whose address was corrected: none that waits goes to the old one any more."""

from email.utils import make_msgid

from django.conf import settings
from django.db.models.functions import Now

from customers.models import Customer
from orders.models import Order, OrderEvent
from orders.resending.kinds import SENT_AGAIN
from shopadmin.mail.compose import compose_again
from shopadmin.models import Mail


def readdress(order: Order, *, old: str, token: str, left: Customer | None, by: Customer | None) -> set[str]:
    """Send what waits or could not be delivered to the address the order has now; returns which kinds that was.

    The links in them lead to the order as it is reached now, instead of by `token`. Where the order `left` a
    customer, what was mailed to them about it is emptied, since it tells of somebody else.
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
    """Whether it is for the shopper at the old address, and not there yet; what is being sent cannot be held back."""
    is_undelivered = mail.state == Mail.State.QUEUED or mail.can_be_retried
    return mail.to == old and mail.name in SENT_AGAIN and is_undelivered


def _move(mail: Mail, order: Order, *, token: str, by: Customer | None) -> None:
    """One that failed stays beside the one that goes out instead of it, as when it is sent again by hand."""
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
    """The shop's own emails go along with the order; what its shopper got stays, without a word, with who got it."""
    mails.filter(to=old, customer__isnull=False).exclude(state=Mail.State.SENDING).update(text="", html="")
    mails.exclude(to=old).update(customer=order.customer)
