from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shopadmin.access import staff_required
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.store.settings_form import StoreSettingsForm


@staff_required(Right.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def store_settings(request: HttpRequest) -> HttpResponse:
    """Who the shop is, and how it deals with its customers."""
    # A copy: what is typed must not show in the rest of the page before it is saved.
    form = StoreSettingsForm(request.POST or None, instance=copy(StoreSettings.current()))
    if form.is_valid():
        form.save()
        messages.success(request, _("Settings saved"))
        for doubt in form.doubts():
            messages.warning(request, doubt)
        return redirect("store_settings")
    return render(request, "shopadmin/store/settings.jinja", {"section": "settings", "form": form})
