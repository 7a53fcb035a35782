from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.merging import merge
from customers.models import Merge
from customers.privacy.restriction.restriction import must_be_usable
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what comes back; by POST, part the two records again."""
    done = get_object_or_404(Merge.objects.select_related("kept", "merged", "by"), pk=pk)
    done.kept.must_be_open_to(request.user)
    must_be_usable(done.kept)
    if request.method == "POST":
        return _undo(request, done)
    context = {
        "section": "customers",
        "merge": done,
        "reason": merge.why_not_undone(done),
        "cancel_url": done.kept.get_absolute_url(),
    }
    return render(request, "customers/merging/undo.jinja", context)


def _undo(request: HttpRequest, done: Merge) -> HttpResponse:
    try:
        merge.undo(done, by=request.user)
    except merge.MergeError as error:
        messages.error(request, str(error))
        return redirect("customer", done.kept_id)
    messages.success(request, _("Merge undone. These are two separate customers again."))
    return redirect("customer", done.merged_id)
