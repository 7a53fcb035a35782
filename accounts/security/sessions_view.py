from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.signing_in.guards import shopper_required
from accounts.signing_in.sessions import end_sessions, open_sessions, reference_of


@shopper_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; ends one of these sessions, or all but this."""
    here = request.session.session_key
    open_ones = list(open_sessions(request.user))
    if request.method != "POST":
        rows = [(reference_of(session.pk), session, session.pk == here) for session in open_ones]
        return render(request, "accounts/security/sessions.jinja", {"rows": rows, "area": "account"})
    wanted = request.POST.get("session", "")
    if wanted == "others":
        end_sessions(request.user, but=here)
        messages.success(request, _("You have been signed out on all other devices."))
    else:
        keys = [session.pk for session in open_ones if reference_of(session.pk) == wanted and session.pk != here]
        request.user.sessions.filter(pk__in=keys).delete()
    return redirect("account_sessions")
