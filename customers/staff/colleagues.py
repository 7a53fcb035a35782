"""What an owner does with a colleague: another role, end their sessions, reset their second factor, remove them.

Whoever does it must still be an owner by then, and somebody else: so the last owner never goes.
"""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from customers.history import acting
from customers.models import Customer, StaffInvitation
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from shopadmin.mail.compose import absolute, compose_for
from shopadmin.roles import Role


def change_role(colleague: Customer, role: str, *, by: Customer) -> None:
    """Give them another role, which ends their sessions, and takes back what they invited with rights they lose."""
    with acting.merchant(by):
        locked = Customer.objects.locked_colleague(colleague.pk, by=by)
        if locked.role == role:
            return
        locked.role = role
        locked.save(update_fields=["role"])
        locked.sessions.all().delete()
        if role != Role.OWNER:
            _withdraw_invitations_of(locked)


@transaction.atomic
def end_sessions(colleague: Customer, *, by: Customer) -> None:
    """Sign them out everywhere."""
    Customer.objects.locked_colleague(colleague.pk, by=by).sessions.all().delete()


@transaction.atomic
def reset_second_factor(colleague: Customer, *, by: Customer | None = None) -> None:
    """Take away passkeys, app and recovery codes, sign them out everywhere, and tell them; `by` None is a command."""
    rows = Customer.objects
    locked = rows.locked_colleague(colleague.pk, by=by) if by else rows.select_for_update().get(pk=colleague.pk)
    Authenticator.objects.filter(user=locked).delete()
    locked.sessions.all().delete()
    context = {"by": by, "url": absolute(reverse("staff_sign_in"))}
    compose_for(locked, "second_factor_reset", context=context)


def remove(colleague: Customer, *, by: Customer) -> None:
    """Take the rights away at once. Who has ordered or signed up stays a customer; anybody else is erased."""
    if not colleague.is_shopper:
        theirs = list(StaffInvitation.objects.filter(invited_by=colleague).values_list("pk", flat=True))
        erase(colleague, by=ActorKind.MERCHANT, notify=False, actor=by)
        StaffInvitation.objects.filter(pk__in=theirs).delete()
        return
    with acting.merchant(by):
        locked = Customer.objects.locked_colleague(colleague.pk, by=by)
        locked.is_staff, locked.is_superuser, locked.role = False, False, ""
        locked.save(update_fields=["is_staff", "is_superuser", "role"])
        locked.sessions.all().delete()
        _withdraw_invitations_of(locked)


def _withdraw_invitations_of(colleague: Customer) -> None:
    StaffInvitation.objects.filter(invited_by=colleague).delete()
