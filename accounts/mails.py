"""The mails about signing in, each in its recipient's language and with links from the settings alone."""

from datetime import datetime, timedelta

from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.signing_in.password_tokens import ASKED_FOR, SENT_BY_SHOP, password_tokens
from customers.models import Customer
from shopadmin.mail.compose import absolute, compose, compose_for, compose_for_merchant
from shopadmin.models import Mail

STRANGERS_KEPT = timedelta(days=30)


def confirm_address(customer: Customer, code: str, *, with_order: bool = False) -> Mail | None:
    """A code for the browser that asked; for any other, a link to choose a password there.

    `with_order`: the account is made with an order that was placed just now.
    """
    link_context = password_link_context(customer, lasts=SENT_BY_SHOP if with_order else ASKED_FOR)
    return compose_for(customer, "confirm_address", context={"code": code, **link_context}, secret=True)


def confirm_new_address(customer: Customer, to: str, code: str) -> Mail | None:
    """A code to an address that a customer wants to change to; in the language of whoever has it."""
    language = _language_at(to) or customer.language
    context = {"code": code}
    return compose("confirm_new_address", to=to, language=language, context=context, customer=customer, secret=True)


def sign_in_code(customer: Customer, code: str) -> Mail | None:
    return compose_for(customer, "sign_in_code", context={"code": code}, secret=True)


def who_is_it_code(customer: Customer, code: str) -> Mail | None:
    """A code that proves, in an open session, that it is still its owner who sits there."""
    return compose_for(customer, "who_is_it_code", context={"code": code}, secret=True)


def password_link(customer: Customer, *, by_merchant: bool = False) -> Mail | None:
    """The link with which a customer sets a password, and when it expires."""
    link_context = password_link_context(customer, lasts=SENT_BY_SHOP if by_merchant else ASKED_FOR)
    context = {"by_merchant": by_merchant, **link_context}
    return compose_for(customer, "password_link", context=context, secret=True)


def account_exists(customer: Customer) -> Mail | None:
    """To the owner of an address with which somebody signed up anew."""
    if not customer.is_active:
        return account_not_open(customer)
    links = {"sign_in_url": link("account_login"), "reset_url": link("account_reset_password")}
    return compose_for(customer, "account_exists", context=links)


def account_not_open(customer: Customer) -> Mail | None:
    """Somebody asked for a way into an account that waits, was refused or is blocked."""
    return compose_for(customer, "account_not_open")


def unknown_account(email: str) -> Mail | None:
    """To an address without an account, for which somebody asked for a way in."""
    context = {"sign_up_url": link("account_signup")}
    return compose("unknown_account", to=email, language=get_language(), context=context)


def forget_mails_to_strangers() -> None:
    """Delete what no erasure would: emails to addresses without an account, a month after somebody typed those."""
    long_ago = timezone.now() - STRANGERS_KEPT
    to_strangers = Mail.objects.filter(
        name__in=["unknown_account", "archive_nothing_held", "staff_invitation"], customer=None
    )
    to_strangers.filter(created_at__lt=long_ago).delete()


def password_changed(customer: Customer) -> Mail | None:
    return compose_for(customer, "password_changed", context={"reset_url": link("account_reset_password")})


def way_in_changed(customer: Customer, change: str) -> Mail | None:
    """Something that one signs in with was added or removed: `change` is named in the template."""
    is_staffs = customer.is_staff
    context = {"change": change, "url": link("staff_security" if is_staffs else "account_security")}
    return compose_for(customer, "way_in_changed", context=context)


def second_step_failed(customer: Customer) -> Mail | None:
    """Somebody who has the password does not get past the second step."""
    return compose_for(customer, "second_step_failed", context={"reset_url": link("staff_reset")})


def new_device(customer: Customer, *, client: str, at: datetime) -> Mail | None:
    """Somebody, probably the customer, signed in with a browser that is new; `client` is what it calls itself."""
    reset = "staff_reset" if customer.is_staff else "account_reset_password"
    devices_url = "" if customer.is_staff else link("account_sessions")
    context = {"client": client, "at": at, "reset_url": link(reset), "url": devices_url}
    return compose_for(customer, "new_device", context=context)


def email_changed(customer: Customer, *, old: str, undo_url: str, by_shop: bool = False) -> Mail | None:
    """To the address that was left, with the way back where there is one."""
    context = {"customer": customer, "undo_url": undo_url, "by_shop": by_shop}
    return compose("email_changed", to=old, language=customer.language, context=context, customer=customer, secret=True)


def email_set_by_shop(customer: Customer) -> Mail | None:
    """To the address that the merchant has just given an account."""
    door = "staff_sign_in" if customer.is_staff else "account_login"
    return compose_for(customer, "email_set_by_shop", context={"url": link(door)})


def approval_waits(customer: Customer, *, is_new: bool = True) -> None:
    """To the shopper that the shop looks at it first, and to the merchant that somebody waits.

    `is_new`: it is a new account, and not one that has become a business's.
    """
    compose_for(customer, "approval_waits", context={"is_new": is_new})
    context = {"customer": customer, "is_new": is_new, "url": link("customer", customer.pk)}
    compose_for_merchant("approval_wanted", context=context, about=customer)


def approved(customer: Customer) -> Mail | None:
    return compose_for(customer, "approved", context={"url": link("account_login")})


def refused(customer: Customer) -> Mail | None:
    return compose_for(customer, "refused")


def merged(kept: Customer, merged: Customer, *, had_passkeys: bool) -> None:
    """To whoever has an account on one of two records that the shop made one; neither is told the other's address.

    `had_passkeys`: those of the merged record are gone for good.
    """
    for customer in (kept, merged):
        if customer.is_registered:
            context = {"is_kept": customer == kept, "had_passkeys": had_passkeys, "url": link("account_login")}
            compose_for(customer, "merged", context=context)


def password_link_context(customer: Customer, *, lasts: timedelta) -> dict:
    """A fresh link that sets a password, for how many hours it works, and until when."""
    token = password_tokens.make_token(customer, lasts=lasts)
    url = link("account_reset_password_from_key", user_pk_to_url_str(customer), token)
    return {"url": url, "hours": lasts // timedelta(hours=1), "expires_at": timezone.now() + lasts}


def link(name: str, *args) -> str:
    """The address of a page, for a mail."""
    return absolute(reverse(name, args=args))


def _language_at(email: str) -> str | None:
    return Customer.objects.filter(email=email).values_list("language", flat=True).first()
