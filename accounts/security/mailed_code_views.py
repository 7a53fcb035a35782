from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.security import set_up_codes
from accounts.security.proof import MAILED, PRINTED
from accounts.signing_in import limits, mailed_code
from accounts.signing_in.reauthentication_views import way_on
from shopadmin.access import on_to, staff_required
from shopadmin.rendering.pages import render


@staff_required(second_factor=False)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_mailed_code(request: HttpRequest) -> HttpResponse:
    """Asks staff without a second factor for a code: one that was mailed, or that a command printed on the server."""
    is_sent, form = mailed_code.is_sent(request), mailed_code.form_for_it(request)
    if request.method == "POST" and (method := _method_of_right_code(request, form)):
        record_authentication(request, request.user, method, reauthenticated=True)
        return redirect(way_on(request, "staff_security"))
    context = {"form": form, "is_sent": is_sent, "way_on": way_on(request, "")}
    return render(request, "accounts/security/staff_mailed_code.jinja", context)


@staff_required(second_factor=False)
@require_POST
def staff_mailed_code_send(request: HttpRequest) -> HttpResponse:
    """Mail the code, and go back to where it is typed."""
    mailed_code.mail_code(request)
    return on_to(request, "staff_mailed_code", way_on=way_on(request, ""))


def _method_of_right_code(request: HttpRequest, form: mailed_code.CodeForm) -> str:
    tries = limits.count_second_step(request, request.user.email, is_guessable=False)
    method = MAILED if mailed_code.is_right(request, form) else ""
    if not method and set_up_codes.use_code(request.user, request.POST.get("code", "")):
        method = PRINTED
    for one in tries if method else ():
        one.rollback()
    return method
