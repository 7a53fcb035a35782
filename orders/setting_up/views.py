from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from shopadmin.access import staff_required
from shopadmin.models import StoreSettings
from shopadmin.models.store import forget_store
from shopadmin.roles import Right


@staff_required(Right.SETTINGS)
@require_POST
def guide_visibility(request: HttpRequest) -> HttpResponse:
    """Hide the set-up guide from the dashboard, or show it again (`show`)."""
    StoreSettings.objects.filter(pk=1).update(guide_hidden=request.POST.get("show") != "on")
    forget_store()
    return redirect("dashboard")
