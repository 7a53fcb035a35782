from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signing_in.guards import ask_again, shopper_required, was_asked_again
from accounts.signing_in.sessions import end_sessions, open_sessions, reference_of

OTHERS = "others"


@shopper_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; ends one of these sessions, or all but this, once one has said who one is.

    Who is asked first comes back with what they wanted to end in the address.
    """
    if request.method == "POST":
        return _end(request, request.POST.get("session", ""))
    here = request.session.session_key
    rows = [(reference_of(one.pk), one, one.pk == here) for one in open_sessions(request.user)]
    context = {"sessions": rows, "wanted": request.GET.get("session", ""), "area": "account"}
    return render(request, "accounts/security/sessions.jinja", context)


def _end(request: HttpRequest, wanted: str) -> HttpResponse:
    if not was_asked_again(request):
        return ask_again(request, way_on=f"{reverse('account_sessions')}?{urlencode({'session': wanted})}")
    here = request.session.session_key
    if wanted == OTHERS:
        end_sessions(request.user, but=here)
        messages.success(request, _("You have been signed out on all other devices."))
    else:
        keys = [one.pk for one in open_sessions(request.user) if reference_of(one.pk) == wanted and one.pk != here]
        if request.user.sessions.filter(pk__in=keys).delete()[0]:
            messages.success(request, _("That device has been signed out."))
    return redirect("account_security")
