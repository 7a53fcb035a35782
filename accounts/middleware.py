from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from customers.models import Customer


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's, and: a session in use is kept alive; one whose owner may not come in any more ends for good."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say so to whoever was erased while their request ran, whatever it then broke on."""
        if not isinstance(exception, DatabaseError | ObjectDoesNotExist) or not self._is_erased(request):
            return None
        logout(request)
        messages.warning(request, _("Your changes were not saved because your account has been deleted."))
        return redirect("home")

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if self._is_signed_in(request):
            if self._is_shut_out(request):
                request.session.flush()
            else:
                request.session.touch()
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            # Ended elsewhere while this request ran: what it did stands, and this browser starts anew.
            response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite=settings.SESSION_COOKIE_SAMESITE)
            return response

    def _is_signed_in(self, request: HttpRequest) -> bool:
        session = getattr(request, "session", None)
        return session is not None and session.accessed and SESSION_KEY in session

    def _is_erased(self, request: HttpRequest) -> bool:
        user = getattr(request, "user", None)
        return user is not None and user.is_authenticated and not Customer.objects.filter(pk=user.pk).exists()

    def _is_shut_out(self, request: HttpRequest) -> bool:
        # Asked before, or not at all: static files and health checks need nobody.
        return hasattr(request, "_cached_user") and not request.user.is_authenticated
