"""What each kind of email looks like, shown with the values of an example: nothing is written or sent."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shopadmin.access import staff_required
from shopadmin.mail.compose import written
from shopadmin.mail.content_views import EMAIL_HEADERS
from shopadmin.mail.kinds import About, Kind, kind_of, kinds
from shopadmin.mail.text import text_of
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render


@staff_required()
@require_safe
def mail_previews(request: HttpRequest) -> HttpResponse:
    """Every kind of email, and when it is sent."""
    groups = [(about.label, [kind for kind in kinds if kind.about == about]) for about in About]
    context = {"section": "mails", "groups": groups, "language": StoreSettings.current().first_language}
    return render(request, "shopadmin/mail/previews.jinja", context)


@staff_required()
@require_safe
def mail_preview(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """One kind of email in one language: its subject, its HTML in a frame, its text."""
    kind = _kind_in(name, language)
    subject, html = written(kind.name, language, kind.example, store=StoreSettings.current())
    context = {
        "section": "mails",
        "kind": kind,
        "language": language,
        "languages": [code for code, _name in settings.LANGUAGES],
        "subject": subject,
        "text": text_of(html),
    }
    return render(request, "shopadmin/mail/preview.jinja", context)


@staff_required()
@require_safe
def mail_preview_html(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The HTML of such an example, for the frame on its page."""
    kind = _kind_in(name, language)
    _subject, html = written(kind.name, language, kind.example, store=StoreSettings.current())
    return HttpResponse(html, headers={"Content-Language": language, **EMAIL_HEADERS})


def _kind_in(name: str, language: str) -> Kind:
    kind = kind_of(name)
    if kind is None or language not in dict(settings.LANGUAGES):
        raise Http404
    return kind
