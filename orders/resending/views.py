from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.privacy.restriction.restriction import must_be_usable
from orders.resending.forms import SendAgainForm
from orders.resending.kinds import refusal_of
from shopadmin.access import staff_required
from shopadmin.mail.seen import mail_seen_by
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an email that failed to a corrected address, or say what is to be done instead."""
    mail = mail_seen_by(request.user, pk)
    if mail.customer:
        must_be_usable(mail.customer)
    context = {"section": "mails", "mail": mail, "refusal": refusal_of(mail), "cancel_url": reverse("mail", args=[pk])}
    if not context["refusal"]:
        form = SendAgainForm(request.POST if request.method == "POST" else None, mail=mail, customer=mail.customer)
        if form.is_valid() and (sent := form.send(by=request.user)):
            messages.success(request, _("Email to %(address)s queued") % {"address": sent.to})
            return redirect("mail", sent.pk)
        context["form"] = form
    return render(request, "orders/resending/send_again.jinja", context)
