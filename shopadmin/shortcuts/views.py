from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.shortcuts import single_keys

TEMPLATE = "shopadmin/shortcuts/shortcuts.jinja"


@staff_required()
@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Every shortcut, and the switch for those of a single key; the dialog asks for the list alone."""
    return render(request, TEMPLATE, {"section": "shortcuts", "is_on": single_keys.are_on(request)}, part="list")


@staff_required()
@require_POST
def shortcuts_single_keys(request: HttpRequest) -> HttpResponse:
    """Switch shortcuts of a single key on or off in this browser."""
    on = request.POST.get("single_keys") == "on"
    if request.htmx:
        response = render(request, TEMPLATE, {"is_on": on}, part="switch")
    else:
        messages.success(request, _("Single-key shortcuts are on") if on else _("Single-key shortcuts are off"))
        response = redirect("shortcuts")
    single_keys.keep(response, on=on)
    return response
