"""The page *Security* of staff: how one signs in to the backoffice, and where one is signed in."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.security import factors, recovery_codes
from accounts.security.forms import AddAppForm
from accounts.security.proof import asks_first
from accounts.signing_in.browser_names import client_of
from accounts.signing_in.passkeys import AddPasskeyForm, has_room, name_of_passkey, page_that_adds, too_many
from accounts.signing_in.reauthentication_views import way_on
from accounts.signing_in.sessions import end_sessions, open_sessions, reference_of
from shopadmin.access import on_to, staff_required
from shopadmin.rendering.pages import render
from shopadmin.sign_in_records import came_with_second_factor


def before_factors_change(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in staff who showed who they are: by a factor, or while they have none by a mailed or printed code."""

    @staff_required(second_factor=False)
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        page = asks_first(request)
        return on_to(request, page) if page else view(request, *args, **kwargs)

    return guarded


@staff_required(second_factor=False)
@require_safe
def staff_security(request: HttpRequest) -> HttpResponse:
    """Passkeys, app, recovery codes, password and devices; who must set up a first factor does that before."""
    mine = list(factors.factors_of(request.user))
    if settings.REQUIRE_STAFF_MFA and not came_with_second_factor(request):
        return on_to(request, "staff_confirm") if mine else _set_up(request)
    here = request.session.session_key
    context = {
        "section": "security",
        "passkeys": [(one, name_of_passkey(one)) for one in mine if one.type == factors.PASSKEY],
        "app": next((one for one in mine if one.type == factors.APP), None),
        "codes_left": recovery_codes.codes_left(request.user),
        "sessions": [(reference_of(one.pk), one, one.pk == here) for one in open_sessions(request.user)],
    }
    return render(request, "accounts/security/staff_security.jinja", context)


def _set_up(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/security/staff_set_up.jinja", {"way_on": way_on(request, "")})


@before_factors_change
@require_http_methods(["GET", "HEAD", "POST"])
def staff_passkey_add(request: HttpRequest) -> HttpResponse:
    """Add a passkey, as long as there are not too many."""
    if not has_room(request.user):
        messages.error(request, too_many())
        return redirect("staff_security")
    form = AddPasskeyForm(request.POST if request.method == "POST" else None, device=client_of(request))
    if form.is_valid():
        factors.add_passkey(request, **form.cleaned_data)
        return _added(request, _("Passkey added"))
    return render(request, "accounts/security/staff_passkey_add.jinja", page_that_adds(form, request.user))


@before_factors_change
@require_http_methods(["GET", "HEAD", "POST"])
def staff_app_add(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app, in place of one that was there."""
    form = AddAppForm(request.POST if request.method == "POST" else None, customer=request.user)
    if form.is_valid():
        app = factors.add_app(request, form.secret)
        factors.use_code_of(app, form.cleaned_data["code"])
        return _added(request, _("Authenticator app added"))
    return render(request, "accounts/security/staff_app_add.jinja", {"form": form})


@before_factors_change
@require_http_methods(["GET", "HEAD", "POST"])
def staff_factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey or the app, after asking; the last one that is required stays."""
    mine = factors.factors_of(request.user)
    factor = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        if factors.remove(request, factor):
            messages.success(request, _("Removed. You have been signed out on all other devices."))
        else:
            messages.error(request, _("This is your only second factor. Add another one first."))
        return redirect("staff_security")
    context = {"section": "security", "factor": factor, "is_needed": factors.is_needed(factor, mine)}
    return render(request, "accounts/security/staff_factor_remove.jinja", context)


@before_factors_change
@require_http_methods(["GET", "HEAD", "POST"])
def staff_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make recovery codes, and show them this once."""
    if not factors.factors_of(request.user).exists():
        return redirect("staff_security")
    codes = factors.make_recovery_codes(request) if request.method == "POST" else []
    context = {
        "codes": codes,
        "left": recovery_codes.codes_left(request.user),
        "way_on": resolve_url(way_on(request, "staff_security")),
    }
    return render(request, "accounts/security/staff_recovery_codes.jinja", context)


@staff_required(again=True)
@require_POST
def staff_session_end(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all but this."""
    here, wanted = request.session.session_key, request.POST.get("session", "")
    if wanted == "others":
        end_sessions(request.user, but=here)
        messages.success(request, _("You have been signed out on all other devices."))
    else:
        keys = [one.pk for one in open_sessions(request.user) if reference_of(one.pk) == wanted and one.pk != here]
        request.user.sessions.filter(pk__in=keys).delete()
    return redirect("staff_security")


def _added(request: HttpRequest, words: str) -> HttpResponse:
    """On to recovery codes for who has none yet, then to where one wanted to go."""
    messages.success(request, words)
    if recovery_codes.codes_left(request.user):
        return redirect("staff_security")
    return on_to(request, "staff_recovery_codes", way_on=way_on(request, ""))
