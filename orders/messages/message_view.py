from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.handling.errors import succeeds
from orders.handling.listing import order_url
from orders.handling.person_on_order import usable_order_or_404
from orders.messages.forms import MessageForm
from orders.messages.send import send_message
from shopadmin.access import staff_required
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_messages(request: HttpRequest, number: str) -> HttpResponse:
    """Write to the shopper about an order."""
    order = usable_order_or_404(number=number)
    form = MessageForm(request.POST if request.method == "POST" else None, initial={})
    if form.is_valid() and succeeds(form, None, lambda: send_message(order, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Message sent. You can find it on the timeline."))
        return redirect(order_url(request, order))
    context = {"section": "orders", "order": order, "form": form, "earlier": order.messages.select_related("by")}
    context["language"] = StoreSettings.current().spoken_to(order.language)
    return render(request, "orders/messages/message.jinja", context)
