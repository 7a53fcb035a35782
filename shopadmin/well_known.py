"""Addresses that browsers and password managers ask for by themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import patch_response_headers
from django.views.decorators.http import require_safe

A_DAY = 24 * 60 * 60


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the shop's icon, whose address changes with its content."""
    response = redirect(static("favicon.svg"))
    patch_response_headers(response, A_DAY)
    return response


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Lead password managers to the form that changes the password (W3C, *A Well-Known URL for Changing Passwords*)."""
    return redirect("account_change_password")
