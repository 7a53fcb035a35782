from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shopadmin.access import staff_required
from shopadmin.models import StaffLogEntry
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.row_ids import is_row_id
from shopadmin.staff_log.forms import StaffLogFilter
from shopadmin.staff_log.words import in_words

SIZE = 50


@staff_required(Right.STAFF_LOG)
@require_safe
def staff_log(request: HttpRequest) -> HttpResponse:
    """Who looked at, searched for, changed, exported and erased whose data, the newest first."""
    form = StaffLogFilter(request.GET)
    before = request.GET.get("before", "")
    entries = form.entries().order_by("-pk")
    if is_row_id(before):
        entries = entries.filter(pk__lt=before)
    rows = list(entries[: SIZE + 1])
    context = {"section": "settings", "form": form, "rows": rows[:SIZE], "names": _names(rows), "words": in_words}
    context["older"] = _older(request, rows)
    return render(request, "shopadmin/staff_log/staff_log.jinja", context)


def _names(rows: list[StaffLogEntry]) -> dict:
    """Who the numbers are today; those of erased people are nobody's."""
    numbers = {number for row in rows for number in (row.actor, row.whom) if number}
    return get_user_model().objects.only("first_name", "initials", "last_name", "email", "is_staff").in_bulk(numbers)


def _older(request: HttpRequest, rows: list[StaffLogEntry]) -> str:
    if len(rows) <= SIZE:
        return ""
    kept = {name: value for name, value in request.GET.items() if name != "before"}
    return f"?{urlencode(kept | {'before': rows[SIZE - 1].pk})}"
