"""Who has to wait for the merchant before the door opens."""

from accounts import mails
from customers.models import Customer
from shopadmin.models import StoreSettings

# Whom the merchant entered, the merchant has decided on.
ENTERED_BY_MERCHANT = (Customer.Origin.MERCHANT, Customer.Origin.IMPORT)


def await_if_due(customer: Customer) -> bool:
    """Let a customer who has just registered wait for approval, where the shop wants that, and tell both sides."""
    if not is_due(customer) or not customer.await_approval():
        return False
    mails.approval_waits(customer)
    return True


def await_as_business(customer: Customer) -> bool:
    """Let a registered customer who has just become a business wait, where the shop approves businesses."""
    if not waits_as_business(customer) or not customer.await_approval():
        return False
    mails.approval_waits(customer, is_new=False)
    return True


def waits_as_business(customer: Customer) -> bool:
    """Whether this customer, by becoming a business, has to wait; whoever entered them decided on a private person."""
    is_approved = StoreSettings.current().approval != StoreSettings.Approval.BUSINESS
    return not is_approved and customer.is_registered and not customer.is_staff


def is_due(customer: Customer) -> bool:
    """Whether this customer, by registering, has to wait for approval."""
    if customer.is_staff or not customer.is_active or customer.origin in ENTERED_BY_MERCHANT:
        return False
    approval = StoreSettings.current().approval
    if approval == StoreSettings.Approval.BUSINESS:
        return customer.is_business
    return approval == StoreSettings.Approval.EVERYBODY
