from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.models import VatCheck
from orders.vat import section
from orders.vat.forms import RatesForm, TaxForm
from orders.vat.rates import AS_OF
from orders.vat.rates_abroad import country_name, rates_abroad
from orders.vat.territories import FOR_GOODS
from orders.vat.vies import OUR_OWN_IS_WRONG
from shopadmin.access import staff_required
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.store.section_form import edit_settings
from shopadmin.store.sections import index


@staff_required(Right.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def taxes(request: HttpRequest) -> HttpResponse:
    """Under which numbers and schemes the shop pays VAT, and the rates of its country."""
    store = StoreSettings.current()
    form, is_saved = edit_settings(request, TaxForm)
    if is_saved:
        messages.success(request, _("Settings saved"))
        for doubt in form.doubts():
            messages.warning(request, doubt)
        return redirect("taxes")
    context = {"section": "settings", "part": section.SECTION, "groups": index(store), "form": form, "as_of": AS_OF}
    context |= {"missing": section.missing(store)}
    context["own_number_refused"] = VatCheck.objects.filter(fault__contains=OUR_OWN_IS_WRONG).exists()
    context["abroad"] = rates_abroad(store) if store.one_stop_shop else []
    return render(request, "orders/vat/taxes.jinja", context)


@staff_required(Right.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def country_rates(request: HttpRequest, country: str) -> HttpResponse:
    """The rates that consumers of another member state pay."""
    store = StoreSettings.current()
    if country not in FOR_GOODS - {str(store.country)}:
        raise Http404
    form, is_saved = edit_settings(request, partial(RatesForm, country=country))
    if is_saved:
        messages.success(request, _("Settings saved"))
        return redirect("taxes")
    context = {"section": "settings", "form": form, "country": country_name(country), "as_of": AS_OF}
    return render(request, "orders/vat/country_rates.jinja", context)
