"""Inviting somebody to work in the backoffice: by a mailed link, whose secret stands in that email alone."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, StaffInvitation
from shopadmin.mail.compose import absolute, compose
from shopadmin.models import Mail


def refusal(email: str) -> str | Promise:
    """Why nobody with this address can be invited, or accept; empty where they can."""
    customer = Customer.objects.filter(email=email).first()
    if customer is None:
        return ""
    if customer.is_staff:
        return _("This person is already a member of staff.")
    if customer.merged_into_id:
        return _("This address belongs to a merged customer. Use their current email address.")
    if not customer.is_active or customer.is_restricted:
        return _("This customer's account is blocked, restricted or not approved. Open it first.")
    return ""


@transaction.atomic
def invite(email: str, *, first_name: str, role: str, language: str, by: Customer) -> bool:
    """Mail an invitation; False when somebody else has invited this address meanwhile."""
    words = {"first_name": first_name, "role": role, "language": language}
    invitation, is_new = StaffInvitation.objects.get_or_create(email=email, defaults=words)
    if is_new:
        _send(invitation, by)
    return is_new


@transaction.atomic
def send_again(invitation: StaffInvitation, *, by: Customer) -> bool:
    """Mail a new link, which ends the one before; False when it was accepted or withdrawn meanwhile."""
    locked = StaffInvitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if locked is None:
        return False
    _send(locked, by)
    return True


def invitation_behind(secret: str) -> StaffInvitation | None:
    """The invitation that a link leads to; None for one that is no good (any more)."""
    return StaffInvitation.objects.open().select_related("invited_by").filter(secret_hash=_hash(secret)).first()


def forget_old_invitations() -> None:
    """Delete those that nobody accepted, a month after they were sent."""
    StaffInvitation.objects.filter(sent_at__lt=timezone.now() - StaffInvitation.KEPT).delete()


def _send(invitation: StaffInvitation, by: Customer) -> Mail | None:
    secret = secrets.token_urlsafe(32)
    invitation.sent_at, invitation.secret_hash, invitation.invited_by = timezone.now(), _hash(secret), by
    invitation.save()
    customer = Customer.objects.filter(email=invitation.email).first()
    language = (customer and customer.language) or invitation.language
    url = absolute(reverse("staff_invitation", args=[secret]))
    context = {"invitation": invitation, "url": url, "hours": StaffInvitation.LASTS // timedelta(hours=1)}
    return compose(
        "staff_invitation", to=invitation.email, language=language, context=context, customer=customer, secret=True
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
