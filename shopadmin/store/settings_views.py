from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shopadmin.access import on_to, staff_required
from shopadmin.models import StoreSettings
from shopadmin.pictures.upload import too_large
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.sign_in_records import proved_lately
from shopadmin.store.section_form import SectionForm, edit_settings
from shopadmin.store.sections import index, section_of
from shopadmin.store.usual import to_send, usual_of


@staff_required(Right.SETTINGS)
@require_safe
def store_settings(request: HttpRequest) -> HttpResponse:
    """The sections of the settings, and which of them are incomplete."""
    context = {"section": "settings", "groups": index(StoreSettings.current())}
    return render(request, "shopadmin/store/settings.jinja", context)


@staff_required(Right.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_section(request: HttpRequest, slug: str) -> HttpResponse:
    """One section: its fields, and what is still missing."""
    part, store = section_of(slug), StoreSettings.current()
    if part is None:
        raise Http404
    if part.again and not proved_lately(request):
        return on_to(request, "staff_confirm")
    form, is_saved = edit_settings(request, partial(part.form, files=request.FILES or None))
    if is_saved:
        _say_saved(request, form)
        return redirect(f"{part.url}?moved" if form.has_moved else part.url)
    if "too_large" in request.GET and not form.is_bound:
        messages.error(request, too_large())
    context = {"section": "settings", "part": part, "form": form, "groups": index(store)}
    if slug == "country" and "moved" in request.GET:
        context |= {"usual": usual_of(store), "sent": to_send(store)}
    return render(request, "shopadmin/store/section.jinja", context | {"missing": part.missing(store)})


def _say_saved(request: HttpRequest, form: SectionForm) -> None:
    messages.success(request, _("Settings saved"))
    for doubt in form.doubts():
        messages.warning(request, doubt)
