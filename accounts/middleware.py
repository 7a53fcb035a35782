from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.http import HttpRequest, HttpResponse


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's, and: a session in use is kept alive; one whose owner may not come in any more ends for good."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if self._is_signed_in(request):
            if self._is_shut_out(request):
                request.session.flush()
            else:
                request.session.touch()
        return super().process_response(request, response)

    def _is_signed_in(self, request: HttpRequest) -> bool:
        session = getattr(request, "session", None)
        return session is not None and session.accessed and SESSION_KEY in session

    def _is_shut_out(self, request: HttpRequest) -> bool:
        # Asked before, or not at all: static files and health checks need nobody.
        return hasattr(request, "_cached_user") and not request.user.is_authenticated
