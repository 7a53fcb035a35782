from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers.models import Customer, PrivacyRequest
from customers.privacy.archive import file as archive_file
from customers.privacy.archive import mails as archive_mails
from customers.privacy.archive.forms import ReleaseForm
from customers.privacy.archive.notes import notes_on
from customers.privacy.restriction.restriction import shopper_seen_by
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.row_ids import is_row_id


@staff_required(Right.EXPORT, own_transaction=True)  # it changes nothing, and takes seconds for thousands of orders
@require_http_methods(["GET", "HEAD", "POST"])
def customer_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind to make sure who is asking, and show the notes; by POST, hand out the archive."""
    customer = shopper_seen_by(request.user, pk)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return archive_file.hand_out(form.person(customer), to=f"staff {request.user.pk}")
    return _page(request, customer, form)


@staff_required(Right.EXPORT)
@require_POST
def customer_archive_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Email the customer a link to the archive, and lead back to the request it answers."""
    customer = shopper_seen_by(request.user, pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, customer, form)
    person = form.person(customer)
    archive_mails.release(person)
    archive_file.log_handing_out(person, to=f"the customer by a link from staff {request.user.pk}")
    messages.success(request, _("The customer will receive a link to download the copy. It is valid for 7 days."))
    return redirect(_request_of(request, customer) or customer)


def _page(request: HttpRequest, customer: Customer, form: ReleaseForm) -> HttpResponse:
    asked = _request_of(request, customer)
    context = {
        "section": "privacy" if asked else "customers",
        "customer": customer,
        "asked": asked,
        "form": form,
        "notes": notes_on(customer),
        "mailed": customer.mails.filter(name="archive_ready").order_by("-created_at").first(),
    }
    return render(request, "customers/privacy/archive/export.jinja", context)


def _request_of(request: HttpRequest, customer: Customer) -> PrivacyRequest | None:
    """The request for access that led here, if it is this customer's."""
    number = request.GET.get("request", "")
    wanted = customer.privacy_requests.filter(kind=PrivacyRequest.Kind.ACCESS)
    return wanted.filter(pk=number).first() if is_row_id(number) else None
