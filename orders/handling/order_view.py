from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.models import Tag
from orders.checkout.amounts import rows_of_order
from orders.checkout.payment_methods import label_of, refund_label_of
from orders.customer_hooks.timeline import timeline_of
from orders.documents.standing import standing_invoice
from orders.handling.listing import neighbours_in_list
from orders.handling.order_query import order_in_full_or_404
from orders.handling.person_on_order import sees_person
from orders.models import Order, OrderEvent, Payment, WithdrawalLine, WithdrawalNotice
from orders.notes_and_tags.forms import OrderNoteForm
from orders.vat import correction
from shopadmin.access import has_right, staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required()
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order: what was ordered, sent, paid and issued, and everything that happened to it."""
    order = order_in_full_or_404(Order.objects.select_related("customer"), in_backoffice=True, number=number)
    shows_person = sees_person(request.user, order)
    can_edit = has_right(request.user, Right.EDIT)
    events = order.events.all()
    _name_who_did(order, events)
    mails = {mail.pk: mail for mail in order.mails} if shows_person else {}
    context = {
        "section": "orders",
        "order": order,
        "shows_person": shows_person,
        "can_edit": can_edit,
        "days": timeline_of(order, events, mails),
        **neighbours_in_list(request, order),
        **_documents(order, mails),
        **_payments(order),
        "totals": rows_of_order(order),
        "withdrawals": _withdrawals(order),
        **_goods(order),
        **_vat(order),
        **_notes(request, order, can_edit),
        **(_person(order) if shows_person else {}),
    }
    return render(request, "orders/handling/order.jinja", context)


def _withdrawals(order: Order) -> list[WithdrawalNotice]:
    """The notices with the lines that they name; most orders have none, and ask for none."""
    stated = list(order.withdrawals.all())
    prefetch_related_objects(stated, Prefetch("lines", WithdrawalLine.objects.select_related("order_line")))
    return stated


def _notes(request: HttpRequest, order: Order, can_edit: bool) -> dict:
    return {
        "notes": [(note, can_edit and note.may_be_deleted_by(request.user)) for note in order.notes.all()],
        "tags": [Tag(pk=row.tag_id, name=row.name) for row in order.order_tags.all()],
        "may_note": can_edit and not order.is_closed_and_erased,
        "note_form": OrderNoteForm(),
    }


def _vat(order: Order) -> dict:
    """What the register says of the buyer's VAT number, and whether the order can still do without VAT."""
    check = correction.check_of_order(order) if order.vat_number and not order.vat_checked_at else None
    return {"vat_check": check, "can_take_vat_off": check is not None and correction.can_take_off(order, check)}


def _payments(order: Order) -> dict:
    """What came in and went back; and the last try to pay at a provider, as long as it is one without money."""
    newest = next(iter(order.payment_attempts.all()), None)
    failed = newest if newest and newest.state in newest.WITHOUT_MONEY and order.outstanding else None
    return {
        "method": label_of(order.payment_method),
        "payments": [(payment, _method_of(payment)) for payment in order.payments.all()],
        "failed_attempt": failed,
        "failed_method": label_of(failed.method) if failed else "",
    }


def _method_of(payment: Payment) -> str:
    return refund_label_of(payment.method) if payment.is_refund else label_of(payment.method)


def _goods(order: Order) -> dict:
    lines = order.lines.all()
    return {
        "lines": lines,
        "sent": sum(line.sent for line in lines),
        "ordered": sum(line.sent + line.unsent for line in lines),
        "shipments": order.shipments.all(),
    }


def _name_who_did(order: Order, events: Iterable[OrderEvent]) -> None:
    """Whoever entered a payment or a parcel comes with its event: they are not read again."""
    people = {event.by_id: event.by for event in events}
    for row in (*order.payments.all(), *order.shipments.all()):
        row.by = people.get(row.by_id)


def _person(order: Order) -> dict:
    places = [(_("Billing address"), order.billing_address)]
    if order.is_parcel:
        places = [(_("Shipping address"), order.shipping_address), *places]
    addresses = [
        (heading, address.lines(name=order.get_full_name(), company=order.company_name))
        for heading, address in places
        if address and not address.is_empty
    ]
    is_the_same = len(addresses) == 2 and addresses[0][1] == addresses[1][1]
    return {"addresses": [(_("Shipping and billing address"), addresses[0][1])] if is_the_same else addresses}


def _documents(order: Order, mails: dict) -> dict:
    """Each document with the address it was mailed to (empty if it was not), and whether an invoice stands."""
    documents = order.documents.all()
    to = {name: mail.to for mail in mails.values() for name in mail.attachments}
    return {
        "documents": [(one, to.get(one.attachment) or to.get(one.path, "")) for one in documents],
        "standing": standing_invoice(order) is not None,
    }
