"""Which kinds of email may go to another address than they were written for, and why the others may not.

Every kind below `templates/mails` stands in one of the two lists; a test fails for a new one that does not.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shopadmin.models import Mail


class Refusal(models.TextChoices):
    """Why an email is not sent to another address."""

    ACCOUNT = "account", _("This email is about the customer's account, so it only goes to their own address.")
    PERSONAL = "personal", _("This email is about the customer's personal data, so it only goes to their own address.")
    STAFF = "staff", _("This email is an invitation, so it only goes to the address it was made for.")
    SHOP = "shop", _("This email is for the shop itself.")
    NOBODY = "nobody", _("This email belongs to no customer.")
    ERASED = "erased", _("This email is about a customer who has been erased.")
    NOT_FAILED = "not_failed", _("Only emails that could not be delivered can be sent to another address.")
    DONE = "done", _("This email has already been sent to another address.")


SENT_AGAIN = frozenset({
    "credit_note_issued", "invoice_issued", "order_cancelled", "order_edited", "order_message", "order_placed",
    "order_ready", "order_refunded", "order_withdrawn", "payment_reminder", "shipment_sent", "withdrawal_received",
})  # fmt: skip
OF_ACCOUNT = (
    "account_deleted", "account_deleted_by_shop", "account_exists", "account_not_open", "approval_waits", "approved",
    "confirm_address", "confirm_new_address", "email_changed", "email_set_by_shop", "merged", "new_device",
    "password_changed", "password_link", "refused", "second_factor_reset", "second_step_failed", "sign_in_code",
    "unknown_account", "way_in_changed", "who_is_it_code",
)  # fmt: skip
OF_PERSONAL_DATA = (
    "archive_in_account", "archive_link", "archive_nothing_held", "archive_ready", "request_answered",
    "request_extended", "request_received", "restriction_lifted",
)  # fmt: skip
TO_SHOP = (
    *Mail.OTHERS_TO_MERCHANT, "order_cancelled_merchant", "order_placed_merchant", "order_refunded_merchant", "test",
    "withdrawal_received_merchant", "withdrawal_unmatched_merchant",
)  # fmt: skip
NEVER_SENT_AGAIN = {
    **dict.fromkeys(OF_ACCOUNT, Refusal.ACCOUNT),
    **dict.fromkeys(OF_PERSONAL_DATA, Refusal.PERSONAL),
    "staff_invitation": Refusal.STAFF,
    **dict.fromkeys(TO_SHOP, Refusal.SHOP),
}


def refusal_of(mail: Mail) -> Refusal | None:
    """Return why this email cannot be sent to another address; None where it can."""
    if mail.name not in SENT_AGAIN or mail.secret:
        return NEVER_SENT_AGAIN.get(mail.name, Refusal.ACCOUNT)
    if mail.notice:
        return Refusal.ERASED
    if mail.customer_id is None:
        return Refusal.NOBODY
    if mail.replaced_by_id:
        return Refusal.DONE
    return None if mail.state == Mail.State.FAILED and mail.html else Refusal.NOT_FAILED
