from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.portal.forms import AskForm, Part
from accounts.signing_in.guards import shopper_required
from accounts.signing_in.sessions import open_sessions
from customers.models import Address, Customer
from shopadmin.locale_choices import language_name
from shopadmin.rendering.pages import render


@shopper_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Everything that a shopper may see and change about themselves."""
    shopper = request.user
    lines = {address.kind: lines_of(address, shopper) for address in shopper.addresses.all()}
    context = {
        "area": "account",
        "shopper": shopper,
        "language": language_name(shopper.language) if shopper.language else "",
        "billing": lines.get("billing"),
        "shipping": lines.get("shipping") if shopper.ship_elsewhere else None,
        "devices": open_sessions(shopper).count(),
        "consent": shopper.consents.first(),
        "marketing": Part("marketing", None, shopper=shopper),
    }
    return render(request, "accounts/portal/data.jinja", context)


@shopper_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the shop to do something with their data."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save(request.user)
        messages.success(request, _("We have received your request and will reply within a month."))
        return redirect("account_data")
    return render(request, "accounts/portal/ask.jinja", {"area": "account", "form": form})


def lines_of(address: Address, shopper: Customer) -> list[str]:
    """An address of the shopper as its country writes it."""
    return address.lines(name=shopper.get_full_name(), company=shopper.company)
