from django.db import transaction

from customers.history import acting
from customers.models import Customer
from customers.privacy.restriction.restriction import must_be_usable
from orders.models import Order, OrderEvent
from orders.resending.kinds import refusal_of
from shopadmin.mail.compose import compose_again
from shopadmin.models import Mail


@transaction.atomic
def send_again(mail: Mail, *, to: str, keep: bool, by: Customer) -> Mail | None:
    """Queue what an email says for another address; None if somebody else did so meanwhile.

    `keep`: from now on it is the address of the guest and of their open orders, or that of the company's invoices.
    """
    customer = Customer.objects.select_for_update().get(pk=mail.customer_id)
    must_be_usable(customer)
    failed = Mail.objects.select_for_update().get(pk=mail.pk)
    if refusal_of(failed):
        return None
    again = compose_again(failed, to=to)
    for event in _events_of(failed):
        event.order.log(OrderEvent.Kind.MAIL, by=by, mail=again.pk)
    if keep and went_to_own_address(failed, customer):
        _keep(customer, to, by=by)
    elif keep and went_to_invoice_address(failed, customer):
        _keep_for_invoices(customer, to, by=by)
    return again


def went_to_own_address(mail: Mail, customer: Customer) -> bool:
    """Whether it failed at a guest's own address; who has an account signs in with theirs, which is more to change."""
    return not customer.is_registered and not customer.is_staff and mail.to == customer.email


def went_to_invoice_address(mail: Mail, customer: Customer) -> bool:
    """Whether it failed at the address that a company wants its invoices sent to."""
    return customer.is_business and mail.to == customer.invoice_email


def _events_of(mail: Mail):
    events = OrderEvent.objects.filter(kind=OrderEvent.Kind.MAIL, order__customer=mail.customer_id)
    return events.filter(facts__mail=mail.pk).select_related("order")


def _keep(customer: Customer, to: str, *, by: Customer) -> None:
    for order in customer.orders.filter(email=customer.email, state=Order.State.OPEN):
        order.email = to
        order.save(update_fields=["email"])
    with acting.merchant(by):
        customer.change_email(to, by=by)


def _keep_for_invoices(customer: Customer, to: str, *, by: Customer) -> None:
    customer.invoice_email = to
    with acting.merchant(by):
        customer.save(update_fields=["invoice_email"])
