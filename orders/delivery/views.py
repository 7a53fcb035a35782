from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders.catalogue.step_form import StepForm
from orders.delivery import section
from orders.delivery.forms import DeliveryMethodForm
from orders.models import DeliveryMethod
from shopadmin.access import staff_required
from shopadmin.edit_conflicts import edit
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.store.sections import index


@staff_required(Right.SETTINGS)
@require_safe
def delivery_methods(request: HttpRequest) -> HttpResponse:
    """The ways of delivery, in the order in which shoppers see them."""
    methods, store = DeliveryMethod.objects.all(), StoreSettings.current()
    context = {"section": "settings", "part": section.SECTION, "groups": index(store), "methods": methods}
    context |= {"missing": section.missing(store), "currency": store.currency}
    return render(request, "orders/delivery/delivery_methods.jinja", context)


@staff_required(Right.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def delivery_method_add(request: HttpRequest) -> HttpResponse:
    """A new way of delivery, behind all others."""
    form = DeliveryMethodForm(request.POST or None)
    return _answer(request, form, is_saved=form.is_valid() and bool(form.save()), done=_("Delivery method added"))


@staff_required(Right.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def delivery_method(request: HttpRequest, pk: int) -> HttpResponse:
    """What a way of delivery is called and costs; placed orders keep what they were placed with."""
    method = get_object_or_404(DeliveryMethod, pk=pk)
    data = request.POST if request.method == "POST" else None
    rows = DeliveryMethod.objects.all()
    form, saved = edit(data, rows, lambda sent, row: DeliveryMethodForm(sent, instance=row), pk=pk)
    return _answer(request, form, is_saved=bool(saved), done=_("Delivery method saved"), method=method)


@staff_required(Right.SETTINGS)
@require_POST
def delivery_method_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a way of delivery at checkout (`active`), or no longer."""
    active = request.POST.get("active") == "on"
    DeliveryMethod.objects.filter(pk=get_object_or_404(DeliveryMethod, pk=pk).pk).update(active=active)
    return redirect("delivery_methods")


@staff_required(Right.SETTINGS)
@require_POST
def delivery_method_position(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down at checkout."""
    method, form = get_object_or_404(DeliveryMethod, pk=pk), StepForm(request.POST)
    if form.is_valid():
        method.move(form.cleaned_data["step"])
    return redirect("delivery_methods")


def _answer(request: HttpRequest, form: BaseForm, *, is_saved: bool, done: str, **context) -> HttpResponse:
    if is_saved:
        messages.success(request, done)
        return redirect("delivery_methods")
    return render(request, "orders/delivery/delivery_method.jinja", {"section": "settings", "form": form, **context})
