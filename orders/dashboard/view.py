from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from customers.history.triggers import TRIGGERS
from customers.privacy.erasure import erasure_log
from orders.customer_hooks.timeline import lately
from orders.dashboard.counts import read_counts
from orders.dashboard.figures import Figures
from orders.dashboard.needs_attention import waiting
from orders.dashboard.sales_range import SalesRangeForm, ranges_at_hand
from orders.setting_up.guide import guide_of
from shopadmin.access import has_right, staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required()
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What wants attention, how sales went, and what happened last."""
    form, is_owner = SalesRangeForm(request.GET), has_right(request.user, Right.SETTINGS)
    figures = Figures(form.range)
    found = read_counts(request.store, for_owner=is_owner, sees_restricted=has_right(request.user, Right.RESTRICTED))
    context = {
        "section": "dashboard",
        "today": timezone.localdate(),
        "can_edit": has_right(request.user, Right.EDIT),
        "history_is_written": found.get("triggers") in (None, len(TRIGGERS.names())),
        "waiting": waiting(found),
        "erasure_log": erasure_log.gap(found.get("erasures_unwritten") or 0),
        "guide": guide_of(request.store, found) if is_owner else None,
        "figures": figures,
        "periods": figures.in_words(request.store.currency),
        "range_form": form.as_shown,
        "ranges_at_hand": ranges_at_hand(),
        "lately": lately(6),
    }
    return render(request, "orders/dashboard/dashboard.jinja", context)
