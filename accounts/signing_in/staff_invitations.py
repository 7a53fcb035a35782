"""Accepting an invitation to the backoffice: rights, password and a proved mailbox, all at once or not at all."""

from django.db import transaction
from django.utils import timezone

from accounts.email_verification.mailbox_proven import prove_by_invitation
from customers.history import acting
from customers.models import Customer, StaffInvitation
from customers.models.history import ActorKind
from customers.staff import invitations

WRITTEN = ["first_name", "password", "registered_at", "is_staff", "role"]


@transaction.atomic
def accept(secret: str, password: str) -> Customer | None:
    """Give whoever reads that mailbox their rights and `password`; None when the link works no more."""
    found = invitations.invitation_behind(secret)
    invitation = found and StaffInvitation.objects.select_for_update().filter(secret_hash=found.secret_hash).first()
    if not invitation or invitations.refusal(invitation.email):
        return None
    with acting.acting(ActorKind.MERCHANT, by=invitation.invited_by, source="staff invitation"):
        customer = _record_of(invitation)
        customer.is_staff, customer.role = True, invitation.role
        customer.first_name = customer.first_name or invitation.first_name
        customer.registered_at = customer.registered_at or timezone.now()
        customer.set_password(password)
        customer.save(update_fields=WRITTEN)
        prove_by_invitation(customer)
        invitation.delete()
    return customer


def _record_of(invitation: StaffInvitation) -> Customer:
    """Their record, locked: what they ordered stays theirs."""
    rights = {"is_staff": True, "role": invitation.role}
    made = {"first_name": invitation.first_name, "language": invitation.language, **rights}
    customer, _is_new = Customer.objects.get_or_create(email=invitation.email, defaults=made)
    return Customer.objects.select_for_update().get(pk=customer.pk)
