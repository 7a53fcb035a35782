"""What an email holds: its HTML as it was sent, and the files attached to it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shopadmin.access import staff_required
from shopadmin.mail.attachments import Gone, attachments_of
from shopadmin.mail.seen import mail_seen_by

# The one page with styles of its own: no script runs in it, no form leaves it, and nobody else's page frames it.
EMAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox allow-same-origin"
)
EMAIL_HEADERS = {"Content-Security-Policy": EMAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}


@staff_required()
@require_safe
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of an email, to the letter; of one with a private link or code there is none."""
    mail = mail_seen_by(request.user, pk, secret=False)
    if not mail.html:
        raise Http404
    return HttpResponse(mail.html, headers={"Content-Language": mail.language, **EMAIL_HEADERS})


@staff_required()
@require_safe
def mail_attachment(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A file attached to an email, from the first one on; of one that was deleted since, the email's page says so."""
    mail = mail_seen_by(request.user, pk, secret=False)
    file = next(iter(attachments_of(mail)[position - 1 : position]), None) if position else None
    if file is None:
        raise Http404
    if isinstance(file, Gone):
        messages.warning(request, _("%s is no longer stored") % file.name)
        return redirect("mail", pk)
    headers = {"Content-Disposition": content_disposition_header(True, file.name)}
    return HttpResponse(file.read(), content_type=file.content_type, headers=headers)
