from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.portal.forms import DeletionForm
from accounts.signing_in.guards import shopper_required, was_asked_again
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from customers.privacy.erasure.summary import what_goes_and_stays
from shopadmin.rendering.pages import render


@shopper_required
def delete(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; by POST, with a proof of who it is, delete the account."""
    shopper, is_proved = request.user, was_asked_again(request)
    may_delete = erasure.may_erase(shopper, shopper)
    form = DeletionForm(request.POST if request.method == "POST" else None, request=request, is_proved=is_proved)
    if may_delete and form.is_valid():
        erasure.erase(shopper, by=ActorKind.SHOPPER, notify=True, actor=shopper)
        logout(request)
        return redirect("account_deleted")
    summary = what_goes_and_stays(shopper, to_themselves=True)
    context = {"area": "account", "form": form, "summary": summary, "may_delete": may_delete, "is_proved": is_proved}
    return render(request, "accounts/portal/delete.jinja", context)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Goodbye."""
    return render(request, "accounts/portal/deleted.jinja")
