from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shopadmin.models.store import is_link
from shopadmin.rendering.pages import render

TITLES = {
    "privacy_policy": _("Privacy policy"),
    "terms": _("Terms"),
    "imprint": _("Company details"),
    "withdrawal_information": _("Withdrawal information"),
}


@require_safe
def legal_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the shop's legal texts, or the link to where it stands."""
    text = request.store.in_language(kind)
    context = {"title": TITLES[kind], "text": text, "is_link": is_link(text), "kind": kind}
    return render(request, "shopadmin/store/legal.jinja", context)
