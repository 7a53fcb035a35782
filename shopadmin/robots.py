from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

CLOSED = ["account", "backoffice", "cart", "checkout", "order", "unsubscribe", "withdrawal"]
SECURITY_TEXT_HOLDS = timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone."""
    lines = ["User-agent: *", *(f"Disallow: /{folder}/" for folder in CLOSED)]
    return _text(lines)


@require_safe
def security_text(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116)."""
    address = request.store.contact_email
    expires = (timezone.now() + SECURITY_TEXT_HOLDS).replace(microsecond=0, tzinfo=None)
    lines = [
        f"Contact: {f'mailto:{address}' if address else settings.SITE_URL}",
        f"Expires: {expires.isoformat()}Z",
        f"Preferred-Languages: {', '.join(request.store.languages)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return _text(lines)


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
