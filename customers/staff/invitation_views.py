from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers.models import StaffInvitation
from customers.staff import invitations
from customers.staff.forms import InvitationForm
from shopadmin.access import staff_required
from shopadmin.rendering.formats import email_address
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.STAFF, again=True)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by a mailed link."""
    form = InvitationForm(request.POST if request.method == "POST" else None, store=request.store)
    if form.is_valid():
        is_sent = invitations.invite(**form.cleaned_data, by=request.user)
        _say_whether_sent(request, is_sent, form.cleaned_data["email"])
        return redirect("staff")
    return render(request, "customers/staff/invite.jinja", {"section": "settings", "form": form})


@staff_required(Right.STAFF)
@require_POST
def staff_invitation_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail a new link; the one before works no more."""
    invitation = get_object_or_404(StaffInvitation, pk=pk)
    _say_whether_sent(request, invitations.send_again(invitation, by=request.user), invitation.email)
    return redirect("staff")


@staff_required(Right.STAFF)
@require_POST
def staff_invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back: its link works no more."""
    invitation = get_object_or_404(StaffInvitation, pk=pk)
    invitation.delete()
    messages.success(request, _("Invitation to %(email)s withdrawn") % {"email": email_address(invitation.email)})
    return redirect("staff")


def _say_whether_sent(request: HttpRequest, is_sent: bool, email: str) -> None:
    if is_sent:
        messages.success(request, _("Invitation sent to %(email)s") % {"email": email_address(email)})
    else:
        messages.warning(request, _("No invitation was sent: someone else changed it at the same time."))
