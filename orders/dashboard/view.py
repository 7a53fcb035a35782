from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from customers.history import triggers
from customers.privacy.erasure import erasure_log
from orders.customer_hooks.timeline import lately
from orders.dashboard import one_row
from orders.dashboard.figures import Figures
from orders.dashboard.needs_attention import waiting
from orders.setting_up.guide import guide_of
from shopadmin.access import has_right, staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required()
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What wants attention, how the weeks went, and what happened last."""
    figures, is_owner = Figures(), has_right(request.user, Right.SETTINGS)
    found = one_row.read(for_owner=is_owner)
    context = {
        "section": "dashboard",
        "today": timezone.localdate(),
        "can_edit": has_right(request.user, Right.EDIT),
        "history_is_written": found.get("triggers", len(triggers.NAMES)) == len(triggers.NAMES),
        "waiting": waiting(found),
        "erasure_log": erasure_log.gap(found.get("erasures_unwritten") or 0),
        "guide": guide_of(request.store, found) if is_owner else None,
        "figures": figures,
        "weeks": list(zip(figures.sales.weeks, figures.new_customers.weeks, figures.weeks, strict=True)),
        "lately": lately(6),
    }
    return render(request, "orders/dashboard/dashboard.jinja", context)
