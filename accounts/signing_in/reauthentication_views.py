from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.forms import ReauthenticateForm
from accounts.signing_in import mailed_code
from accounts.signing_in.guards import shopper_required


class ReauthenticateView(allauth_views.ReauthenticateView):
    """Asks for the password before something that cannot be taken back."""

    template_name = "accounts/signing_in/reauthenticate.jinja"
    form_class = ReauthenticateForm


@shopper_required
def reauthenticate_by_code(request: HttpRequest) -> HttpResponse:
    """The same for who has no password: by a code that is mailed when the button is pressed."""
    if request.method == "POST" and request.POST.get("action") == "send":
        mailed_code.mail_code(request)
        return redirect(request.get_full_path())
    is_sent, form = mailed_code.is_sent(request), mailed_code.form_for_it(request)
    if request.method == "POST" and mailed_code.is_right(request, form):
        record_authentication(request, request.user, method="code", reauthenticated=True)
        return redirect(way_on(request, "account_data"))
    return render(request, "accounts/signing_in/reauthenticate_by_code.jinja", {"form": form, "is_sent": is_sent})


def way_on(request: HttpRequest, otherwise: str) -> str:
    """Where somebody wanted to go before they were asked; only paths of our own."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else otherwise
