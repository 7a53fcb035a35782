"""The emails about orders. Each is queued in the transaction of its cause, and is an event of the order."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils import timezone

from customers.models import Customer
from orders.checkout.amounts import rows_of_order
from orders.checkout.payment_methods import how_to_pay, label_of
from orders.documents.agreed_texts import agreed_texts
from orders.documents.epc_qr import qr_of_order
from orders.documents.parties import invoice_email_of
from orders.documents.standing import standing_invoice
from orders.editing.changes import COMPANY_FIELDS, Change, in_words, told_to_shopper
from orders.models import Document, Order, OrderEvent, OrderLine, OrderMessage, Payment, Shipment, WithdrawalNotice
from shopadmin.mail.compose import absolute, compose, compose_for_merchant, written
from shopadmin.mail.text import text_of
from shopadmin.models import Mail, StoreSettings

DOCUMENT_MAILS = {Document.Kind.INVOICE: "invoice_issued", Document.Kind.CREDIT_NOTE: "credit_note_issued"}
MOST_STRANGERS_AN_HOUR = 20


def tell_of_order(order: Order, *, by: Customer | None = None, offers_account: bool = True) -> None:
    """Confirm an order to its shopper, with all that was agreed, and tell the shop; writes the event `placed` too.

    `offers_account`: say how to get an account; not to somebody who has just chosen a password for one.
    """
    to_shopper = _confirmation(order, offers_account=offers_account, is_new=True)
    to_merchant = _to_merchant(
        order, "order_placed_merchant", method=partial(label_of, order.payment_method), save=False
    )
    placed = OrderEvent(order=order, kind=OrderEvent.Kind.PLACED, at=order.placed_at, by=by)
    queued = Mail.objects.queue([mail for mail in (to_shopper, to_merchant) if mail])
    OrderEvent.objects.bulk_create([placed, *(_event(order, mail) for mail in queued)])


def confirm_again(order: Order) -> None:
    """Confirm an order as it is now, under the texts it was placed under, to an email address it was given later."""
    confirmation = _confirmation(order, offers_account=True, is_new=False)
    if confirmation:
        confirmation.save()
        _event(order, confirmation).save()


def _confirmation(order: Order, *, offers_account: bool, is_new: bool) -> Mail | None:
    return _to_shopper(
        order,
        "order_placed",
        order_url=absolute(reverse("guest_order", args=[order.token])),
        offers_account=offers_account,
        password_url=absolute(reverse("account_reset_password")),
        # Called while the mail is written, in its language.
        amounts=partial(rows_of_order, order),
        how_to_pay=partial(how_to_pay, order, is_new=True),
        legal_texts=partial(agreed_texts, order, is_new=is_new),
        save=False,
    )


def tell_of_edit(order: Order, changes: list[Change], *, is_sent_elsewhere: bool) -> None:
    """What the shop changed on an order, and what it comes to now; addresses stand below as they are now."""
    mail_shopper(
        order,
        "order_edited",
        changes=partial(in_words, told_to_shopper(changes, order), order),
        has_other_company=order.is_unproven and any(change.field in COMPANY_FIELDS for change in changes),
        is_sent_elsewhere=is_sent_elsewhere,
        amounts=partial(rows_of_order, order),
        how_to_pay=partial(how_to_pay, order, is_new=True),
        to_refund=order.overpaid,
    )


def tell_of_shipment(shipment: Shipment) -> None:
    """What is on its way, and where to follow it; nothing about what was handed over or provided in person."""
    if shipment.order.is_parcel:
        mail_shopper(shipment.order, "shipment_sent", shipment=shipment, lines=lines_of(shipment))


def tell_of_ready_order(order: Order) -> None:
    """That what is left of the order can be picked up, where and when."""
    unsent = _items((line, line.unsent) for line in order.lines.all() if line.unsent and not line.is_service)
    mail_shopper(order, "order_ready", lines=unsent, how_to_pay=partial(how_to_pay, order))


def lines_of(part: Shipment | WithdrawalNotice) -> list[dict]:
    """What is in a parcel or is withdrawn from, as emails show it."""
    return _items((line.order_line, line.quantity) for line in part.lines.select_related("order_line"))


def _items(pieces: Iterable[tuple[OrderLine, int]]) -> list[dict]:
    return [{"quantity": quantity, "name": line.name, "shown_picture": line.shown_picture} for line, quantity in pieces]


def tell_of_document(document: Document) -> None:
    """The invoice, with what is left to pay, or the credit note itself."""
    order = document.order
    context = {
        "document": document,
        "amounts": partial(rows_of_order, order),
        "how_to_pay": partial(how_to_pay, order),
    }
    to = invoice_email_of(order)
    mail_shopper(order, DOCUMENT_MAILS[document.kind], to=to, attachments=(document.attachment,), **context)


def tell_of_cancellation(order: Order, *, by_shopper: bool = False) -> None:
    """That the order was called off, to both sides."""
    mail_shopper(order, "order_cancelled", by_shopper=by_shopper)
    mail_merchant(order, "order_cancelled_merchant", by_shopper=by_shopper)


def tell_of_refund(payment: Payment, document: Document | None = None) -> None:
    """That money went back, to both sides; with the credit note that was issued for it."""
    if document and invoice_email_of(payment.order) != payment.order.email:
        tell_of_document(document)
        document = None
    attachments = (document.attachment,) if document else ()
    mail_shopper(payment.order, "order_refunded", attachments=attachments, amount=-payment.amount, document=document)
    mail_merchant(payment.order, "order_refunded_merchant", amount=-payment.amount)


def tell_of_message(message: OrderMessage) -> None:
    """What the shop wrote to the shopper."""
    mail_shopper(message.order, "order_message", message=message)


def remind_of_payment(order: Order) -> None:
    """What is left to pay, and how; with the invoice, if one stands."""
    invoice = standing_invoice(order)
    attachments = (invoice.attachment,) if invoice else ()
    context = _of_reminder(order, invoice)
    mail_shopper(order, "payment_reminder", to=invoice_email_of(order), attachments=attachments, **context)


def reminder_in_words(order: Order) -> dict[str, str]:
    """The reminder as it would go out now, before anybody sends it."""
    store, invoice = StoreSettings.current(), standing_invoice(order)
    language = store.spoken_to(order.language)
    context = _of_shopper(order) | _of_reminder(order, invoice)
    subject, html = written("payment_reminder", language, lambda: context, store=store)
    words = {"to": invoice_email_of(order), "language": language, "subject": subject, "text": text_of(html)}
    return words | {"attached": invoice.number if invoice else ""}


def _of_reminder(order: Order, invoice: Document | None) -> dict:
    return {"invoice": invoice, "how_to_pay": partial(how_to_pay, order), "has_code": bool(qr_of_order(order))}


def tell_of_withdrawal(notice: WithdrawalNotice, *, is_flood: bool, is_own: bool = False) -> None:
    """The receipt, to whoever stated it, and the news to the merchant.

    `is_own`: it was stated by whoever the mailbox belongs to, signed in.

    In a flood only for the first notice of an order: strangers who type somebody's address cannot keep them from
    their receipt. What is too much is written all the same and thrown away, lest the time tells what there is.
    """
    order = notice.order
    receipt, news = _receipt(notice, is_own=is_own), _news_of_withdrawal(notice)
    is_first = order is not None and order.withdrawal_at == notice.at
    if is_flood and not is_first:
        _throw_away(receipt, news)
    elif order is None and _too_many_strangers():
        _throw_away(news)


def _receipt(notice: WithdrawalNotice, *, is_own: bool) -> Mail | None:
    """What was remarked is mailed only to who proved the mailbox, lest others write to strangers through us."""
    order = notice.order
    receipt = compose(
        "withdrawal_received",
        to=notice.email,
        language=notice.language,
        context={"notice": notice, "is_own": is_own, "lines": lines_of(notice)},
        customer=order.customer if order else None,
        notice=order is not None and order.erased_at is not None,
    )
    return _noted(order, receipt) if order else receipt


def _news_of_withdrawal(notice: WithdrawalNotice) -> Mail | None:
    """Without an order it does not say a word of what was typed, since no erasure would find that mail."""
    if notice.order:
        return mail_merchant(notice.order, "withdrawal_received_merchant", notice=notice, lines=lines_of(notice))
    return compose_for_merchant("withdrawal_unmatched_merchant", context={"url": absolute(reverse("withdrawals"))})


def _throw_away(*mails: Mail | None) -> None:
    Mail.objects.filter(pk__in=[mail.pk for mail in mails if mail]).delete()


def _too_many_strangers() -> bool:
    recent = WithdrawalNotice.objects.unmatched().filter(at__gt=timezone.now() - timedelta(hours=1))
    return recent.count() > MOST_STRANGERS_AN_HOUR


def tell_of_accepted_withdrawal(order: Order, pieces: list[tuple[OrderLine, int]], *, to_refund: Decimal) -> None:
    """That the shop accepts it, of which lines, and what happens next; `to_refund` is still to be paid back."""
    is_out = any(line.withdrawn > line.withdrawn_unsent + line.withdrawn_restocked for line, _quantity in pieces)
    mail_shopper(order, "order_withdrawn", lines=_items(pieces), to_return=is_out, to_refund=to_refund)


def mail_shopper(order: Order, name: str, *, to: str = "", attachments: tuple[str, ...] = (), **context) -> Mail | None:
    """Queue an email to the shopper (or to another address of theirs), in the language of the order.

    None where the order has no email address. If the customer was erased it is a `notice`, which is deleted by itself,
    since no later erasure would find it.
    """
    return _noted(order, _to_shopper(order, name, to=to, attachments=attachments, **context))


def _to_shopper(
    order: Order, name: str, *, to: str = "", attachments: tuple[str, ...] = (), save: bool = True, **context
) -> Mail | None:
    return compose(
        name,
        to=to or order.email,
        language=order.language,
        context=_of_shopper(order) | context,
        customer=order.customer,
        attachments=attachments,
        notice=order.erased_at is not None,
        save=save,
    )


def _of_shopper(order: Order) -> dict:
    """What every email to who ordered reads."""
    # The page of an order ends with the erasure of its customer; the email stays in the mailbox.
    url = "" if order.erased_at else shopper_url(order)
    # Who ordered without signing in may have typed any name.
    first_name = "" if order.is_unproven or order.erased_at else order.first_name
    return {"order": order, "url": url, "first_name": first_name}


def mail_merchant(order: Order, name: str, **context) -> Mail | None:
    """Queue a mail about an order to the shop."""
    return _noted(order, _to_merchant(order, name, **context))


def _to_merchant(order: Order, name: str, *, save: bool = True, **context) -> Mail | None:
    context |= {"order": order, "url": absolute(order.get_absolute_url())}
    is_erased = order.erased_at is not None
    return compose_for_merchant(name, context=context, about=order.customer, notice=is_erased, save=save)


def shopper_url(order: Order) -> str:
    """The page where the shopper sees the order: in their account, or a guest's by its unguessable URL."""
    customer: Customer | None = order.customer
    if customer and customer.is_registered:
        return absolute(reverse("account_order", args=[order.number]))
    return absolute(reverse("guest_order", args=[order.token]))


def _noted(order: Order, mail: Mail | None) -> Mail | None:
    if mail:
        _event(order, mail).save()
    return mail


def _event(order: Order, mail: Mail) -> OrderEvent:
    return OrderEvent(order=order, kind=OrderEvent.Kind.MAIL, facts={"mail": mail.pk})
