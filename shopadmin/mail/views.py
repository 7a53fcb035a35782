from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shopadmin.access import has_right, staff_required
from shopadmin.lists.listing import Listing, Sort
from shopadmin.mail.attachments import attachments_of
from shopadmin.mail.compose import compose
from shopadmin.mail.error_words import advice, advice_on
from shopadmin.mail.forms import FAILING, MailFilter
from shopadmin.mail.kinds import kind_of
from shopadmin.mail.seen import mail_seen_by
from shopadmin.models import Mail
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

SORTS = [Sort("newest", gettext_lazy("Newest first"), ("created_at",))]


@staff_required()
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail that was written, newest first; those about restricted customers for owners alone."""
    form, mails = MailFilter(request.GET), Mail.objects.defer("text", "html", "search_text")
    if not has_right(request.user, Right.RESTRICTED):
        mails = mails.about_unrestricted()
    listing = Listing(request, mails, form, SORTS)
    views = listing.views(
        [(_("All"), {}), *((words, {"state": state}) for state, words in [FAILING, *Mail.State.choices])]
    )
    return render(request, "shopadmin/mail/emails.jinja", {"section": "mails", "listing": listing, "views": views})


@staff_required()
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: to whom, what became of it, and what it says."""
    mail = mail_seen_by(request.user, pk)
    may_edit = has_right(request.user, Right.EDIT)
    context = {
        "section": "mails",
        "mail": mail,
        "kind": kind_of(mail.name),
        "may_retry": may_edit and mail.can_be_retried,
        "may_send": may_edit and mail.is_given_up,
        "shows_html": bool(mail.html) and not mail.secret,
        "advice": advice(mail),
        "attachments": attachments_of(mail),
        "failed_tries": [(failed, advice_on(failed.error)) for failed in mail.failed_tries.all()],
    }
    return render(request, "shopadmin/mail/email.jinja", context)


@staff_required(Right.SETTINGS)
@require_POST
def mail_test(request: HttpRequest) -> HttpResponse:
    """Send the person who asks an email, and lead to the page that says what becomes of it."""
    asker = request.user
    queued = compose("test", to=asker.email, language=asker.language or request.LANGUAGE_CODE, context={})
    words = _("Test email to %(email)s queued. Reload this page to see what became of it.")
    messages.success(request, words % {"email": asker.email})
    return redirect("mail", queued.pk)


@staff_required(Right.EDIT)
@require_POST
def mail_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mail that could not be delivered back into the queue."""
    mail = get_object_or_404(Mail, pk=pk)
    if mail.retry():
        messages.success(request, _("Sending will be retried within 1 minute"))
    else:
        messages.warning(request, _("This email cannot be sent again"))
    return redirect("mail", pk)
