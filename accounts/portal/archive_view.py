from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signing_in.guards import asked_again, shopper_required
from customers.privacy.archive import file as archive_file
from customers.privacy.archive.archive import Person
from customers.privacy.archive.notes import ask_for_notes, has_notes
from shopadmin.rendering.pages import render


@asked_again
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest) -> HttpResponse:
    """Offer everything held on the shopper, but for notes that nobody has looked over; by POST, the file."""
    if request.method == "POST":
        return archive_file.hand_out(Person(request.user), to="the customer")
    context = {"area": "account", "has_notes": has_notes(request.user)}
    return render(request, "accounts/portal/export.jinja", context)


@shopper_required
@require_POST
def archive_notes(request: HttpRequest) -> HttpResponse:
    """Ask the shop for its notes too."""
    ask_for_notes(request.user)
    messages.success(request, _("We have received your request and will reply within a month."))
    return redirect("account_archive")
