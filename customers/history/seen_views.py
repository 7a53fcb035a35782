from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from customers.models import HistoryEntry
from customers.privacy.restriction.restriction import shopper_seen_by
from shopadmin.access import staff_required
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_POST
def customer_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the mark off what this shopper changed."""
    customer = shopper_seen_by(request.user, pk)
    customer.history.filter(seen=False).update(seen=True)
    return redirect("customer", pk)


@staff_required(Right.EDIT)
@require_POST
def customers_seen(request: HttpRequest) -> HttpResponse:
    """Take the mark off what any shopper changed."""
    HistoryEntry.objects.filter(seen=False).update(seen=True)
    messages.success(request, _("All changes by customers marked as seen."))
    return redirect("customers")
