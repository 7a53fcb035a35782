from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.duplicates.look_alikes import clues_in, keep_look_alikes, look_alikes
from customers.models import Customer
from customers.privacy.restriction.restriction import shopper_edited_by
from customers.record.address_change import address_after_change
from customers.record.page_form import CustomerPage
from shopadmin.access import has_right, staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_add(request: HttpRequest) -> HttpResponse:
    """An empty form, which makes a customer."""
    new = Customer(language=request.store.first_language, origin=Customer.Origin.MERCHANT)
    return _answer(request, CustomerPage(request.POST or None, customer=new, editor=request.user))


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a customer that the backoffice may change, in one form."""
    customer = shopper_edited_by(request.user, pk, among=Customer.objects.shoppers().prefetch_related("addresses"))
    return _answer(request, CustomerPage(request.POST or None, customer=customer, editor=request.user))


def _answer(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    if page.is_valid() and page.save():
        _say_saved(request, page)
        keep_look_alikes(page.customer.pk)
        if page.has_new_address:
            return redirect(address_after_change(page.customer))
        return redirect("customer", page.customer.pk)
    context = {"section": "customers", "page": page, "has_errors": page.has_errors}
    if page.is_bound:  # else the page asks by itself while somebody types
        context["look_alikes"] = look_alikes(clues_in(request.POST.dict()), but=page.customer.pk)
        context |= {"number": page.customer.pk, "may_merge": has_right(request.user, Right.MERGE)}
    return render(request, "customers/record/edit.jinja", context)


def _say_saved(request: HttpRequest, page: CustomerPage) -> None:
    if page.stays_shut:
        warning = _(
            "Saved. Customer accounts are switched off in the settings, so the customer was not approved or notified."
        )
        messages.warning(request, warning)
    elif page.customer.is_registered:
        seen = _("Saved. %(name)s sees the change in their account immediately.")
        messages.success(request, seen % {"name": page.customer})
    else:
        messages.success(request, _("Saved."))
