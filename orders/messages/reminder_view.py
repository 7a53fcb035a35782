from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.handling.errors import result_or_errors
from orders.handling.listing import order_url
from orders.handling.person_on_order import usable_order_or_404
from orders.mails import reminder_in_words
from orders.messages.reminders import obstacle, remind
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_reminder(request: HttpRequest, number: str) -> HttpResponse:
    """Show the payment reminder as the customer would read it; on POST, send it."""
    order = usable_order_or_404(number=number)
    errors: list = []
    if request.method == "POST":
        _sent, errors = result_or_errors(remind, order, by=request.user)
        if not errors:
            messages.success(request, _("Payment reminder sent."))
            return redirect(order_url(request, order))
    context = {"section": "orders", "order": order, "errors": errors, "obstacle": obstacle(order)}
    context |= {"cancel_url": order_url(request, order)}
    context["reminder"] = None if context["obstacle"] else reminder_in_words(order)
    return render(request, "orders/messages/reminder.jinja", context)
