from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from customers.models import Tag
from customers.tags.forms import RemoveForm, TagForm
from orders.handling.person_on_order import usable_order_or_404
from orders.models import Order, OrderTag
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_tags(request: HttpRequest, number: str) -> HttpResponse:
    """The tags of one order: add one by its name, take one off."""
    order = usable_order_or_404(number=number)
    if "remove" in request.POST:
        _take_off(request, order)
        return redirect(request.get_full_path())
    form = TagForm(request.POST or None)
    if form.is_valid():
        OrderTag.objects.get_or_create(order=order, tag=Tag.objects.named(form.cleaned_data["name"]))
        return redirect(request.get_full_path())
    context = {"section": "orders", "order": order, "form": form, "names": Tag.objects.all()}
    context["tags"] = Tag.objects.filter(order_tags__order=order)
    return render(request, "orders/notes_and_tags/tags.jinja", context)


def _take_off(request: HttpRequest, order: Order) -> None:
    form = RemoveForm(request.POST)
    if form.is_valid():
        order.order_tags.filter(tag=form.cleaned_data["remove"]).delete()
