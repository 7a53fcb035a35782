"""What an email holds: its HTML as it was sent, and the files attached to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shopadmin.access import staff_required
from shopadmin.mail.seen import mail_seen_by

# The one page with styles of its own: no script runs in it, no form leaves it, and nobody else's page frames it.
EMAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox allow-same-origin"
)


@staff_required()
@require_safe
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of an email, to the letter; of one with a private link or code there is none."""
    mail = mail_seen_by(request.user, pk, secret=False)
    if not mail.html:
        raise Http404
    headers = {
        "Content-Language": mail.language,
        "Content-Security-Policy": EMAIL_POLICY,
        "X-Frame-Options": "SAMEORIGIN",
    }
    return HttpResponse(mail.html, headers=headers)
