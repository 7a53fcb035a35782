from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.models import Customer, PrivacyRequest
from customers.privacy.requests.forms import PrivacyRequestForm
from customers.privacy.restriction.restriction import sees_restricted, shoppers_seen_by
from shopadmin.access import has_right, staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.row_ids import is_row_id

CLOSED_SHOWN = 100


@staff_required(Right.LOOK)
@require_safe
def privacy_requests(request: HttpRequest) -> HttpResponse:
    """What people asked to be done with their data: open first, the earliest due on top."""
    requests = PrivacyRequest.objects.select_related("customer")
    context = {
        "section": "privacy",
        "open_requests": requests.open(),
        "closed_requests": requests.closed().order_by("-closed_at", "-id")[:CLOSED_SHOWN],
        "may_add": has_right(request.user, Right.EDIT),
        "sees_restricted": sees_restricted(request.user),
    }
    return render(request, "customers/privacy/requests/requests.jinja", context)


@staff_required(Right.EDIT)
def privacy_request_add(request: HttpRequest) -> HttpResponse:
    """Write down a request that came in by another way than the account."""
    start = {"email": _email_of(request.GET.get("customer", ""), request.user), "received_on": timezone.localdate()}
    form = PrivacyRequestForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        privacy_request = form.save()
        messages.success(request, _("Request added."))
        return redirect(privacy_request)
    return render(request, "customers/privacy/requests/request_add.jinja", {"section": "privacy", "form": form})


def _email_of(number: str, staff: Customer) -> str:
    """The address of the customer whose page led here."""
    found = shoppers_seen_by(staff).filter(pk=number) if is_row_id(number) else []
    return found[0].email if found else ""
