from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from customers.history import acting
from customers.models import Customer, Tag
from customers.privacy.restriction.restriction import shopper_edited_by
from customers.tags.forms import RemoveForm, TagForm
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_tags(request: HttpRequest, pk: int) -> HttpResponse:
    """The tags of one customer: add one by its name, take one off."""
    customer = shopper_edited_by(request.user, pk)
    if "remove" in request.POST:
        _take_off(request, customer)
        return redirect("customer_tags", pk)
    form = TagForm(request.POST or None)
    if form.is_valid():
        with acting.merchant(request.user):
            customer.tags.add(Tag.objects.named(form.cleaned_data["name"]))
        return redirect("customer_tags", pk)
    context = {"section": "customers", "customer": customer, "form": form, "names": Tag.objects.all()}
    return render(request, "customers/tags/customer_tags.jinja", context)


def _take_off(request: HttpRequest, customer: Customer) -> None:
    form = RemoveForm(request.POST)
    if form.is_valid():
        with acting.merchant(request.user):
            customer.customer_tags.filter(tag=form.cleaned_data["remove"]).delete()
