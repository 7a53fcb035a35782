"""The kinds of email about accounts, with an example of each; no code and no link of theirs works."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.mail_kinds import example_customer
from customers.models import Customer
from customers.privacy.erasure.summary import Kept, Summary
from shopadmin.mail.kinds import About, Kind, example_link

LASTS = timedelta(hours=72)
CODE = "BCDF-GHJK"


def _greeted(**values) -> dict:
    return {"first_name": "Robin", "url": example_link(), **values}


def _link(**values) -> dict:
    return {"url": example_link(), "hours": 72, "expires_at": timezone.now() + LASTS, **values}


def _new(**values) -> dict:
    return {"customer": example_customer(), "is_new": True, "url": example_link(), **values}


def _waiting() -> dict:
    return {"customer": example_customer(access=Customer.Access.AWAITING)}


def _erased() -> dict:
    until = timezone.localdate() + timedelta(days=7 * 365)
    kept = [Kept("10023", timezone.localdate(), [], until), Kept("10031", timezone.localdate(), [], None)]
    customer = example_customer()
    who = {"name": customer.get_full_name(), "email": customer.email, "number": 1001}
    return {"summary": Summary(stays=kept), "has_account": True, **who}


KINDS = [
    Kind(
        "confirm_address", About.ACCOUNTS, _("Confirm email address"),
        _("When someone creates an account."), lambda: _link(code=CODE),
    ),
    Kind(
        "account_exists", About.ACCOUNTS, _("Account exists already"),
        _("When someone creates an account with an email address that already has one."),
        lambda: _greeted(sign_in_url=example_link(), reset_url=example_link()),
    ),
    Kind(
        "unknown_account", About.ACCOUNTS, _("No account with this address"),
        _("When someone asks for a code or a password with an email address that has no account."),
        lambda: {"sign_up_url": example_link()},
    ),
    Kind(
        "account_not_open", About.ACCOUNTS, _("Account is not open"),
        _("When someone tries to sign in to an account that awaits approval or is closed."), _waiting,
    ),
    Kind(
        "approval_waits", About.ACCOUNTS, _("Awaiting approval"),
        _("When someone creates an account that you have to approve."), _new,
    ),
    Kind("approved", About.ACCOUNTS, _("Account approved"), _("When you approve an account."), _greeted),
    Kind("refused", About.ACCOUNTS, _("Account refused"), _("When you refuse an account."), _greeted),
    Kind(
        "password_link", About.ACCOUNTS, _("Password link"),
        _("When a customer asks for a new password, or you send them a link to set one."),
        lambda: _link(first_name="Robin"),
    ),
    Kind(
        "password_changed", About.ACCOUNTS, _("Password changed"),
        _("When a customer has set a new password."), lambda: _greeted(reset_url=example_link()),
    ),
    Kind(
        "way_in_changed", About.ACCOUNTS, _("Sign-in method changed"),
        _("When someone has added or removed a passkey, an authenticator app or recovery codes."),
        lambda: _greeted(change="passkey_added"),
    ),
    Kind(
        "second_step_failed", About.SHOP, _("Too many wrong codes"),
        _("When someone enters the password of a member of staff and then five wrong codes. Sent to that person."),
        lambda: {"first_name": "Robin", "reset_url": example_link()},
    ),
    Kind(
        "new_device", About.ACCOUNTS, _("Sign-in from a new device"),
        _("When a customer or a member of staff signs in with a browser they have not used before."),
        lambda: _greeted(client="Firefox, Windows", at=timezone.now(), reset_url=example_link()),
    ),
    Kind(
        "sign_in_code", About.ACCOUNTS, _("Sign-in code"),
        _("When a customer signs in with a code instead of a password."), lambda: _greeted(code=CODE),
    ),
    Kind(
        "who_is_it_code", About.ACCOUNTS, _("Confirmation code"),
        _("When a customer changes something that needs proof of who they are."), lambda: _greeted(code=CODE),
    ),
    Kind(
        "confirm_new_address", About.ACCOUNTS, _("Confirm new email address"),
        _("When a customer changes their email address: to the new one."), lambda: {"code": CODE},
    ),
    Kind(
        "email_changed", About.ACCOUNTS, _("Email address changed"),
        _("When the email address of an account has changed: to the old one."), lambda: {"undo_url": example_link()},
    ),
    Kind(
        "email_set_by_shop", About.ACCOUNTS, _("Email address changed by the shop"),
        _("When you change the email address of a customer who has an account. Sent to the new address."),
        lambda: _greeted(customer=example_customer()),
    ),
    Kind(
        "merged", About.ACCOUNTS, _("Accounts merged"), _("When you merge two customers who have an account."),
        lambda: _greeted(customer=example_customer(), is_kept=True),
    ),
    Kind(
        "account_deleted", About.ACCOUNTS, _("Account deleted by the customer"),
        _("When a customer has deleted their account."), _erased,
    ),
    Kind(
        "account_deleted_by_shop", About.ACCOUNTS, _("Account deleted by you"),
        _("When you erase a customer who has an account, or who asked for it."), _erased,
    ),
    Kind(
        "approval_wanted", About.SHOP, _("Account to approve"),
        _("When someone creates an account that you have to approve."), _new,
    ),
    Kind(
        "account_deleted_by_shopper", About.SHOP, _("Customer deleted their account"),
        _("When a customer has deleted their account."), _erased,
    ),
]  # fmt: skip
