from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.portal.forms import PARTS, Part
from accounts.signing_in.guards import shopper_required
from customers.models import Customer
from shopadmin.rendering.pages import render


@shopper_required
def edit(request: HttpRequest, part: str) -> HttpResponse:
    """Change one part of what the shop knows about the shopper."""
    if part not in PARTS:
        raise Http404
    edited = Part(part, request.POST if request.method == "POST" else None, shopper=request.user)
    if edited.is_bound and edited.is_valid() and edited.save():
        if edited.must_wait:
            return _to_the_door(request)
        messages.success(request, _("Saved."))
        return _back(part)
    return render(
        request, "accounts/portal/edit.jinja", {"area": "account", "part": edited, "has_errors": edited.has_errors}
    )


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """To the page that says that the account waits for approval from now on."""
    logout(request)
    request.session["not_open"] = Customer.Access.AWAITING
    return redirect("account_inactive")


def _back(part: str) -> HttpResponse:
    """To the page of their data; in the language just chosen, whatever was chosen for this browser before."""
    response = redirect("account_data")
    if part == "language":
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
